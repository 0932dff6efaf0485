/** The rows of an earlier console, shown while nothing has answered yet, and kept for the next one. */
import type { Clock } from '../../base/clock.ts';
import { takingTurns } from '../../base/steps.ts';
import { type Cluster, shortNameOf, type Way } from '../../cluster/identify.ts';
import { asKept, keepLastSeen, type LastSeen, readLastSeen } from '../../cluster/last-seen.ts';
import type { Register } from '../../cluster/register.ts';
import type { Places } from '../../config/places.ts';
import type { JobFacts } from '../../job/job.ts';
import type { Message, State } from '../state/model.ts';

export interface LastRowsOptions {
  readonly register: Register;
  readonly way: Way;
  /** The one that the operator chose to see. */
  readonly chosen: Cluster | null;
  readonly places: Places;
  readonly state: () => State;
  readonly dispatch: (message: Message) => void;
}

/**
 * Those of the cluster that was chosen, else of the context's, else of the one that answered at this
 * address last: it may be another one today, so it is named with its rows, and they are replaced as
 * soon as it is known which it is. Gives the one whose rows are shown; null for none.
 */
export async function showLastRows(options: LastRowsOptions): Promise<Cluster | null> {
  const { register, way, chosen, places, state, dispatch } = options;
  const cluster = chosen ?? (await register.last(way).catch(() => null));
  const seen = cluster && (await readLastSeen(places.cluster(cluster.id).lastSeen));
  // Also where no server can be reached: until one has answered they are what there is.
  const { jobs } = state();
  if (!seen || jobs.byName.size > 0 || jobs.at !== null) return null;
  const { at, count } = seen;
  dispatch({
    type: 'arriving',
    jobs: seen.jobs.map((job) => ({ text: '', job })),
    seenAt: at,
    earlier: { count, of: shortNameOf(cluster) },
  });
  return cluster;
}

export interface KeepingOptions {
  readonly places: Places;
  /** Whose rows are shown; null: nobody knows yet. */
  readonly shown: () => Cluster | null;
  readonly state: () => State;
  /** The first rows of the table as a console begins; null while another part of it is looked at. */
  readonly rows: (state: State) => readonly JobFacts[] | null;
  /** Keeps besides what is shown before the next console is loaded. */
  readonly keepFrame: (seen: LastSeen, of: string) => Promise<void>;
  readonly clock: Clock;
}

const nothing = (): void => {};

/** After the first list, and then as often, ms: a console may be killed. */
const quiet = { first: 3_000, later: 60_000 };

/** @returns what keeps them a last time, and then no more. */
export function keepLastRows({ places, shown, state, rows, keepFrame, clock }: KeepingOptions) {
  let kept: State['jobs'] | null = null;
  /** The size that they were laid out for. */
  let laidOut = '';

  /** A disk that refuses loses nothing: they are a help, not data. */
  async function keep(): Promise<void> {
    const now = state();
    const { jobs } = now;
    const cluster = shown();
    // Rows of an earlier console are kept already.
    if (cluster === null || jobs.at === null || jobs.earlier !== undefined) return;
    const size = `${now.columns}×${now.rows}`;
    if (jobs === kept && size === laidOut) return;
    const top = rows(now);
    if (top === null) return;
    kept = jobs;
    laidOut = size;
    const takeTurns = takingTurns();
    const seen = { at: jobs.at, count: jobs.byName.size, jobs: asKept(top) };
    await takeTurns();
    await keepLastSeen(places.cluster(cluster.id).lastSeen, seen).catch(nothing);
    await takeTurns();
    await keepFrame(seen, shortNameOf(cluster)).catch(nothing);
  }

  const again = (): void => {
    void keep();
    cancel = clock.after(kept === null ? quiet.first : quiet.later, again);
  };
  let cancel = clock.after(quiet.first, again);
  return (): Promise<void> => {
    cancel();
    return keep();
  };
}

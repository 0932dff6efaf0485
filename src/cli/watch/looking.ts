/** The looks of a watch: what has changed is on disk before anybody is told of it. */
import { counted } from '../../base/counted.ts';
import { noneFor } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import type { Execution } from '../../dkron/shapes.ts';
import type { JobRow } from '../../job/row.ts';
import { createLasting, type Look } from '../../oversight/lasting.ts';
import type { Cause } from '../../oversight/verdict.ts';
import type { Kind, WatchState } from '../../oversight/watch/model.ts';
import { paceChange, toPace } from '../../oversight/watch/pace.ts';
import { type Step, step, toTell } from '../../oversight/watch/step.ts';
import { causeWords } from '../../oversight/words.ts';
import { rfc3339 } from '../../view/short.ts';
import type { Reached } from '../cluster.ts';
import { zoneFor } from '../invocation.ts';
import type { Remembering } from './missed.ts';
import type { OwnWatch } from './own.ts';

export interface LookingOptions {
  readonly own: OwnWatch;
  readonly missed: Remembering;
  readonly on: ReadonlySet<Kind>;
  readonly holds: (job: JobRow) => boolean;
  readonly note: (text: string) => void;
}

/** Executions are costly: of so many suspects they are read at a look. */
const suspects = 20;

/**
 * Gives what was seen; null where the node that answered lags behind. Throws the errors of the client, and OtherCluster:
 * then nothing of it is known. `isSure`: the connection is that of the look before.
 */
export function createLooking(reached: Reached, dkron: Dkron, options: LookingOptions) {
  const { own, missed, on, holds, note } = options;
  const { io, here, target } = reached;
  const { grace, serverZone } = target;
  const { sightings } = missed;
  const zone = zoneFor(reached);
  const opened = () =>
    createLasting(dkron, { grace, serverZone, suspects, now: Date.now, sightings });
  let look = opened();
  /** Nodes that are of the cluster. */
  const trusted = new Set<string>();

  /** What another cluster has is no change of this one. Costs more than a look, and so only where it matters. */
  async function checkCluster(
    isSure: boolean,
    { whom }: Look,
    { isDoubtful, found }: Pick<Step, 'isDoubtful' | 'found'>,
  ): Promise<void> {
    const isKnown = whom !== null && trusted.has(whom);
    if (isKnown && isSure && !isDoubtful && found.length === 0) return;
    const other = await here.guard.check(io.signal);
    if (other !== null) {
      look = opened();
      throw other;
    }
    if (whom !== null) trusted.add(whom);
  }

  /** What cannot be read now is tried at the next look. */
  async function pacedAt(state: WatchState, { jobs, now }: Look) {
    const read = new Map<JobRow, readonly Execution[]>();
    for (const row of toPace(state, jobs.rows.filter(holds))) {
      const answer = await dkron
        .executions(row.name, { signal: io.signal, outputLimit: 0 })
        .catch(noneFor);
      if (answer === null) break;
      read.set(row, answer.value);
    }
    return paceChange(state, read, now);
  }

  return async (isSure: boolean): Promise<Look | null> => {
    const seen = await look(io.signal);
    if (seen === null) return null;
    const before = own.state();
    const why = (cause: Cause): string =>
      causeWords(cause, (at) => rfc3339(at, zone), seen.version);
    const next = step(before, { ...seen, why });
    const paced = on.has('slow')
      ? await pacedAt(next.state, seen)
      : { state: next.state, found: [] };
    const found = [...next.found, ...paced.found];
    await checkCluster(isSure, seen, { ...next, found });
    const wanted = found.filter(({ kind, job }) => on.has(kind) && holds(seen.jobs.get(job)!));
    await own.put(toTell(paced.state, wanted, seen.now));
    await missed.keep(seen);
    if (before.jobs.size === 0)
      note(
        `${counted(seen.jobs.size, 'job')} seen for the first time; changes are told from now on`,
      );
    return seen;
  };
}

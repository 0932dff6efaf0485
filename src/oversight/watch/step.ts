/** A look at a cluster against what a watch knows of it: what has changed, and what it knows from now on. */
import type { Execution } from '../../dkron/shapes.ts';
import { type NodeTags, nodesChosen } from '../../job/lint/tags.ts';
import type { JobRow } from '../../job/row.ts';
import type { JobTable } from '../../job/table.ts';
import { tolerance } from '../firing.ts';
import type { Missed } from '../missed.ts';
import type { Cause, Verdict } from '../verdict.ts';
import { episodeChange } from './episode.ts';
import type { Found, Known, WatchEvent, WatchState } from './model.ts';
import { hasFallen, knownOf, outcomeChange } from './outcome.ts';

export interface Seen {
  readonly jobs: JobTable;
  /** Jobs that are there and could not be read. */
  readonly unreadable: ReadonlySet<string>;
  /** What ran before the jobs were read; null: nobody could tell. */
  readonly busy: readonly Execution[] | null;
  readonly troubles: ReadonlyMap<string, Verdict>;
  /** What was missed, and is over, since the look before. */
  readonly news: readonly Missed[];
  readonly nodes: readonly NodeTags[] | undefined;
  /** By the server's clock, ms since the epoch. */
  readonly now: number;
  /** A cause in words. */
  readonly why: (cause: Cause) => string;
}

export interface Step {
  readonly state: WatchState;
  readonly found: readonly Found[];
  /** Something went back or away, as where another cluster answers. */
  readonly isDoubtful: boolean;
}

/** A state that has looked at nothing yet; `id`: what its events are told apart by from those of others. */
export const newState = (id: string, now: number): WatchState => ({
  id,
  count: 0,
  since: now,
  jobs: new Map(),
  pending: [],
});

/** The first look of all finds nothing, and so does the first at a job. The same state where nothing differs. */
export function step(state: WatchState, seen: Seen): Step {
  const isFirst = state.jobs.size === 0;
  const running = new Set((seen.busy ?? []).map(({ job_name }) => job_name));
  const missed = new Map(seen.news.map((one) => [one.job, one] as const));
  const jobs = new Map<string, Known>();
  const found: Found[] = [];
  let isDoubtful = false;
  for (const row of seen.jobs.rows) {
    const before = state.jobs.get(row.name);
    const changed = before === undefined ? null : outcome(before, row);
    found.push(...(changed?.found ?? []).filter(({ at }) => at >= state.since - tolerance));
    if (before !== undefined && hasFallen(before, row)) isDoubtful = true;
    const known = changed?.now ?? knownOf(row);
    const verdict = seen.troubles.get(row.name) ?? null;
    const over = missed.get(row.name) ?? null;
    if (verdict === null && over === null && known.episode === undefined) {
      jobs.set(row.name, known);
      continue;
    }
    const cause = verdict?.state === 'missed' || verdict === null ? over?.cause : verdict.cause;
    const change = episodeChange(known.episode, row, {
      verdict,
      missedAt: over?.at ?? null,
      since: state.since,
      isFirst: isFirst || before === undefined,
      now: seen.now,
      why: () => (cause === undefined ? '' : seen.why(cause)),
    });
    found.push(...change.found);
    jobs.set(row.name, same(before, { ...known, episode: change.now }));
  }
  for (const name of seen.unreadable) {
    const known = state.jobs.get(name);
    if (known !== undefined && !jobs.has(name)) jobs.set(name, known);
  }
  for (const name of state.jobs.keys()) if (!jobs.has(name)) isDoubtful = true;
  return { state: { ...state, jobs }, found, isDoubtful };

  function outcome(before: Known, row: JobRow) {
    const isSame = isAsKnown(before, row);
    if (isSame) return { now: before, found: [] };
    return outcomeChange(before, row, {
      isRunning: running.has(row.name),
      nodes: nodesChosen(row.tags, seen.nodes),
      retries: () => row.job.retries,
    });
  }
}

/** Most are. */
const isAsKnown = ({ successes, errors, outcome }: Known, row: JobRow): boolean =>
  successes === row.success_count && errors === row.error_count && outcome === knownOf(row).outcome;

const same = (before: Known | undefined, now: Known): Known =>
  before !== undefined &&
  before.successes === now.successes &&
  before.errors === now.errors &&
  before.outcome === now.outcome &&
  before.episode === now.episode
    ? before
    : now;

/** Makes events of what is to be told, after those that wait. */
export function toTell(state: WatchState, found: readonly Found[], now: number): WatchState {
  const events = found.map((one, at): WatchEvent => {
    const number = state.count + at + 1;
    return { id: `${state.id}-${String(number).padStart(6, '0')}`, ...one, seen: now };
  });
  return {
    ...state,
    count: state.count + events.length,
    pending: [...state.pending, ...events],
  };
}

/** What is wrong now and what was missed lately, as one list: the screen and the command show the same. */
import type { JobFacts } from '../job/job.ts';
import type { Trouble } from '../job/status.ts';
import { firingsBetween, type Reader } from './firing.ts';
import type { Missed } from './missed.ts';
import type { Cause, Verdict } from './verdict.ts';

export interface Entry {
  readonly job: string;
  readonly state: Trouble;
  /** The first firing that did not do what it should, ms since the epoch. */
  readonly at: number;
  /** How many there are, at least. */
  readonly count: number;
  readonly cause: Cause;
  /** Null while it goes on. */
  readonly endedAt: number | null;
}

export interface Reported {
  readonly troubles: ReadonlyMap<string, Verdict>;
  readonly missed: readonly Missed[];
  readonly job: (name: string) => JobFacts | undefined;
}

/** So many firings are counted at most. */
const most = 1_000;

/** How many firings there were since that of the verdict, it among them. */
export function countOf(
  job: JobFacts | undefined,
  { state, at, until }: Verdict,
  now: number,
  reader: Reader,
): number {
  if (job === undefined || at > now) return 1;
  const to = state === 'missed' ? (until ?? at) : now;
  return Math.max(1, firingsBetween(job, reader, { from: at, to }, most));
}

/** What goes on comes first, then the newest; of what is over that since `since`. */
export function reportOf(
  { troubles, missed, job }: Reported,
  { now, since, reader }: { readonly now: number; readonly since: number; readonly reader: Reader },
): readonly Entry[] {
  const going = [...troubles].flatMap(([name, verdict]): Entry[] => {
    const { state, at, cause } = verdict;
    if (state === 'missed') return [];
    const count = countOf(job(name), verdict, now, reader);
    return [{ job: name, state, at, count, cause, endedAt: null }];
  });
  const isGoing = new Set(going.map(({ job: name, at }) => `${name}\n${at}`));
  const over = missed
    .filter(({ job: name, at, until }) => until >= since && !isGoing.has(`${name}\n${at}`))
    .map(({ until: _, ...one }): Entry => ({ ...one, state: 'missed' }));
  const byTime = (a: Entry, b: Entry): number => b.at - a.at || (a.job < b.job ? -1 : 1);
  return [...going.sort(byTime), ...over.sort(byTime)];
}

/** How long the runs of a job took that have ended, as far as they are known, and what of that is usual. */

/** Of one job. */
export interface RunTimes {
  /** When its executions were read, ms since the epoch. */
  readonly at: number;
  /** How many ends of runs Dkron had counted then. */
  readonly ends: number;
  /**
   * Ms of each run, the newest last; of one that failed it is written as −1 − ms: how long a failure took
   * says nothing of what the job usually does.
   */
  readonly runs: readonly number[];
}

/** So many runs are kept of a job, and are what is called usual. */
export const mostRuns = 30;
/** Nothing is said of fewer. */
export const leastRuns = 5;

export const isFailure = (run: number): boolean => run < 0;
/** Ms. */
export const tookOf = (run: number): number => (run < 0 ? -1 - run : run);
/** As `RunTimes` has it. */
export const runOf = (took: number, ok: boolean): number => (ok ? took : -1 - took);

/** All in ms. */
export interface Usual {
  readonly median: number;
  /** Of twenty runs nineteen take no longer. */
  readonly p95: number;
  /** Of all that are known, also of those that failed. */
  readonly longest: number;
  /** Out of how many runs this is told. */
  readonly count: number;
}

const remembered = new WeakMap<Pick<RunTimes, 'runs'>, Usual | null>();

/** Null where too few runs that went well are known. */
export function usualOf(times: Pick<RunTimes, 'runs'>): Usual | null {
  const before = remembered.get(times);
  if (before !== undefined) return before;
  const usual = workOut(times);
  remembered.set(times, usual);
  return usual;
}

function workOut({ runs }: Pick<RunTimes, 'runs'>): Usual | null {
  const took = successes(runs).sort((a, b) => a - b);
  if (took.length < leastRuns) return null;
  const longest = Math.max(...runs.map(tookOf));
  return { median: quantile(took, 0.5), p95: quantile(took, 0.95), longest, count: took.length };
}

/** What those took that went well, the newest last. */
export const successes = (runs: readonly number[]): number[] =>
  runs.filter((run) => !isFailure(run));

/** The least of them that so large a share is no greater than; `sorted` from the least on. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;

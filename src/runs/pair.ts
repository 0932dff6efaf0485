/** Which run a run is compared with. */
import { runKey, unfinished } from '../dkron/execution.ts';
import type { Execution } from '../dkron/shapes.ts';
import { serverTime } from '../job/time.ts';

export interface Pair {
  /** As they began. */
  readonly older: Execution;
  readonly newer: Execution;
}

const startOf = (run: Execution): number => serverTime(run.started_at)?.getTime() ?? 0;

/** In the order in which they began. */
export const pairOf = (one: Execution, other: Execution): Pair =>
  startOf(one) <= startOf(other) ? { older: one, newer: other } : { older: other, newer: one };

/**
 * A failed run and the last good one before it, a good run and the last failed one before it; where there
 * is none before, the next one after it. Of no key it is the newest failed run. In words why there are no two.
 */
export function pairFor(
  runs: readonly Execution[],
  key?: string | undefined,
): Pair | { readonly why: string } {
  const ended = runs
    .filter((run) => !unfinished(run))
    .map((run) => ({ run, at: startOf(run) }))
    .toSorted((a, b) => b.at - a.at)
    .map(({ run }) => run);
  const at = ended.findIndex(
    key === undefined ? ({ success }) => !success : (run) => runKey(run) === key,
  );
  const run = ended[at];
  if (run === undefined) return { why: whyNone(runs, ended, key) };
  const isOther = ({ success }: Execution): boolean => success !== run.success;
  const other = ended.slice(at + 1).find(isOther) ?? ended.slice(0, at).findLast(isOther);
  if (other !== undefined) return pairOf(run, other);
  const kept = `of the ${ended.length} runs that Dkron keeps`;
  return {
    why: `there is nothing to compare with: ${kept} ${run.success ? 'none failed' : 'none went well'}`,
  };
}

function whyNone(
  runs: readonly Execution[],
  ended: readonly Execution[],
  key: string | undefined,
): string {
  if (runs.length === 0) return 'there is no run';
  if (ended.length === 0) return 'no run has ended yet';
  if (key === undefined) return `none of the ${ended.length} runs that Dkron keeps failed`;
  return runs.some((run) => runKey(run) === key)
    ? 'this run has no end yet: it is compared when it has'
    : 'Dkron does not keep this run any more';
}

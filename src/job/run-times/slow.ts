/** A job that takes longer than it used to: three runs in a row far above the usual, and no single one. */
import { quantile, type RunTimes, successes, usualOf } from './times.ts';

export interface Slow {
  /** So many of the last runs were far above the usual. */
  readonly runs: number;
  /** Ms: the median of these. */
  readonly now: number;
  /** Ms: the median of those before them. */
  readonly before: number;
}

/** What a run takes as things are, ms: the median, or since when it is slow that of these. Null where too little is known. */
export const takesNow = (times: RunTimes): number | null =>
  slowOf(times)?.now ?? usualOf(times)?.median ?? null;

const inRow = 3;
/** So many runs before them tell what is far above: of fewer every second one may be. */
const leastBefore = 8;
/** Less than this is no news, whatever it was before, ms. */
const least = 100;

/**
 * Null for a job that is as usual, or of which too little is known. What is slow is held against the runs
 * before it became so, for as long as enough of these are known: then this is what it usually takes.
 */
export function slowOf({ runs }: Pick<RunTimes, 'runs'>): Slow | null {
  const took = successes(runs);
  let above: number[] = [];
  /** From the least on. */
  const usual: number[] = [];
  for (const each of took) {
    if (usual.length >= leastBefore && each > farAbove(usual)) {
      above.push(each);
      continue;
    }
    for (const one of [...above, each]) insert(usual, one);
    above = [];
  }
  if (above.length < inRow) return null;
  return {
    runs: above.length,
    now: quantile(
      above.sort((a, b) => a - b),
      0.5,
    ),
    before: quantile(usual, 0.5),
  };
}

/**
 * What a run has to be above: half as long again as the median, clearly more than all but the longest of
 * twenty, and the spread many times over; the fewer are known, the less their spread says.
 */
function farAbove(usual: readonly number[]): number {
  const median = quantile(usual, 0.5);
  const from = usual.map((each) => Math.abs(each - median)).sort((a, b) => a - b);
  const spread = 1.5 * quantile(from, 0.5);
  const times = 2 + 30 / usual.length;
  return Math.max(
    median + least,
    1.5 * median,
    1.25 * quantile(usual, 0.95),
    median + times * spread,
  );
}

function insert(sorted: number[], value: number): void {
  let at = sorted.length;
  while (at > 0 && sorted[at - 1]! > value) at--;
  sorted.splice(at, 0, value);
}

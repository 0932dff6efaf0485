/** Whether a list of jobs is older than one that was read before. */

import type { JobRow } from './row.ts';
import { lastRun } from './runs.ts';
import type { JobTable } from './table.ts';

/**
 * Times of last runs only rise in a cluster (dkron/store.go). Where some went back and none went on,
 * the list is that of a node that lags: one that goes on has new runs. A job that has no run any more
 * was cleared or made anew; one that was restored from an old snapshot goes back alone, and another
 * goes on beside it within moments.
 */
export function isBehind(now: JobTable, before: JobTable): boolean {
  if (before.size === 0) return false;
  let back = false;
  for (const [row, old] of now.othersThan(before)) {
    const [ran, ranThen] = [timeOf(row), timeOf(old)];
    if (ran > ranThen) return false;
    if (ran > 0 && ran < ranThen) back = true;
  }
  return back;
}

const timeOf = (row: JobRow | undefined): number =>
  row === undefined ? 0 : (lastRun(row)?.at ?? 0);

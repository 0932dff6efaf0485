/** Whether a list of jobs is older than one that was read before. */
import type { JobText } from './job.ts';
import { lastRun } from './runs.ts';

type Jobs = ReadonlyMap<string, JobText>;

/**
 * Times of last runs only rise in a cluster (dkron/store.go). Where some went back and none went on,
 * the list is that of a node that lags: one that goes on has new runs. A job that has no run any more
 * was cleared or made anew; one that was restored from an old snapshot goes back alone, and another
 * goes on beside it within moments.
 */
export function isBehind(now: Jobs, before: Jobs): boolean {
  let back = false;
  for (const [name, entry] of now) {
    const old = before.get(name);
    if (old === entry) continue;
    const [ran, ranThen] = [timeOf(entry), timeOf(old)];
    if (ran > ranThen) return false;
    if (ran > 0 && ran < ranThen) back = true;
  }
  return back;
}

const timeOf = (entry: JobText | undefined): number =>
  entry === undefined ? 0 : (lastRun(entry.job)?.at ?? 0);

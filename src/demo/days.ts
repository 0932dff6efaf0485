/** Executions by day, as the jobs' past and their counters have them. */
import type { Execution } from './job.ts';
import type { Store } from './store.ts';

const DAY = 86_400_000_000_000n;

export interface Counted {
  readonly succeeded: number;
  readonly failed: number;
}

/**
 * Counts what a job ever ran: what is kept of it on the days when it ended, and what its counters have
 * besides on the days before, as many a day as it is known to run.
 */
export function countPast(store: Store, past: readonly Execution[], counted: Counted): void {
  const [first] = past;
  const last = past.at(-1);
  if (first === undefined || last === undefined) return;
  for (const { finished_at, success } of past) store.countDay(finished_at, success);
  const ok = past.filter(({ success }) => success).length;
  const left = {
    ok: Math.max(0, counted.succeeded - ok),
    failed: Math.max(0, counted.failed - (past.length - ok)),
  };
  const all = left.ok + left.failed;
  const length = last.finished_at - first.started_at;
  const pace = length > 0n && past.length > 1 ? Number(length) / past.length : Number(DAY);
  let end = first.started_at;
  for (let done = 0; done < all; ) {
    // The end of a day belongs to it.
    const start = ((end - 1n) / DAY) * DAY;
    const share = Math.max(1, Math.round(Number(end - start) / pace));
    const upTo = Math.min(all, done + share);
    const failed = part(left.failed, upTo, all) - part(left.failed, done, all);
    store.countDay(start, true, upTo - done - failed);
    store.countDay(start, false, failed);
    done = upTo;
    end = start;
  }
}

/** Of so many of a kind those among the first `upTo` of all. */
const part = (many: number, upTo: number, all: number): number => Math.floor((many * upTo) / all);

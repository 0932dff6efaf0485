/** The jobs that were looked at last: not read out of their pages again at the next key. */
import type { Job } from './job.ts';

/** Bytes of text of all that are kept; the last one is kept whatever its size. */
const most = 1_000_000;

export interface Latest {
  /** `bytes`: of its text. */
  readonly keep: (job: Job, bytes: number) => void;
}

export function readLately(bytes = most): Latest {
  const kept = new Map<Job, number>();
  let sum = 0;
  return {
    keep(job, length) {
      if (kept.has(job)) return;
      kept.set(job, length);
      sum += length;
      for (const [oldest, its] of kept) {
        if (sum <= bytes || oldest === job) break;
        kept.delete(oldest);
        sum -= its;
      }
    },
  };
}

/** Those of this program. */
export const latest: Latest = readLately();

import { apiNext } from '../schedule/next.ts';
import type { Job } from './job.ts';
import { ZERO } from './time.ts';

/**
 * What the store writes as `next` when a schedule is new (Dkron job.go GetNext): the first run from
 * now in the server's zone, which is UTC, whatever the job's own zone is.
 */
export function nextOf(job: Job, now: bigint): bigint {
  const startsAt = job.starts_at?.at;
  if (startsAt !== undefined && startsAt > now) return startsAt;
  if (job.schedule === '') return ZERO;
  const context = { name: job.name, hasParent: job.parent_job !== '' };
  return apiNext(job.schedule, now, context) ?? ZERO;
}

import type { JobFacts } from './job.ts';
import { serverTime } from './time.ts';

export type JobStatus =
  | 'running'
  | 'disabled'
  | 'never'
  | 'success'
  | 'failed'
  | 'partially_failed';

/** What to say of a job in one word. Dkron itself never stores "running": that is what /busy knows. */
export function jobStatus(job: JobFacts, running: boolean): JobStatus {
  if (running) return 'running';
  if (job.disabled) return 'disabled';
  const { status } = job;
  if (status === 'success' || status === 'failed' || status === 'partially_failed') return status;
  return lastResult(job);
}

/** A restored job can have a past without a status. */
function lastResult(job: JobFacts): JobStatus {
  const success = serverTime(job.last_success)?.getTime() ?? 0;
  const error = serverTime(job.last_error)?.getTime() ?? 0;
  if (success === 0 && error === 0) return 'never';
  return success > error ? 'success' : 'failed';
}

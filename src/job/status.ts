import type { Job } from './job.ts';

export type JobStatus =
  | 'success'
  | 'failed'
  | 'partially_failed'
  | 'running'
  | 'disabled'
  | 'never';

/**
 * The one word for how a job is. Dkron stores `success`, `failed`, `partially_failed` or nothing;
 * that it runs is known from /busy, and a disabled job's last result says nothing about it now.
 */
export function jobStatus(job: Job, running: boolean): JobStatus {
  if (running) return 'running';
  if (job.disabled) return 'disabled';
  if (job.status === 'success' || job.status === 'failed' || job.status === 'partially_failed')
    return job.status;
  return 'never';
}

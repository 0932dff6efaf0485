/** Jobs and executions in the shape that the API answers. */
import type { Execution, Job } from './job.ts';
import { executionKey } from './job.ts';
import type { Json } from './json.ts';
import type { Time } from './time.ts';
import { formatTime } from './time.ts';

const nullable = (time: Time | null): string | null => (time === null ? null : formatTime(time));

export const renderJob = (job: Job): Json => ({
  ...job,
  last_success: nullable(job.last_success),
  last_error: nullable(job.last_error),
  next: formatTime(job.next),
  starts_at: nullable(job.starts_at),
  expires_at: nullable(job.expires_at),
});

/** Stands before a simulated output; `output_size_limit` does not count it. */
const MARK = '[simulated: the demo server runs no commands]\n';

/** `show` gives the offset that times are shown with: lists use the job's zone, the rest UTC. */
export const renderExecution = (
  execution: Execution,
  show: (at: bigint) => Time,
): { [field: string]: Json } => ({
  id: executionKey(execution),
  ...(execution.job_name === '' ? {} : { job_name: execution.job_name }),
  started_at: formatTime(show(execution.started_at)),
  finished_at: formatTime(show(execution.finished_at)),
  success: execution.success,
  ...(execution.output === ''
    ? {}
    : { output: execution.simulated ? MARK + execution.output : execution.output }),
  ...(execution.node_name === '' ? {} : { node_name: execution.node_name }),
  ...(execution.group === 0n ? {} : { group: execution.group }),
  ...(execution.attempt === 0 ? {} : { attempt: execution.attempt }),
});

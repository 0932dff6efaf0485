/** Jobs and executions in the shape that the API answers. */
import type { Execution, Job } from './job.ts';
import { executionKey } from './job.ts';
import type { Json } from './json.ts';
import type { Time } from './time.ts';

/** A job's fields stand in the order of the answer. */
export const renderJob = (job: Job): Json => ({ ...job });

/** Stands before a simulated output; `output_size_limit` does not count it. */
const MARK = '[simulated: the demo server runs no commands]\n';

/** `show` gives the offset that times are shown with: lists use the job's zone, the rest UTC. */
export const renderExecution = (
  execution: Execution,
  show: (at: bigint) => Time,
): { [field: string]: Json } => ({
  id: executionKey(execution),
  ...(execution.job_name === '' ? {} : { job_name: execution.job_name }),
  started_at: show(execution.started_at),
  finished_at: show(execution.finished_at),
  success: execution.success,
  ...(execution.output === ''
    ? {}
    : { output: execution.simulated ? MARK + execution.output : execution.output }),
  ...(execution.node_name === '' ? {} : { node_name: execution.node_name }),
  ...(execution.group === 0n ? {} : { group: execution.group }),
  ...(execution.attempt === 0 ? {} : { attempt: execution.attempt }),
});

/** Jobs and executions in the shape that the API answers. */
import type { Execution, Job } from './job.ts';
import { executionKey } from './job.ts';
import type { Json } from './json.ts';
import type { Time } from './time.ts';

/** A job's fields stand in the order of the answer. */
export const renderJob = (job: Job): Json => ({ ...job });

/** Stands before what a simulated command printed; `output_size_limit` does not count it. */
const MARK = '[simulated: the demo server runs no commands]\n';

/** Behind why the run failed, where it has ended: that a command did not print. */
function marked({ output, success, started_at, finished_at }: Execution, isCut: boolean): string {
  const isWhole = !success && finished_at >= started_at && !isCut;
  const at = isWhole ? output.indexOf('\n') + 1 : 0;
  return output.slice(0, at) + MARK + output.slice(at);
}

/**
 * `show` gives the offset that times are shown with: lists use the job's zone, the rest UTC. `isCut`:
 * the beginning of the output was left out.
 */
export const renderExecution = (
  execution: Execution,
  show: (at: bigint) => Time,
  isCut = false,
): { [field: string]: Json } => ({
  id: executionKey(execution),
  ...(execution.job_name === '' ? {} : { job_name: execution.job_name }),
  started_at: show(execution.started_at),
  finished_at: show(execution.finished_at),
  success: execution.success,
  ...(execution.output === ''
    ? {}
    : { output: execution.simulated ? marked(execution, isCut) : execution.output }),
  ...(execution.node_name === '' ? {} : { node_name: execution.node_name }),
  ...(execution.group === 0n ? {} : { group: execution.group }),
  ...(execution.attempt === 0 ? {} : { attempt: execution.attempt }),
});

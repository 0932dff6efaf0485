/** Jobs and executions as Dkron 4.1.2 gives them: every field there, the ones that matter told apart. */
import type { Execution } from '../../src/dkron/shapes.ts';
import type { Job, JobText } from '../../src/job/job.ts';
import { type JobTable, tableOf } from '../../src/job/table.ts';
import { wholeJob } from '../../src/job/zero.ts';

/** A job that never ran, every five minutes. */
export const aJob = (fields: Partial<Job> = {}): Job => ({
  ...wholeJob({
    name: 'refresh',
    schedule: '0 */5 * * * *',
    executor: 'shell',
    executor_config: { command: 'true' },
    next: '2026-11-21T15:00:00Z',
  }),
  ...fields,
});

/** A job as one would write it for Dkron. */
export type Definition = Pick<Job, 'name'> & Partial<Job>;

/** What Dkron demands and nothing else: a job every 24 h, with nothing to do. */
export const aDefinition = (fields: Definition): Definition => ({
  schedule: '@every 24h',
  executor: 'shell',
  executor_config: { command: 'true' },
  ...fields,
});

export const textOf = (job: Job): JobText => ({ text: JSON.stringify(job), job });

/** The whole of a server's jobs, by name. */
export const jobsByName = (jobs: readonly Partial<Job>[]): JobTable =>
  tableOf(jobs.map((job) => textOf(aJob(job))));

/** A run of two seconds that succeeded. */
export const anExecution = (fields: Partial<Execution> = {}): Execution => ({
  id: '1795269600000000000-n1',
  job_name: 'refresh',
  started_at: '2026-11-21T14:00:00Z',
  finished_at: '2026-11-21T14:00:02Z',
  success: true,
  output: 'done\n',
  output_truncated: false,
  node_name: 'n1',
  group: '1795269600000000000',
  attempt: 1,
  ...fields,
});

import { emptyJob } from '../../src/demo/decode-job.ts';
import type { Execution, Job } from '../../src/demo/job.ts';
import { Store } from '../../src/demo/store.ts';

/** A job that runs when it is told to. */
export const jobOf = (name: string, fields: Partial<Job> = {}): Job => ({
  ...emptyJob,
  id: name,
  name,
  schedule: '@manually',
  executor: 'shell',
  ...fields,
});

export const executionOf = (fields: Partial<Execution>): Execution => ({
  job_name: 'a',
  started_at: 1n,
  finished_at: 2n,
  success: true,
  output: '',
  simulated: false,
  node_name: 'n',
  group: 1n,
  attempt: 1,
  ...fields,
});

/** A store in which every new schedule is due at 7. */
export function storeWith(...jobs: Job[]): Store {
  const store = new Store(() => 7n);
  for (const job of jobs) store.setJob(job, true);
  return store;
}

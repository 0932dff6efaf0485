/** A job that really runs, every second, while something is measured. */
import { benchJob } from './jobs.ts';
import { putJob } from './server.ts';

/** It is among the first rows: what becomes of it is seen. */
const which = 5;

/** @returns what makes it a job as the others are again */
export async function runsEverySecond(url: string): Promise<() => Promise<void>> {
  const job = benchJob(which);
  const asks = { method: 'GET', url: `${url}/health`, expectCode: '200', timeout: '5' };
  await putJob(url, { ...job, disabled: false, schedule: '@every 1s', executor_config: asks });
  return () => putJob(url, job);
}

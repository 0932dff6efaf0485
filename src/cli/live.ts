import { NotFound } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import type { Job } from '../job/job.ts';

/** All jobs of the server: what a change means for families can only be seen in all of them. */
export async function liveJobs(dkron: Dkron, signal: AbortSignal): Promise<Job[]> {
  const jobs: Job[] = [];
  for await (const { job } of dkron.jobs({ signal })) jobs.push(job);
  return jobs;
}

/** The jobs of these names, each once; throws NotFound for the first that is not there. */
export function jobsNamed(dkron: Dkron, live: readonly Job[], names: readonly string[]): Job[] {
  const byName = new Map(live.map((job) => [job.name, job]));
  return [...new Set(names)].map((name) => {
    const job = byName.get(name);
    if (job) return job;
    throw new NotFound(`there is no job ${name} on ${dkron.url}`, { data: 'nothing was written' });
  });
}

export const jobNamed = (dkron: Dkron, live: readonly Job[], name: string): Job =>
  jobsNamed(dkron, live, [name])[0]!;

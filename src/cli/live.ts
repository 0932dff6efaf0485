import { NotFound, UnreadableJob, UsageError } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import { type Live, readLive } from '../dkron/live.ts';
import type { Job } from '../job/job.ts';
import type { Invocation } from './invocation.ts';
import { printNote } from './output.ts';

/** All jobs of the server; those that cannot be read are told, and only what concerns them stops. */
export async function liveJobs({ io }: Invocation, dkron: Dkron): Promise<Live> {
  const live = await readLive(dkron, { signal: io.signal });
  for (const { why } of live.unreadable) printNote(io, `skipped: ${why}`);
  return live;
}

/**
 * The jobs of these names, each once; throws for the first that is not there or cannot be read:
 * NotFound, UnreadableJob.
 */
export function jobsNamed(dkron: Dkron, live: Live, names: readonly string[]): Job[] {
  const byName = new Map(live.jobs.map((job) => [job.name, job]));
  return [...new Set(names)].map((name) => {
    const job = byName.get(name);
    if (job) return job;
    const unread = live.unreadable.find((one) => one.name === name);
    if (unread) throw new UnreadableJob(unread.why, { data: 'nothing was written' });
    throw new NotFound(`there is no job ${name} on ${dkron.url}`, { data: 'nothing was written' });
  });
}

export const jobNamed = (dkron: Dkron, live: Live, name: string): Job =>
  jobsNamed(dkron, live, [name])[0]!;

/** Throws UsageError when a job has this name already. */
export function checkFree(dkron: Dkron, { jobs, unreadable }: Live, name: string): void {
  if ([...jobs, ...unreadable].every((job) => job.name !== name)) return;
  throw new UsageError(`job ${name} already exists on ${dkron.url}`, {
    data: 'nothing was written',
    next: 'choose another name, or change that job',
  });
}

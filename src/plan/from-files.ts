/** The plan that makes a server have the jobs of files: a restore's, and an apply's. */
import type { Dkron } from '../dkron/client.ts';
import { type Live, readLive } from '../dkron/live.ts';
import type { Job } from '../job/job.ts';
import { type JobsRead, labelOf, reasonOf } from '../snapshot/file/contents.ts';
import { planRestore } from './compare.ts';
import type { RestorePlan } from './model.ts';

export interface FilesPlan {
  readonly plan: RestorePlan;
  /** What it was made against. */
  readonly live: Live;
}

/**
 * Compares the jobs of files with those of a server. What cannot be read, there or here, is blocked
 * and says why. `adapted` is given the server's job of the same name, where there is one.
 */
export async function planFiles(
  dkron: Dkron,
  { jobs, unreadable }: Pick<JobsRead, 'jobs' | 'unreadable'>,
  signal?: AbortSignal,
  adapted: (wanted: Job, stored: Job | undefined) => Job = (wanted) => wanted,
): Promise<FilesPlan> {
  const live = await readLive(dkron, { signal });
  const stored = new Map(live.jobs.map((job) => [job.name, job]));
  const barred = unreadable.map((one) => ({
    name: labelOf(one),
    why: reasonOf(one),
    places: one.places,
  }));
  const wanted = jobs.map((job) => adapted(job, stored.get(job.name)));
  return { plan: planRestore(wanted, live.jobs, { barred, unreadable: live.unreadable }), live };
}

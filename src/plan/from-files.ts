/** The plan that makes a server have the jobs of files, or those of another cluster. */
import type { Dkron } from '../dkron/client.ts';
import { type Live, readLive } from '../dkron/live.ts';
import type { Job } from '../job/job.ts';
import { type JobsRead, labelOf, reasonOf } from '../snapshot/file/contents.ts';
import { type Barred, planRestore } from './compare.ts';
import type { RestorePlan } from './model.ts';

export interface FilesPlan {
  readonly plan: RestorePlan;
  /** What it was made against. */
  readonly live: Live;
}

/** Jobs that a server is to have, each name once, and what stands in the place of one. */
export interface Source {
  readonly jobs: readonly Job[];
  readonly barred: readonly Barred[];
}

/** The server's job of the same name, where there is one, makes of a wanted one what is to be written. */
type Adapt = (wanted: Job, stored: Job | undefined) => Job;

/** Compares the jobs of files with those of a server, as planSource does. */
export const planFiles = (
  dkron: Dkron,
  read: Pick<JobsRead, 'jobs' | 'unreadable'>,
  signal?: AbortSignal,
  adapted?: Adapt,
): Promise<FilesPlan> => planSource(dkron, ofFiles(read), signal, adapted);

export const ofFiles = ({ jobs, unreadable }: Pick<JobsRead, 'jobs' | 'unreadable'>): Source => ({
  jobs,
  barred: unreadable.map((one) => ({
    name: labelOf(one),
    why: reasonOf(one),
    places: one.places,
  })),
});

/** What another cluster has now, to be written to a server. */
export const ofCluster = ({ jobs, unreadable }: Live): Source => ({
  jobs,
  barred: unreadable.map(({ name, why }) => ({ name: name || 'a job', why, places: [] })),
});

/**
 * Compares jobs with those of a server. What cannot be read, there or here, is blocked and says why.
 */
export async function planSource(
  dkron: Dkron,
  { jobs, barred }: Source,
  signal?: AbortSignal,
  adapted: Adapt = (wanted) => wanted,
): Promise<FilesPlan> {
  const live = await readLive(dkron, { signal });
  const stored = new Map(live.jobs.map((job) => [job.name, job]));
  const wanted = jobs.map((job) => adapted(job, stored.get(job.name)));
  return { plan: planRestore(wanted, live.jobs, { barred, unreadable: live.unreadable }), live };
}

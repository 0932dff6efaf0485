/** Jobs that a server is to have: those of files, or those of another cluster. */
import type { Live } from '../dkron/live.ts';
import type { Job } from '../job/job.ts';
import { type JobsRead, labelOf, reasonOf } from '../snapshot/file/contents.ts';
import type { Barred } from './compare.ts';

/** Each name once, and what stands in the place of a job. */
export interface Source {
  readonly jobs: readonly Job[];
  readonly barred: readonly Barred[];
}

export const ofFiles = ({ jobs, unreadable }: Pick<JobsRead, 'jobs' | 'unreadable'>): Source => ({
  jobs,
  barred: unreadable.map((one) => ({
    name: labelOf(one),
    why: reasonOf(one),
    places: one.places,
  })),
});

/** What another cluster has now. */
export const ofCluster = ({ jobs, unreadable }: Live): Source => ({
  jobs,
  barred: unreadable.map(({ name, why }) => ({ name: name || 'a job', why, places: [] })),
});

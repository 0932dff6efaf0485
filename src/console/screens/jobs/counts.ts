/** How many jobs there are of each status: counted once per change of the data. */
import { type JobStatus, jobStatus } from '../../../job/status.ts';
import { memo } from '../../../view/memo.ts';
import type { JobsData, State } from '../../state/model.ts';

export type Counts = Readonly<Record<JobStatus, number>>;

const count = memo((byName: JobsData['byName'], busy: State['busy']): Counts => {
  const counts = { success: 0, failed: 0, partially_failed: 0, running: 0, disabled: 0, never: 0 };
  for (const { job } of byName.values()) counts[jobStatus(job, busy.has(job.name))]++;
  return counts;
});

export const countsOf = (state: State): Counts => count(state.jobs.byName, state.busy);

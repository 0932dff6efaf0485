/** How many jobs there are of each status: counted once per change of the data. */

import { type JobStatus, jobStatus } from '../../../job/status.ts';
import type { Line } from '../../../view/line.ts';
import { bold, quiet, toned } from '../../../view/line.ts';
import { memo } from '../../../view/memo.ts';
import type { JobsData, State } from '../../state/model.ts';

export type Counts = Readonly<Record<JobStatus, number>>;

const count = memo((byName: JobsData['byName'], busy: State['busy']): Counts => {
  const counts = { success: 0, failed: 0, partially_failed: 0, running: 0, disabled: 0, never: 0 };
  for (const { job } of byName.values()) counts[jobStatus(job, busy.has(job.name))]++;
  return counts;
});

export const countsOf = (state: State): Counts => count(state.jobs.byName, state.busy);

/** `412 · 3 failed · 1 running · 12 disabled`: only what there is. */
export function countSpans(state: State): Line {
  const counts = countsOf(state);
  const failed = counts.failed + counts.partially_failed;
  const unreadable = state.jobs.unreadable.length;
  if (state.jobs.at === null && state.jobs.byName.size === 0) return [];
  return [
    bold(String(state.jobs.byName.size)),
    ...(unreadable > 0 ? [quiet(' · '), toned(`${unreadable} unreadable`, 'bad')] : []),
    ...(failed > 0 ? [quiet(' · '), toned(`${failed} failed`, 'bad')] : []),
    ...(counts.running > 0 ? [quiet(' · '), toned(`${counts.running} running`, 'attention')] : []),
    ...(counts.never > 0 ? [quiet(` · ${counts.never} never ran`)] : []),
    ...(counts.disabled > 0 ? [quiet(` · ${counts.disabled} disabled`)] : []),
  ];
}

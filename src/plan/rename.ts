import type { Live } from '../dkron/live.ts';
import type { Job } from '../job/job.ts';
import { withDeletions } from './deletions.ts';
import { planEdits } from './edits.ts';
import type { RestorePlan } from './model.ts';

/**
 * Dkron cannot rename: the job is copied, its children are given the copy as parent, and the old
 * one is kept disabled, or deleted. Nothing but the copy may be written before the copy is there.
 */
export function planRename(
  job: Job,
  name: string,
  live: Live,
  { deleteOld }: { readonly deleteOld: boolean },
): RestorePlan {
  const children = live.jobs.filter(({ parent_job }) => parent_job === job.name);
  const moved = children.map((child) => ({ ...child, parent_job: name }));
  const old = deleteOld ? [] : [{ ...job, disabled: true }];
  const wanted = [{ ...job, name }, ...moved, ...old];
  const plan = { ...planEdits(wanted, live), first: name, origin: { what: 'rename' } };
  return deleteOld ? withDeletions(plan, [job.name], live.jobs) : plan;
}

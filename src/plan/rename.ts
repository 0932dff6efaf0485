import type { Live } from '../dkron/live.ts';
import type { Job } from '../job/job.ts';
import { planRestore, withoutRest } from './compare.ts';
import { withDeletions } from './deletions.ts';
import type { RestorePlan } from './model.ts';

/**
 * Dkron cannot rename: the job is copied, its children are given the copy as parent, and the old
 * one is kept disabled, or deleted. Nothing but the copy may be written before the copy is there.
 */
export function planRename(
  job: Job,
  name: string,
  { jobs, unreadable }: Live,
  { deleteOld }: { readonly deleteOld: boolean },
): RestorePlan {
  const children = jobs.filter(({ parent_job }) => parent_job === job.name);
  const moved = children.map((child) => ({ ...child, parent_job: name }));
  const old = deleteOld ? [] : [{ ...job, disabled: true }];
  const wanted = [{ ...job, name }, ...moved, ...old];
  const plan = { ...withoutRest(planRestore(wanted, jobs, { unreadable })), first: name };
  return deleteOld ? withDeletions(plan, [job.name], jobs) : plan;
}

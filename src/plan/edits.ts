/** Plans that make jobs something else, and leave the others alone. */
import type { Live } from '../dkron/live.ts';
import type { Job } from '../job/job.ts';
import { planRestore, withoutRest } from './compare.ts';
import type { RestorePlan } from './model.ts';

export const planEdits = (
  wanted: readonly Job[],
  { jobs, unreadable, listed = jobs.length }: Live,
): RestorePlan => {
  const plan = withoutRest(planRestore(wanted, jobs, { unreadable }));
  const isNew = plan.items.every(({ seen }) => seen === null);
  return { ...plan, listed, origin: { what: isNew ? 'create' : 'edit' } };
};

/** Enables or disables; Dkron's own toggle flips whatever a lagging node believes. */
export const planDisabled = (seen: readonly Job[], disabled: boolean, live: Live): RestorePlan => ({
  ...planEdits(
    seen.map((job) => ({ ...job, disabled })),
    live,
  ),
  merge: true,
  action: disabled ? 'disable' : 'enable',
  origin: { what: disabled ? 'disable' : 'enable' },
});

/** Another schedule for the job as it was looked at, which the server may have otherwise by now. */
export const planSchedule = (
  seen: Job,
  wanted: Pick<Job, 'schedule' | 'timezone'>,
  live: Live,
): RestorePlan => ({
  ...planEdits([{ ...seen, ...wanted }], {
    ...live,
    jobs: [...live.jobs.filter(({ name }) => name !== seen.name), seen],
  }),
  merge: true,
});

/** Plans that make jobs something else, and leave the others alone. */
import { atOnce } from '../base/steps.ts';
import type { Live } from '../dkron/live.ts';
import type { Job } from '../job/job.ts';
import { planSteps, withoutRest } from './compare.ts';
import type { RestorePlan } from './model.ts';

export const planEdits = (...given: Parameters<typeof editSteps>): RestorePlan =>
  atOnce(editSteps(...given));

/** The same in steps, a job each. */
export function* editSteps(
  wanted: readonly Job[],
  { jobs, unreadable, listed = jobs.length }: Live,
): Generator<void, RestorePlan> {
  const plan = withoutRest(yield* planSteps(wanted, jobs, { unreadable }));
  const isNew = plan.items.every(({ seen }) => seen === null);
  return { ...plan, listed, origin: { what: isNew ? 'create' : 'edit' } };
}

/** Enables or disables; Dkron's own toggle flips whatever a lagging node believes. */
export const planDisabled = (seen: readonly Job[], disabled: boolean, live: Live): RestorePlan => ({
  ...planEdits(withDisabled(seen, disabled), live),
  ...asDisabled(disabled),
});

export const withDisabled = (seen: readonly Job[], disabled: boolean): Job[] =>
  seen.map((job) => ({ ...job, disabled }));

/** What such a plan is besides its items. */
export const asDisabled = (disabled: boolean) => {
  const what = disabled ? 'disable' : 'enable';
  return { merge: true, action: what, origin: { what } } as const;
};

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

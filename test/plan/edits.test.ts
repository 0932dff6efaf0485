import { describe, expect, it } from 'vitest';
import { planDisabled, planSchedule } from '../../src/plan/edits.ts';
import type { RestorePlan } from '../../src/plan/model.ts';
import { doorTo } from '../dkron/door.ts';
import { applyJobs } from '../support/door.ts';
import { aJob } from '../support/jobs.ts';

const seen = aJob({ name: 'refresh', schedule: '@daily' });
const live = { jobs: [seen], unreadable: [] };

/** Carries the plan out on a server that has this job by now. */
async function carriedOut(plan: RestorePlan, now: typeof seen | null) {
  const door = await doorTo(now);
  const [result] = await applyJobs(
    door.client,
    { ...plan, listed: 100 },
    new Set(['refresh']),
    door.options,
  );
  return { result, posted: door.posted() };
}

describe('a flag', () => {
  const plan = planDisabled([seen], true, live);

  it('is set on whatever the job is by now', async () => {
    const { result, posted } = await carriedOut(plan, { ...seen, retries: 3 });
    expect(result).toMatchObject({ outcome: 'written', message: 'disabled and verified' });
    expect(posted).toMatchObject([{ retries: 3, disabled: true }]);
  });

  it('that somebody else has set meanwhile is not sent', async () => {
    const { result, posted } = await carriedOut(plan, { ...seen, disabled: true, retries: 3 });
    expect(result).toMatchObject({ outcome: 'same', message: 'already disabled' });
    expect(posted).toEqual([]);
  });

  it('that the job had already is not sent either', async () => {
    const { result, posted } = await carriedOut(planDisabled([seen], false, live), seen);
    expect(result).toMatchObject({ outcome: 'same', message: 'already enabled' });
    expect(posted).toEqual([]);
  });

  it('of a job that is gone is not set', async () => {
    const { result, posted } = await carriedOut(plan, null);
    expect(result).toMatchObject({ outcome: 'changed', now: null });
    expect(result?.message).toMatch(/^not disabled: refresh was deleted from/);
    expect(posted).toEqual([]);
  });
});

describe('a schedule', () => {
  const wanted = { schedule: '@hourly', timezone: '' };

  it('goes over what was looked at, and not over what came since', async () => {
    const weekly = { ...seen, schedule: '@weekly' };
    const plan = planSchedule(seen, wanted, { jobs: [weekly], unreadable: [] });
    const { result, posted } = await carriedOut(plan, weekly);
    expect(result).toMatchObject({ outcome: 'changed', now: { schedule: '@weekly' } });
    expect(posted).toEqual([]);
  });

  it('brings no job back that was deleted', async () => {
    const plan = planSchedule(seen, wanted, { jobs: [], unreadable: [] });
    expect(await carriedOut(plan, null)).toMatchObject({
      result: { outcome: 'changed', now: null },
      posted: [],
    });
  });

  it('leaves alone what somebody else changed in other fields', async () => {
    const { posted } = await carriedOut(planSchedule(seen, wanted, live), { ...seen, retries: 3 });
    expect(posted).toMatchObject([{ schedule: '@hourly', retries: 3 }]);
  });
});

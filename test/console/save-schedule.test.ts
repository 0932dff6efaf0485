import { describe, expect, it, onTestFinished } from 'vitest';
import { createJobEffects } from '../../src/console/effects/jobs.ts';
import type { Message } from '../../src/console/state/model.ts';
import { startDemo } from '../../src/demo/server.ts';
import { createClient } from '../../src/dkron/client.ts';
import type { Live } from '../../src/dkron/live.ts';
import type { Job } from '../../src/job/job.ts';
import { checkPlan } from '../../src/plan/check.ts';
import { planDisabled, planSchedule } from '../../src/plan/edits.ts';
import type { CheckedPlan, RestorePlan } from '../../src/plan/model.ts';
import { instantFromMillis } from '../../src/schedule/index.ts';
import { doorOf } from '../support/door.ts';
import { keepsNothing } from '../support/journal.ts';
import { ask } from '../support/servers.ts';
import { keepsNoPlan } from '../support/unfinished.ts';

const job = {
  name: 'a',
  schedule: '@daily',
  owner: 'ops',
  executor: 'shell',
  executor_config: { command: 'true' },
};

/** Changes through the door of a console on a demo server with this job, and what is told of them. */
async function writingOn(readOnly = false) {
  const demo = await startDemo({ empty: true });
  const client = createClient({ url: demo.url });
  onTestFinished(async () => {
    await client.close();
    await demo.close();
  });
  const post = (fields: object) =>
    ask(`${demo.url}/v1/jobs`, 'POST', { ...job, disabled: true, ...fields });
  await post({});
  const stored = async () => (await client.job('a')).value.job;
  const messages: Message[] = [];
  let refreshes = 0;
  const jobEffects = createJobEffects({
    door: doorOf(client, { readOnly }),
    keep: keepsNothing,
    unfinished: keepsNoPlan,
    dispatch: (message) => messages.push(message),
    refresh: () => {
      refreshes++;
    },
  });
  const checked = (plan: RestorePlan, live: Live): CheckedPlan =>
    checkPlan(plan, live.jobs, { now: instantFromMillis(Date.now()), version: '4.1.2' });
  const save = (seen: Job, schedule: string, timezone: string) => {
    const live = { jobs: [seen], unreadable: [] };
    return jobEffects.saveSchedule(checked(planSchedule(seen, { schedule, timezone }, live), live));
  };
  const setDisabled = (seen: Job, disabled: boolean) => {
    const live = { jobs: [seen], unreadable: [] };
    return jobEffects.apply(checked(planDisabled([seen], disabled, live), live));
  };
  return {
    save,
    setDisabled,
    post,
    stored,
    seen: await stored(),
    messages,
    refreshes: () => refreshes,
  };
}

describe('a schedule that is saved', () => {
  it('is stored with its zone, and said to be', async () => {
    const { save, stored, seen, messages } = await writingOn();
    await save(seen, '@hourly', 'Europe/Paris');
    expect(await stored()).toMatchObject({ schedule: '@hourly', timezone: 'Europe/Paris' });
    expect(messages).toEqual([
      {
        type: 'schedule-saved',
        name: 'a',
        text: expect.stringMatching(/^a: written and verified/),
      },
    ]);
  });

  it('keeps what somebody else changed meanwhile in other fields', async () => {
    const { save, post, stored, seen, messages } = await writingOn();
    await post({ owner: 'night shift' });
    await save(seen, '@hourly', '');
    expect(await stored()).toMatchObject({ schedule: '@hourly', owner: 'night shift' });
    expect(messages).toMatchObject([{ type: 'schedule-saved' }]);
  });

  it('over another schedule of somebody else is refused, and told what it is now', async () => {
    const { save, post, stored, seen, messages, refreshes } = await writingOn();
    await post({ schedule: '@weekly' });
    await save(seen, '@hourly', '');
    expect((await stored()).schedule).toBe('@weekly');
    expect(messages).toMatchObject([
      { type: 'schedule-refused', name: 'a', now: { schedule: '@weekly' } },
    ]);
    expect(refreshes()).toBe(1);
  });

  it('that Dkron refuses is told without another job to go over', async () => {
    const { save, seen, messages } = await writingOn();
    await save(seen, 'never', '');
    expect(messages).toMatchObject([{ type: 'schedule-refused', name: 'a', now: null }]);
  });
});

describe('a flag that is written', () => {
  it('is said as what it became', async () => {
    const { setDisabled, stored, seen, messages } = await writingOn();
    await setDisabled(seen, false);
    expect((await stored()).disabled).toBe(false);
    await setDisabled(await stored(), true);
    expect((await stored()).disabled).toBe(true);
    expect(messages).toMatchObject([
      { flash: { level: 'ok', text: expect.stringMatching(/^a: enabled/) } },
      { flash: { level: 'ok', text: expect.stringMatching(/^a: disabled/) } },
    ]);
  });

  it('is not written where the door is read-only, and that is said', async () => {
    const { setDisabled, stored, seen, messages } = await writingOn(true);
    await setDisabled(seen, false);
    expect((await stored()).disabled).toBe(true);
    expect(messages).toMatchObject([
      { flash: { level: 'error', text: expect.stringContaining('read-only') } },
    ]);
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkPlan } from '../../../src/plan/check.ts';
import { planAgainst } from '../../../src/plan/from-files.ts';
import { type Policy, plainPolicy } from '../../../src/plan/policy/policy.ts';
import { readReplacement } from '../../../src/plan/policy/replacement.ts';
import { moment } from '../../schedule/moment.ts';
import { aJob } from '../../support/jobs.ts';

const policy = (fields: Partial<Policy>): Policy => ({ ...plainPolicy, ...fields });
const live = (jobs: readonly ReturnType<typeof aJob>[]) => ({ jobs, unreadable: [] });

const job = fc
  .record({
    name: fc.constantFrom('a', 'b', 'c', 'd'),
    disabled: fc.boolean(),
    retries: fc.nat(2),
    executor_config: fc.record({
      command: fc.constantFrom('one staging', 'prod', ''),
      body: fc.constantFrom('{"u":"staging"}', '["prod",1]'),
    }),
  })
  .map(aJob);
const some = fc.uniqueArray(job, { selector: ({ name }) => name });

it('replacing first and planning then is planning with the replacement', () => {
  const replacements = ['staging=prod', '(prod)=$1-1'].map(readReplacement);
  fc.assert(
    fc.property(some, some, (wanted, here) => {
      const byHand = wanted.map((one) => ({
        ...one,
        executor_config: Object.fromEntries(
          Object.entries(one.executor_config!).map(([key, text]) => [
            key,
            text.replaceAll('staging', 'prod').replaceAll('prod', 'prod-1'),
          ]),
        ),
      }));
      const plan = planAgainst(
        live(here),
        { jobs: wanted, barred: [] },
        { policy: policy({ replacements }) },
      );
      const items = plan.items.map(({ replaced: _, ...item }) => item);
      expect(items).toEqual(planAgainst(live(here), { jobs: byHand, barred: [] }).items);
    }),
  );
});

it('keeping them enabled changes no job in that, and all that is new is as it was asked for', () => {
  fc.assert(
    fc.property(some, some, fc.boolean(), (wanted, here, disabled) => {
      const asked = policy({ keepEnabled: true, disabled });
      const { items } = planAgainst(live(here), { jobs: wanted, barred: [] }, { policy: asked });
      for (const item of items) {
        expect(item.changes.map(({ path }) => path)).not.toContain('disabled');
        const source = wanted.find(({ name }) => name === item.name);
        if (item.seen === null) expect(item.job.disabled).toBe(disabled || source?.disabled);
        else expect(item.job.disabled).toBe(item.seen.disabled);
      }
    }),
  );
});

it('a body that is no JSON any more blocks its job and, where it is new, those below it', () => {
  const jobs = [
    aJob({ name: 'a', executor_config: { body: '{"n":1}' } }),
    aJob({ name: 'b', parent_job: 'a' }),
    aJob({ name: 'c', executor_config: { command: '1' } }),
  ];
  const replacements = [readReplacement('1=one')];
  const plan = planAgainst(live([]), { jobs, barred: [] }, { policy: policy({ replacements }) });
  const checked = checkPlan(plan, [], { now: 0n });
  expect(checked.items.map(({ name, kind, why }) => `${name}: ${kind}: ${why}`)).toEqual([
    'a: blocked: executor_config.body: was JSON, and is none after --replace',
    'b: blocked: parent a is blocked',
    'c: new: ',
  ]);
});

it('copies that run beside what they are copies of are warned of, and names that are there are said', () => {
  const here = [
    aJob({ name: 'on' }),
    aJob({ name: 'off', disabled: true }),
    aJob({ name: 'try-met', retries: 1, disabled: true }),
  ];
  const source = {
    jobs: ['on', 'off', 'gone', 'met'].map((name) => aJob({ name })),
    barred: [],
  };
  const told = (fields: Partial<Policy>) => {
    const plan = planAgainst(live(here), source, { policy: policy(fields) });
    const { items } = checkPlan(plan, here, { now: moment('2026-11-26T10:00:00Z') });
    return items
      .filter(({ kind }) => kind !== 'only-here')
      .map(({ name, why, findings }) => [name, why, ...findings.map(({ rule }) => rule)]);
  };
  expect(told({ prefix: 'try-' })).toEqual([
    ['try-on', '', 'runs-beside'],
    ['try-off', ''],
    ['try-gone', ''],
    ['try-met', 'a job of this name is there already: disabled, retries'],
  ]);
  expect(told({ prefix: 'try-', disabled: true })[0]).toEqual(['try-on', '']);
  expect(told({}).flatMap(([, ...rest]) => rest)).not.toContain('runs-beside');
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Live } from '../../src/dkron/live.ts';
import type { Job } from '../../src/job/job.ts';
import { planRestore, withoutRest } from '../../src/plan/compare.ts';
import { planDeletions, withDeletions } from '../../src/plan/deletions.ts';
import { planDisabled, planEdits } from '../../src/plan/edits.ts';
import type { RestorePlan } from '../../src/plan/model.ts';
import { planOver, renewPlan } from '../../src/plan/renew.ts';
import { aJob } from '../support/jobs.ts';
import { anyPlan } from './text/plans.ts';

const liveOf = (...jobs: Job[]): Live => ({ jobs, unreadable: [] });
const names = ({ items }: RestorePlan): Set<string> => new Set(items.map(({ name }) => name));
const renewed = (plan: RestorePlan, live: Live, chosen = names(plan)) =>
  renewPlan(plan, chosen, live).items.map(({ name, kind, why }) => [name, kind, why]);

const base = aJob({ name: 'a', retries: 1 });
const wanted = aJob({ name: 'a', retries: 2 });
const plan = planEdits([wanted], liveOf(base));

test('what nobody changed is done as it was planned', () => {
  const counted = aJob({ ...base, success_count: 7 });
  expect(renewed(plan, liveOf(counted))).toEqual([['a', 'change', 'retries 1 → 2']]);
});

test('what somebody changed since is refused, with the three of it', () => {
  const now = aJob({ ...base, owner: 'ops' });
  const [item] = renewPlan(plan, names(plan), liveOf(now)).items;
  expect(item).toMatchObject({
    kind: 'blocked',
    why: 'somebody changed it since this was planned: owner none → ops',
    job: wanted,
    seen: now,
    moved: { kind: 'change', base },
  });
});

test('what somebody deleted or created since is refused', () => {
  expect(renewed(plan, liveOf())).toEqual([
    ['a', 'blocked', 'somebody deleted it since this was planned'],
  ]);
  expect(renewed(planEdits([wanted], liveOf()), liveOf(base))).toEqual([
    ['a', 'blocked', 'somebody created it since this was planned'],
  ]);
});

test('what is as it is to be already is the same, whoever did it', () => {
  expect(renewed(plan, liveOf(wanted))).toEqual([['a', 'same', '']]);
  expect(renewed(planDeletions(['a'], liveOf(base)), liveOf())).toEqual([
    ['a', 'same', 'already deleted'],
  ]);
});

test('a deletion of what somebody changed since is refused', () => {
  const deletion = planDeletions(['a'], liveOf(base));
  expect(renewed(deletion, liveOf(wanted))).toEqual([
    ['a', 'blocked', 'somebody changed it since this was planned: retries 1 → 2'],
  ]);
  expect(renewed(deletion, liveOf(aJob({ ...base, error_count: 3 })))).toEqual([
    ['a', 'delete', 'its runs are lost'],
  ]);
});

test('a job below one that cannot be written first is blocked, and one beside it goes on', () => {
  const family = planEdits(
    [aJob({ name: 'p', owner: 'x' }), aJob({ name: 'c', parent_job: 'p' }), aJob({ name: 'z' })],
    liveOf(aJob({ name: 'p' })),
  );
  expect(new Set(renewed(family, liveOf()))).toEqual(
    new Set([
      ['z', 'new', ''],
      ['p', 'blocked', 'somebody deleted it since this was planned'],
      ['c', 'blocked', 'parent p is blocked'],
    ]),
  );
});

test('a job whose new parent is left out is blocked', () => {
  const family = planEdits([aJob({ name: 'p' }), aJob({ name: 'c', parent_job: 'p' })], liveOf());
  expect(renewed(family, liveOf(), new Set(['c']))).toEqual([
    ['c', 'blocked', 'parent p is not in the plan and not on the server'],
  ]);
});

test('a change of one thing leaves alone what somebody else changed', () => {
  const disabling = planDisabled([base], true, liveOf(base));
  const now = aJob({ ...base, owner: 'ops' });
  const [item] = renewPlan(disabling, names(disabling), liveOf(now)).items;
  expect(item).toMatchObject({ kind: 'change', why: 'disabled false → true', seen: now });
  expect(item?.job).toMatchObject({ owner: 'ops', disabled: true });
});

test('planned over what is there now it is a plan again', () => {
  const two = withDeletions(plan, ['b'], [base, aJob({ name: 'b' })]);
  const now = liveOf(aJob({ ...base, owner: 'ops' }), aJob({ name: 'b', owner: 'ops' }));
  const refused = renewPlan(two, names(two), now).items;
  expect(refused.map(({ kind }) => kind)).toEqual(['blocked', 'blocked']);
  const again = planOver(two, refused, now);
  expect(again.items.map(({ name, kind, moved }) => [name, kind, moved])).toEqual([
    ['a', 'change', undefined],
    ['b', 'delete', undefined],
  ]);
  expect(again.items.map(({ seen }) => seen)).toEqual(now.jobs);
});

test('against the same server every plan is what it was', () => {
  fc.assert(
    fc.property(anyPlan, (plan) => {
      const jobs = plan.items.flatMap(({ seen }) => seen ?? []);
      const live = { jobs, unreadable: plan.unreadable ?? [] };
      const writable = plan.items.filter(({ kind }) => ['new', 'change', 'delete'].includes(kind));
      const chosen = new Set(writable.map(({ name }) => name));
      const again = renewPlan(plan, chosen, live);
      expect(again.items.filter(({ moved }) => moved !== undefined)).toEqual([]);
      for (const { name, kind, job, seen } of again.items.filter(({ kind }) => kind !== 'blocked'))
        expect(plan.items).toContainEqual(expect.objectContaining({ name, kind, job, seen }));
    }),
  );
});

test('planned at once, a restore is what it would be without a plan between', () => {
  const live = liveOf(base, aJob({ name: 'rest' }));
  const restore = planRestore([wanted, aJob({ name: 'n' })], live.jobs);
  expect(
    renewPlan(restore, names(restore), live).items.map(({ name, kind }) => [name, kind]),
  ).toEqual(withoutRest(restore).items.map(({ name, kind }) => [name, kind]));
});

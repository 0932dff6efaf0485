import { expect, it } from 'vitest';
import { foldKey, planKeys } from '../../../src/console/state/plan-rows.ts';
import type { CheckedItem, CheckedPlan, RestoreKind } from '../../../src/plan/model.ts';
import { aJob } from '../../support/jobs.ts';

const plan = (...kinds: readonly RestoreKind[]): CheckedPlan => ({
  items: kinds.map(
    (kind, at): CheckedItem => ({
      name: `${kind}-${at}`,
      kind,
      why: '',
      changes: [],
      job: aJob({ name: `${kind}-${at}` }),
      seen: null,
      children: [],
      findings: [],
    }),
  ),
});
const keys = (of: CheckedPlan | null, filter = '', open?: boolean) =>
  planKeys(of, filter, open).keys;

it('stand in the order of the plan, what is only on the server and what is the same below', () => {
  const mixed = plan('same', 'only-here', 'new', 'blocked', 'change', 'delete');
  expect(keys(mixed)).toEqual([
    'new-2',
    'blocked-3',
    'change-4',
    'delete-5',
    'only-here-1',
    'same-0',
  ]);
  expect(keys(null)).toEqual([]);
});

it('fold what is the same from two on', () => {
  const two = plan('same', 'new', 'same');
  expect(keys(two)).toEqual(['new-1', foldKey]);
  expect(keys(two, '', true)).toEqual(['new-1', foldKey, 'same-0', 'same-2']);
  expect([planKeys(two, '', false).same, planKeys(two, '', true).same]).toEqual([2, 2]);
  expect(planKeys(two, '', true).rows.map((item) => item?.kind ?? null)).toEqual([
    'new',
    null,
    'same',
    'same',
  ]);
  expect(planKeys(plan('same', 'new'), '', false)).toMatchObject({ same: 0 });
});

it('show what a filter names, by the name of a job or by its kind', () => {
  const some = plan('same', 'new', 'same', 'change');
  expect(keys(some, 'plan:same')).toEqual(['same-0', 'same-2']);
  expect(keys(some, 'NEW-1')).toEqual(['new-1']);
  expect(keys(some, 'chang')).toEqual(['change-3']);
  expect(keys(some, 'ame')).toEqual(['same-0', 'same-2']);
  expect(planKeys(some, 'same', false).same).toBe(0);
});

it('know their longest name in cells', () => {
  const [item] = plan('new').items;
  const wide = {
    items: [
      { ...item!, name: '日本語日' },
      { ...item!, name: 'abcde' },
    ],
  };
  expect(planKeys(wide, '', false).longestName).toBe(8);
  expect(planKeys(null, '', false).longestName).toBe(0);
});

import { describe, expect, it } from 'vitest';
import { foldKey, planKeys } from '../../../src/console/state/plan-rows.ts';
import type { FoldedKind, PlanColumn } from '../../../src/console/state/screen.ts';
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
const rowsOf = (plan: CheckedPlan | null, filter = '', ...open: FoldedKind[]) =>
  planKeys({ plan, filter, open: new Set(open) });
const same = foldKey('same');
const keys = (...of: Parameters<typeof rowsOf>) => rowsOf(...of).keys;

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
  expect(keys(two)).toEqual(['new-1', same]);
  expect(keys(two, '', 'same')).toEqual(['new-1', same, 'same-0', 'same-2']);
  for (const rows of [rowsOf(two), rowsOf(two, '', 'same')])
    expect([...rows.folds]).toEqual([[same, { kind: 'same', count: 2 }]]);
  expect(rowsOf(two, '', 'same').rows.map((item) => item?.kind ?? null)).toEqual([
    'new',
    null,
    'same',
    'same',
  ]);
  expect(rowsOf(plan('same', 'new')).folds.size).toBe(0);
});

it('fold what is only on the server likewise, and each by itself', () => {
  const both = plan('same', 'only-here', 'new', 'only-here', 'same');
  const here = foldKey('only-here');
  expect(keys(both)).toEqual(['new-2', here, same]);
  expect(keys(both, '', 'only-here')).toEqual(['new-2', here, 'only-here-1', 'only-here-3', same]);
  expect(keys(both, '', 'same')).toEqual(['new-2', here, same, 'same-0', 'same-4']);
  expect(keys(both, 'plan:only-here')).toEqual(['only-here-1', 'only-here-3']);
});

it('show what a filter names, by the name of a job or by its kind', () => {
  const some = plan('same', 'new', 'same', 'change');
  expect(keys(some, 'plan:same')).toEqual(['same-0', 'same-2']);
  expect(keys(some, 'NEW-1')).toEqual(['new-1']);
  expect(keys(some, 'chang')).toEqual(['change-3']);
  expect(keys(some, 'ame')).toEqual(['same-0', 'same-2']);
  expect(rowsOf(some, 'same').folds.size).toBe(0);
});

it('know their longest name in cells', () => {
  const [item] = plan('new').items;
  const wide = {
    items: [
      { ...item!, name: '日本語日' },
      { ...item!, name: 'abcde' },
    ],
  };
  expect(rowsOf(wide).longestName).toBe(8);
  expect(rowsOf(null).longestName).toBe(0);
});

describe('families', () => {
  const of = (name: string, kind: RestoreKind, parent = ''): CheckedItem => ({
    ...plan(kind).items[0]!,
    name,
    job: aJob({ name, parent_job: parent }),
  });
  const items = [
    of('z', 'change'),
    of('b', 'delete', 'a'),
    of('a', 'delete'),
    of('child', 'new', 'z'),
    of('below', 'new', 'child'),
    of('apart', 'only-here', 'z'),
  ];
  const tree = (view: Partial<Parameters<typeof planKeys>[0]> = {}) => {
    const { keys, depth } = planKeys({ plan: { items }, ...view });
    return Array.from(keys, (key) => '.'.repeat(depth.get(key) ?? 0) + key);
  };

  it('stand together, whatever is written first', () => {
    expect(tree()).toEqual(['z', '.child', '..below', 'a', '.b', 'apart']);
    expect(planKeys({ plan: { items } }).longestName).toBe('    below'.length);
  });

  it('are ordered by name, and are none in any other order or where some are hidden', () => {
    const by = (column: PlanColumn, descending = false) => ({ sort: { column, descending } });
    expect(tree(by('job'))).toEqual(['a', '.b', 'z', '.child', '..below', 'apart']);
    expect(tree(by('job', true))).toEqual(['z', 'child', 'below', 'b', 'a', 'apart']);
    expect(tree(by('plan'))).toEqual(['z', 'child', 'below', 'b', 'a', 'apart']);
    expect(tree(by('order', true))).toEqual(['below', 'child', 'a', 'b', 'z', 'apart']);
    expect(tree({ filter: '!plan:delete' })).toEqual(['z', 'child', 'below', 'apart']);
  });

  it('stay with what is written where parents form a circle', () => {
    const circle = [of('one', 'blocked', 'two'), of('two', 'blocked', 'one'), of('free', 'new')];
    expect(planKeys({ plan: { items: circle } }).keys).toEqual(['free', 'one', 'two']);
  });
});

it('are sorted by why, each part of them by itself', () => {
  const items = plan('new', 'change', 'only-here', 'same').items.map((item, at) => ({
    ...item,
    why: ['B', 'a', 'A', ''][at]!,
  }));
  const sort = { column: 'why', descending: false } as const;
  expect(planKeys({ plan: { items }, sort }).keys).toEqual([
    'change-1',
    'new-0',
    'only-here-2',
    'same-3',
  ]);
});

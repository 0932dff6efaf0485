import { expect, test } from 'vitest';
import type { Job } from '../../src/job/job.ts';
import { planRestore, withoutRest, writable } from '../../src/plan/compare.ts';
import { plainPolicy } from '../../src/plan/policy/policy.ts';
import { aJob } from '../support/jobs.ts';

const child = (name: string, parent_job: string, fields: Partial<Job> = {}): Job =>
  aJob({ name, parent_job, ...fields });
const root = (name: string, fields: Partial<Job> = {}): Job => child(name, '', fields);

const summary = (snapshot: Job[], live: Job[]): string[] =>
  planRestore(snapshot, live).items.map(({ name, kind, why }) =>
    [name, kind, why].filter(Boolean).join(': '),
  );

test('every job of either side is in the plan once', () => {
  const snapshot = [
    root('changed', { retries: 3 }),
    root('new'),
    root('same', { success_count: 7, status: 'success', next: '2031-01-01T00:00:00Z' }),
  ];
  const live = [root('changed', { retries: 2 }), root('only-here'), root('same')];
  expect(summary(snapshot, live)).toEqual([
    'changed: change: retries 2 → 3',
    'new: new',
    'same: same',
    'only-here: only-here: stays as it is',
  ]);
});

test('an item carries both definitions, what differs, and the children that wait for it', () => {
  const wanted = root('parent', { schedule: '@daily' });
  const seen = root('parent', { dependent_jobs: ['kept'] });
  const plan = planRestore(
    [wanted, root('lost')],
    [seen, child('kept', 'parent'), child('orphan', 'lost')],
  );
  const [parent, lost] = plan.items;
  expect(parent).toMatchObject({ job: wanted, seen, children: ['kept'] });
  expect(parent?.changes).toEqual([
    { keys: ['schedule'], path: 'schedule', before: '0 */5 * * * *', after: '@daily' },
  ]);
  expect(lost).toMatchObject({ kind: 'new', seen: null, changes: [], children: ['orphan'] });
});

test('changes are told by their fields', () => {
  const live = root('a', { executor_config: { body: '1', url: 'u', timeout: '1' } });
  const cases: [Partial<Job>, string][] = [
    [{ executor_config: { body: '2', url: 'u', timeout: '1' } }, 'body'],
    [{ executor_config: {}, schedule: '@daily' }, 'schedule, body, url and 1 more'],
    [{ timezone: 'Europe/Paris' }, 'timezone none → Europe/Paris'],
    [{ displayname: 'x'.repeat(50) }, 'displayname'],
  ];
  for (const [fields, why] of cases)
    expect(planRestore([{ ...live, ...fields }], [live]).items[0]).toMatchObject({
      kind: 'change',
      why,
    });
});

test('parents come before their children, whatever the order of the file', () => {
  const snapshot = [child('a', 'b'), child('b', 'c'), root('c'), root('d')];
  expect(summary(snapshot, [])).toEqual(['c: new', 'b: new: after c', 'a: new: after b', 'd: new']);
});

test('a job without a parent anywhere is blocked, and so are those below it', () => {
  expect(summary([child('a', 'gone'), child('b', 'a')], [])).toEqual([
    'a: blocked: parent gone is not in the plan and not on the server',
    'b: blocked: parent a is blocked',
  ]);
  expect(summary([child('a', 'gone')], [root('gone')])[0]).toBe('a: new');
});

test('a circle is blocked unless one of it is on the server', () => {
  const circle = [child('a', 'b'), child('b', 'a'), child('c', 'a')];
  expect(summary(circle, [])).toEqual([
    'a: blocked: its parents form a circle',
    'b: blocked: parent a is blocked',
    'c: blocked: parent a is blocked',
  ]);
  expect(summary(circle, [root('a')])).toEqual([
    'a: change: parent_job none → b',
    'b: new',
    'c: new',
  ]);
  expect(summary([child('a', 'a')], [])).toEqual(['a: blocked: it is its own parent']);
});

test('below a circle that has one of it on the server jobs can be written after the others', () => {
  const circle = [child('a', 'b'), child('b', 'a'), child('d', 'b'), child('e', 'd')];
  expect(summary(circle, [root('a')]).slice(-2)).toEqual(['d: new: after b', 'e: new: after d']);
});

test('names that Dkron refuses are blocked', () => {
  expect(summary([root('Nightly Job')], [])[0]).toContain(
    'Nightly Job: blocked: Dkron allows no "N"',
  );
  expect(summary([root('été_1-x')], [])).toEqual(['été_1-x: new']);
});

test('what a restore can write, and that a policy leaves what is there', () => {
  const plan = planRestore(
    [root('a', { retries: 1 }), root('b'), root('c')],
    [root('a'), root('c')],
  );
  expect(writable(plan)).toEqual(['a', 'b']);
  const skipping = { ...plan, policy: { ...plainPolicy, existing: 'skip' as const } };
  expect(writable(skipping)).toEqual(['b']);
});

test('what a file has in the place of a job, and what cannot be read on the server, is blocked', () => {
  const places = [{ file: 'f', line: 1, column: 1 }];
  const barred = [
    { name: 'cut', why: 'it is cut off', places },
    { name: 'here', why: 'it is cut off', places },
  ];
  const unreadable = [{ name: 'odd', why: 'retries must be a number' }];
  const snapshot = [root('odd'), child('below-odd', 'odd'), child('below-cut', 'cut')];
  const plan = planRestore(snapshot, [root('here')], { barred, unreadable });
  expect(plan.items.map(({ name, kind, why }) => `${name}: ${kind}: ${why}`)).toEqual([
    'below-odd: new: ',
    'below-cut: blocked: parent cut is blocked',
    'cut: blocked: it is cut off',
    'here: blocked: it is cut off',
    'odd: blocked: retries must be a number',
  ]);
  const item = (name: string) => plan.items.find((one) => one.name === name);
  expect(item('cut')).toMatchObject({ seen: null, changes: [], children: [], places });
  expect(item('here')?.seen).toMatchObject({ name: 'here' });
  expect(item('odd')?.places).toEqual([]);
  expect([plan.listed, plan.unreadable]).toEqual([1, unreadable]);
  expect(planRestore([], []).unreadable).toEqual([]);
});

test('a single change is told with its values where they are short', () => {
  const of = (before: Partial<Job>, after: Partial<Job>) =>
    planRestore([root('a', after)], [root('a', before)]).items[0]?.why;
  const long = 'x'.repeat(40 - 'owner none → '.length);
  expect(of({}, { owner: long })).toBe(`owner none → ${long}`);
  expect(of({}, { owner: `${long}x` })).toBe('owner');
  expect(of({ owner: 'me' }, {})).toBe('owner me → none');
  expect(of({ owner: 'me' }, { retries: 1 })).toBe('retries, owner');
  expect(of({ metadata: { token: 'abc' } }, { metadata: { token: 'xyz' } })).toBe(
    'metadata.token •••• → •••• (changed)',
  );
  expect(of({ executor_config: { command: 'a' } }, { executor_config: { command: 'b' } })).toBe(
    'command',
  );
});

test('a restore can also delete', () => {
  const kinds = ['new', 'change', 'delete', 'same', 'blocked', 'only-here'] as const;
  const items = kinds.map((kind) => ({
    name: kind,
    kind,
    why: '',
    changes: [],
    job: root(kind),
    seen: null,
    children: [],
  }));
  expect(writable({ items })).toEqual(['new', 'change', 'delete']);
  expect(withoutRest({ items, first: 'new' })).toEqual({ items: items.slice(0, 5), first: 'new' });
});

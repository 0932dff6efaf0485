import { expect, test } from 'vitest';
import type { Job } from '../../src/job/job.ts';
import { planRestore, withAncestors, writable } from '../../src/plan/compare.ts';
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
    'only-here: only-here: not in the snapshot; stays as it is',
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

test('names that Dkron refuses are blocked', () => {
  expect(summary([root('Nightly Job')], [])[0]).toContain(
    'Nightly Job: blocked: Dkron allows no "N"',
  );
  expect(summary([root('été_1-x')], [])).toEqual(['été_1-x: new']);
});

test('what a restore can write, with and without what is there', () => {
  const plan = planRestore(
    [root('a', { retries: 1 }), root('b'), root('c')],
    [root('a'), root('c')],
  );
  expect(writable(plan)).toEqual(['a', 'b']);
  expect(writable(plan, true)).toEqual(['b']);
});

test('new parents come along with the jobs that need them', () => {
  const plan = planRestore([child('a', 'b'), child('b', 'c'), root('c'), root('d')], []);
  expect([...withAncestors(plan, ['a'])].sort()).toEqual(['a', 'b', 'c']);
  const there = planRestore([child('a', 'b'), child('b', 'c'), root('c')], [root('b')]);
  expect([...withAncestors(there, ['a'])]).toEqual(['a']);
});

import { expect, test } from 'vitest';
import type { Job } from '../../src/job/job.ts';
import { findingText } from '../../src/job/lint/finding.ts';
import { checkPlan } from '../../src/plan/check.ts';
import { planRestore } from '../../src/plan/compare.ts';
import type { RestoreItem, RestorePlan } from '../../src/plan/model.ts';
import { moment } from '../schedule/moment.ts';
import { aJob } from '../support/jobs.ts';

const now = moment('2026-11-26T10:00:00Z');

function check(wanted: Job[], live: Job[], version = '4.1.2') {
  const around = { version, now };
  const { items } = checkPlan(planRestore(wanted, live), live, around);
  return {
    items: items.map(({ name, kind, why }) => `${name}: ${kind} ${why}`.trimEnd()),
    warnings: items.flatMap(({ name, findings }) =>
      findings.map((each) => `${name}: ${findingText(each)}`),
    ),
  };
}

test('what Dkron would refuse is blocked before anything is sent', () => {
  const bad = aJob({ name: 'bad', schedule: '0 0 25 * * *' });
  expect(check([bad, aJob({ name: 'good' })], []).items).toEqual([
    "bad: blocked schedule: can't parse job schedule: end of range (25) above maximum (23): 25",
    'good: new',
  ]);
});

test('what is wrong already is no reason to refuse another change', () => {
  const seen = aJob({ name: 'odd', executor_config: { command: 'a | b', stray: '' } });
  expect(check([{ ...seen, retries: 1 }], [seen])).toEqual({
    items: ['odd: change retries 0 → 1'],
    warnings: [],
  });
});

test('what Dkron takes though it cannot be meant is a warning', () => {
  const job = aJob({ name: 'job', schedule: '@manually', executor_config: { command: 'a | b' } });
  expect(check([job], []).warnings).toEqual([
    'job: executor_config.command: without shell: true Dkron runs only the part before the |',
  ]);
  expect(
    check(
      [aJob({ ...job, executor_config: { command: 'a' }, starts_at: '2031-01-01T00:00:00Z' })],
      [],
      '4.0.8',
    ).warnings,
  ).toHaveLength(1);
});

test('a circle of parents is blocked, also one that jobs of the plan close together', () => {
  const a = aJob({ name: 'a' });
  const b = aJob({ name: 'b', parent_job: 'a' });
  const circle = 'its parents would form a circle';
  expect(check([{ ...a, parent_job: 'b' }], [a, b]).items[0]).toContain(
    `a: blocked parent_job: ${circle}`,
  );
  const apart = { ...b, parent_job: '' };
  const both = check(
    [
      { ...a, parent_job: 'b' },
      { ...apart, parent_job: 'a' },
    ],
    [a, apart],
  );
  expect(both.items.every((item) => item.includes(circle))).toBe(true);
  const turned = check([{ ...a, parent_job: 'b' }, apart], [a, b]);
  expect(turned.items.map((item) => item.split(' ')[1])).toEqual(['change', 'change']);
});

test('what is not written is not looked at', () => {
  const broken = aJob({ name: 'broken', schedule: 'nonsense' });
  expect(check([broken], [broken, { ...broken, name: 'other' }]).items).toEqual([
    'broken: same',
    'other: only-here stays as it is',
  ]);
});

test('what is wrong already is told of what comes as a whole, and blocks nothing', () => {
  const seen = aJob({ name: 'odd', schedule: '@manually', timezone: 'Mars' });
  const plan = planRestore([{ ...seen, retries: 1 }], [seen]);
  const [item] = checkPlan(plan, [seen], { now, all: true }).items;
  expect(item).toMatchObject({ kind: 'change', findings: [{ rule: 'zone' }] });
});

test('what is wrong already is told of a job that begins to run', () => {
  const seen = aJob({ name: 'late', schedule: '@at 2020-01-01T00:00:00Z', disabled: true });
  const told = (job: Job) => checkPlan(planRestore([job], [seen]), [seen], { now }).items[0];
  expect(told({ ...seen, retries: 1 })).toMatchObject({ kind: 'change', findings: [] });
  expect(told({ ...seen, disabled: false })).toMatchObject({
    kind: 'change',
    findings: [{ rule: 'past' }],
  });
});

test('new jobs below a job that is blocked are blocked with it', () => {
  const bad = aJob({ name: 'bad', schedule: 'nonsense' });
  const child = aJob({ name: 'child', schedule: '', parent_job: 'bad' });
  expect(check([child, bad], []).items.at(-1)).toBe('child: blocked parent bad is blocked');
  const there = { ...bad, schedule: '@manually' };
  expect(check([child, bad], [there]).items.at(-1)).toBe('child: new');
});

test('a parent that cannot be read on the server is there all the same', () => {
  const child = aJob({ name: 'child', schedule: '@parent', parent_job: 'odd' });
  const unreadable = [{ name: 'odd', why: 'retries must be a number' }];
  const told = (plan: RestorePlan) => checkPlan(plan, [], { now }).items[0]?.findings;
  const plan = planRestore([child], [], { unreadable });
  const without = { ...plan, unreadable: [] };
  expect(told(plan)).toEqual(told({ ...without, items: [...plan.items, item('odd')] }));
  expect(told(without)).not.toEqual(told(plan));
});

const item = (name: string, fields: Partial<RestoreItem> = {}): RestoreItem => ({
  name,
  kind: 'new',
  why: '',
  changes: [],
  job: aJob({ name }),
  seen: null,
  children: [],
  ...fields,
});

test('below what is no job nothing new can be written, unless the server has it', () => {
  const barred = { kind: 'blocked', why: 'it is cut off', places: [] } as const;
  const child = item('child', { job: aJob({ name: 'child', schedule: '', parent_job: 'cut' }) });
  const kinds = (cut: RestoreItem) =>
    checkPlan({ items: [cut, child] }, [], { now }).items.map(({ kind, why }) => `${kind} ${why}`);
  expect(kinds(item('cut', barred))).toEqual([
    'blocked it is cut off',
    'blocked parent cut is blocked',
  ]);
  expect(kinds(item('cut', { ...barred, seen: aJob({ name: 'cut' }) }))).toEqual([
    'blocked it is cut off',
    'new ',
  ]);
});

test('what is blocked already stays so, with what the checks find besides', () => {
  const bad = aJob({ name: 'bad', schedule: 'nonsense' });
  const blocked = { kind: 'blocked', why: 'its parents form a circle' } as const;
  const of = (one: RestoreItem) => checkPlan({ items: [one] }, [], { now }).items[0];
  expect(of(item('fine', blocked))).toMatchObject({ ...blocked, findings: [] });
  expect(of(item('bad', { ...blocked, job: bad }))?.why).toMatch(/^schedule: /);
  expect(of(item('gone', { kind: 'delete', job: bad }))).toMatchObject({
    kind: 'delete',
    findings: [],
  });
});

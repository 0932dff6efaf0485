import { describe, expect, it } from 'vitest';
import {
  ancestryOf,
  blocked,
  liveOf,
  openPlan,
  pushPlan,
  subjects,
} from '../../../src/console/state/changes.ts';
import type { PlanScreen, State } from '../../../src/console/state/model.ts';
import { topScreen } from '../../../src/console/state/stack.ts';
import { error, warning } from '../../../src/job/lint/finding.ts';
import { JobTable } from '../../../src/job/table.ts';
import type { CheckedItem, RestoreItem, RestoreKind } from '../../../src/plan/model.ts';
import { aJob } from '../../support/jobs.ts';
import { press, refreshed, showing, started, told } from '../states.ts';

const names = (jobs: readonly { readonly name: string }[]) => jobs.map(({ name }) => name);

describe('what an action is about', () => {
  const state = showing(['a', 'b', 'c'].map((name) => ({ name })));

  it('is the job under the cursor, or those that are marked', () => {
    expect(names(subjects(state))).toEqual(['a']);
    expect(names(subjects(press(state, 'space', 'space', 'j')))).toEqual(['a', 'b']);
    expect(subjects(showing([]))).toEqual([]);
  });

  it('is the job that is open, whatever is marked in the list', () => {
    expect(names(subjects(press(state, 'space', 'space', 'enter')))).toEqual(['c']);
  });

  it('is no job that is marked and gone', () => {
    const marked = press(state, 'space', 'space');
    const gone: State = { ...marked, jobs: { ...marked.jobs, byName: JobTable.empty } };
    expect(subjects(gone)).toEqual([]);
  });
});

describe('the jobs above one', () => {
  const line = [
    { name: 'top' },
    { name: 'middle', parent_job: 'top' },
    { name: 'low', parent_job: 'middle' },
    { name: 'other' },
    { name: 'self', parent_job: 'self' },
    { name: 'orphan', parent_job: 'nowhere' },
  ];
  const state = told(started(), refreshed(line, { unreadable: [{ name: 'broken', why: 'why' }] }));
  const of = (name: string) => ancestryOf(state, state.jobs.byName.get(name)!.job);

  it.each([
    ['low', ['low', 'middle', 'top']],
    ['top', ['top']],
    ['self', ['self']],
    ['orphan', ['orphan']],
  ])('of %s are known with it: %j', (name, known) => {
    expect(names(of(name).jobs)).toEqual(known);
  });

  it('say how many there are besides, and what cannot be read', () => {
    expect(of('low')).toMatchObject({ listed: 6, unreadable: [{ name: 'broken' }] });
    expect(names(liveOf(state).jobs)).toEqual(names(line));
    expect(liveOf(state).unreadable).toHaveLength(1);
  });
});

const item = (name: string, kind: RestoreKind, fields: Partial<CheckedItem> = {}): RestoreItem => ({
  name,
  kind,
  why: '',
  changes: [],
  job: aJob({ name }),
  seen: null,
  children: [],
  ...fields,
});
const plan = (state: State): PlanScreen => {
  const screen = topScreen(state);
  if (screen.kind !== 'plan') throw new Error(`on top is ${screen.kind}`);
  return screen;
};

describe('a plan that is opened', () => {
  const opened = (together: boolean, ...items: RestoreItem[]): PlanScreen =>
    plan(openPlan(showing([]), { id: 'x', title: 'A plan', plan: { items }, together }));

  it('has all marked that can be written', () => {
    const { marks, plan } = opened(
      false,
      item('a', 'new'),
      item('b', 'blocked'),
      item('c', 'same'),
    );
    expect([...marks]).toEqual(['a']);
    expect(plan?.items.every(({ findings }) => Array.isArray(findings))).toBe(true);
  });

  it('has nothing marked where the jobs belong together and one is blocked', () => {
    expect([...opened(true, item('a', 'new'), item('b', 'blocked')).marks]).toEqual([]);
    expect([...opened(true, item('a', 'new'), item('b', 'new')).marks]).toEqual(['a', 'b']);
  });

  it('stands on its first row, or on none while it is compared', () => {
    const items = [item('same', 'same'), item('first', 'new')];
    expect(opened(false, ...items).cursor.key).toBe('first');
    expect(opened(false).cursor.key).toBeNull();
    const waiting = pushPlan(showing([]), { id: 'x', title: 'A plan', plan: null });
    expect(plan(waiting)).toMatchObject({ cursor: { key: null }, draft: null, marks: new Set() });
  });
});

describe('a job that cannot be written', () => {
  const said = (fields: Partial<CheckedItem>) =>
    blocked(showing([]), { ...item('a', 'blocked', fields), findings: [], ...fields }).flash;

  it('is told with its reason, and with what else is wrong with it, once', () => {
    const [schedule, owner] = [
      error('schedule', 'schedule', 'is none'),
      warning('name', 'owner', 'x'),
    ];
    expect(said({ why: 'no' })).toEqual({ level: 'error', text: 'a: no' });
    expect(said({ why: 'schedule: is none', findings: [schedule, owner] })?.text).toBe(
      'a: schedule: is none · owner: x',
    );
  });
});

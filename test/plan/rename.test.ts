import { expect, test } from 'vitest';
import { planRename } from '../../src/plan/rename.ts';
import { aJob } from '../support/jobs.ts';

const old = aJob({ name: 'old', retries: 3, dependent_jobs: ['child'], success_count: 7 });
const child = aJob({ name: 'child', parent_job: 'old', schedule: '' });
const other = aJob({ name: 'other' });
const live = { jobs: [child, old, other], unreadable: [] };

const summary = (deleteOld: boolean): string[] =>
  planRename(old, 'new', live, { deleteOld }).items.map(
    ({ name, kind, why }) => `${name}: ${kind}${why === '' ? '' : `: ${why}`}`,
  );

test('the old job stays, disabled, and its children follow the new one', () => {
  expect(summary(false)).toEqual([
    'new: new',
    'child: change: parent_job old → new',
    'old: change: disabled false → true',
  ]);
});

test('the old job goes last when it is to go', () => {
  expect(summary(true)).toEqual([
    'new: new',
    'child: change: parent_job old → new',
    'old: delete: its runs are lost',
  ]);
});

test('the new job is defined as the old one', () => {
  const [item] = planRename(old, 'new', live, { deleteOld: false }).items;
  expect(item?.job).toEqual({ ...old, name: 'new' });
});

test('a name that Dkron does not allow blocks the job and what would follow it', () => {
  const { items } = planRename(old, 'New', live, { deleteOld: false });
  expect(items.map(({ name, kind }) => [name, kind])).toEqual([
    ['New', 'blocked'],
    ['child', 'blocked'],
    ['old', 'change'],
  ]);
});

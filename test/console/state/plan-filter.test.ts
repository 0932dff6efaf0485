import { expect, it } from 'vitest';
import { planFilter } from '../../../src/console/state/plan-filter.ts';
import { filterKeys } from '../../../src/job/filter.ts';
import { filterBy, filterProblem } from '../../../src/job/filter-language.ts';
import type { Job } from '../../../src/job/job.ts';
import type { CheckedItem, RestoreKind, RestoreOutcome } from '../../../src/plan/model.ts';
import { aJob } from '../../support/jobs.ts';

const item = (kind: RestoreKind, job: Partial<Job>, seen?: Partial<Job>): CheckedItem => ({
  name: 'etl',
  kind,
  why: '',
  changes: [],
  job: aJob({ name: 'etl', ...job }),
  seen: seen ? aJob({ name: 'etl', ...seen }) : null,
  children: [],
  findings: [],
});
const holds = (words: string, one: CheckedItem, outcome?: RestoreOutcome): boolean =>
  filterBy(
    words,
    planFilter,
  )({ item: one, result: outcome && { name: 'etl', outcome, message: '' } });

it('finds a job by what it is and by what it would become', () => {
  const moved = item('change', { schedule: '@every 1h' }, { schedule: '0 0 4 * * *' });
  expect(holds('schedule:@every', moved)).toBe(true);
  expect(holds('schedule:"0 4"', moved)).toBe(true);
  expect(holds('!schedule:@every', moved)).toBe(false);
  expect(holds('schedule:@daily', moved)).toBe(false);
  expect(holds('owner:web plan:ch', item('change', { owner: 'web' }, { owner: 'ops' }))).toBe(true);
});

it('goes by the status that the job has on the server, and of a new one by its own', () => {
  const failed = { status: 'failed' };
  const fine = { status: 'success' };
  expect(holds('status:failed', item('change', fine, failed))).toBe(true);
  expect(holds('status:failed', item('change', failed, fine))).toBe(false);
  expect(holds('status:failed', item('new', failed))).toBe(true);
});

it.each(Object.keys(filterKeys))('knows %s: as the jobs do', (key) => {
  expect(filterProblem(`${key}:`, planFilter)).toBeNull();
});

it('takes words of the name, of the name it is shown by, and kinds', () => {
  expect(holds('ETL', item('same', {}))).toBe(true);
  expect(holds('nightly', item('same', { displayname: 'The Nightly One' }))).toBe(true);
  expect(holds('blo', item('blocked', {}))).toBe(true);
  expect(holds('plan:only', item('only-here', {}))).toBe(true);
  expect(holds('plan:only', item('blocked', {}))).toBe(false);
});

it.each<[RestoreOutcome, string]>([
  ['written', 'written'],
  ['same', 'same'],
  ['skipped', 'skipped'],
  ['refused', 'failed'],
  ['changed', 'failed'],
  ['unknown', 'unknown'],
])('finds what came of it: %s as result:%s', (outcome, word) => {
  const one = item('change', {});
  const found = ['written', 'same', 'skipped', 'failed', 'unknown'].filter((value) =>
    holds(`result:${value}`, one, outcome),
  );
  expect(found).toEqual([word]);
  expect(holds(`result:${word}`, one)).toBe(false);
});

import { expect, test } from 'vitest';
import { page, selectJobs } from '../../src/demo/list.ts';
import { utc } from '../../src/demo/time.ts';
import { executionOf, jobOf, storeWith } from './jobs.ts';

const names = (query: string) => {
  const store = storeWith(
    jobOf('a', { displayname: 'Zulu', success_count: 50n, last_success: utc(10n ** 18n) }),
    jobOf('b', { displayname: 'yankee', success_count: 9n, last_success: utc(9n * 10n ** 17n) }),
    jobOf('c', { success_count: -1n, metadata: new Map([['team', 'ops']]), status: 'failed' }),
  );
  store.setExecutionDone(
    executionOf({ job_name: 'b', success: true, finished_at: 9n * 10n ** 17n }),
  );
  return selectJobs(store, new URLSearchParams(query))?.map(({ name }) => name);
};

test.each([
  ['', ['a', 'b', 'c']],
  ['_sort=id&_order=DESC', ['c', 'b', 'a']],
  ['_order=desc', ['a', 'b', 'c']],
  ['_sort=displayname', ['c', 'b', 'a']],
  ['_sort=success_count', ['c', 'b', 'a']],
  ['_sort=status', undefined],
  ['_sort=toString', undefined],
  ['q=Z', ['a']],
  ['status=failed', ['c']],
  ['status=untriggered', ['a']],
  ['metadata[team]=ops', ['c']],
  ['metadata[team]=dev', []],
])('%j', (query, found) => {
  expect(names(query)).toEqual(found);
});

test('times are sorted by the text they are stored as, so the later second comes first', () => {
  // {"seconds":1000000000} stands before {"seconds":900000000}; a job without the time comes last.
  expect(names('_sort=last_success')).toEqual(['a', 'b', 'c']);
});

test('an index of executions gives a nameless row for each of them', () => {
  expect(names('_sort=started_at')).toEqual(['']);
});

test('without a name of an index, all that is stored is a row: executions, jobs, days', () => {
  expect(names('_sort=')).toEqual(['', 'a', 'b', 'c', '']);
});

test.each([
  ['', ['a', 'b', 'c']],
  ['_start=1', ['b', 'c']],
  ['_start=1&_end=2', ['b']],
  ['_end=99', ['a', 'b', 'c']],
  ['_start=x&_end=1', ['a']],
  ['_start=3', []],
  ['_start=4', undefined],
  ['_start=2&_end=1', undefined],
  ['_start=-1', undefined],
])('page %j', (query, rows) => {
  expect(page(['a', 'b', 'c'], new URLSearchParams(query))).toEqual(rows);
});

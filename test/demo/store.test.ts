import { describe, expect, test } from 'vitest';
import { utc } from '../../src/demo/time.ts';
import { executionOf, jobOf, storeWith } from './jobs.ts';

describe('a job that exists', () => {
  const old = {
    success_count: 7n,
    error_count: 4n,
    last_success: utc(50n),
    last_error: utc(60n),
    status: 'success',
    owner: 'me',
    dependent_jobs: ['child'],
  };
  const store = () => storeWith(jobOf('a', old));

  test.each([
    [
      'counters only rise',
      { success_count: 1n, error_count: 9n },
      { success_count: 7n, error_count: 9n },
    ],
    [
      'the later times stay',
      { last_success: utc(49n), last_error: utc(61n) },
      { last_success: utc(50n), last_error: utc(61n) },
    ],
    ['a status stays', { status: 'failed' }, { status: 'success' }],
    ['dependents stay', { dependent_jobs: ['other'] }, { dependent_jobs: ['child'] }],
    ['what is left out is emptied', {}, { owner: '' }],
    ['32 bits are kept', { success_count: 2n ** 32n + 8n }, { success_count: 8n }],
  ])('%s', (_rule, sent, kept) => {
    const changed = store();
    changed.setJob(jobOf('a', sent), true);
    expect(changed.job('a')).toMatchObject(kept);
  });

  test('next is computed when the schedule changes and never moves back otherwise', () => {
    const changed = store();
    const next = () => changed.job('a')?.next.at;
    expect(next()).toBe(7n);
    changed.setJob(jobOf('a', { next: utc(5n) }), true);
    expect(next()).toBe(7n);
    changed.setJob(jobOf('a', { next: utc(9n) }), true);
    expect(next()).toBe(9n);
    changed.setJob(jobOf('a', { schedule: '@hourly', next: utc(99n) }), true);
    expect(next()).toBe(7n);
  });
});

describe('families', () => {
  const child = (parent_job: string) => jobOf('child', { parent_job, schedule: '' });

  test('a child without a schedule is due in 1970', () => {
    expect(storeWith(jobOf('p'), child('p')).job('child')?.next).toEqual(utc(0n));
  });

  test('a parent must exist', () => {
    expect(() => storeWith(child('nobody'))).toThrow('specified parent job not found');
  });

  test('a child that moves leaves its old parent', () => {
    const store = storeWith(jobOf('p'), jobOf('q'), child('p'));
    expect(store.job('p')?.dependent_jobs).toEqual(['child']);
    store.setJob(child('q'), true);
    expect(store.job('p')?.dependent_jobs).toBeNull();
    expect(store.job('q')?.dependent_jobs).toEqual(['child']);
  });

  test('a parent that names its child already gets it twice', () => {
    const store = storeWith(jobOf('p', { dependent_jobs: ['child'] }), child('p'));
    expect(store.job('p')?.dependent_jobs).toEqual(['child', 'child']);
  });

  test('a job that others depend on stays; they can go', () => {
    const store = storeWith(jobOf('p'), child('p'));
    expect(store.deleteJob('p')).toBeUndefined();
    expect(store.deleteJob('child')?.name).toBe('child');
    expect(store.deleteJob('p')?.name).toBe('p');
    expect(store.jobs()).toEqual([]);
  });
});

describe('history', () => {
  test('the oldest executions beyond 100 go', () => {
    const store = storeWith(jobOf('a'));
    for (let at = 1n; at <= 103n; at++) store.setExecution(executionOf({ started_at: at }));
    const starts = store.executions('a').map(({ started_at }) => started_at);
    expect(starts).toHaveLength(100);
    expect(starts[0]).toBe(4n);
  });

  test.each([
    [[true, true], 'success'],
    [[false, false], 'failed'],
    [[false, true], 'partially_failed'],
  ])('attempts that ended %j make a job %s', (results, status) => {
    const store = storeWith(jobOf('a'));
    for (const [index, success] of results.entries())
      store.setExecutionDone(executionOf({ started_at: BigInt(index + 1), success }));
    expect(store.job('a')?.status).toBe(status);
  });

  test('an attempt that still runs counts as failed', () => {
    const store = storeWith(jobOf('a'));
    store.setExecution(executionOf({ started_at: 1n, success: false }));
    store.setExecutionDone(executionOf({ started_at: 2n }));
    expect(store.job('a')?.status).toBe('partially_failed');
  });

  test('a result for a deleted job is dropped', () => {
    expect(storeWith().setExecutionDone(executionOf({}))).toBe(false);
  });

  test.each(['delete the job', 'delete its executions'])(
    '%s, and jobs whose names begin alike lose their history too',
    (how) => {
      const store = storeWith(jobOf('etl'), jobOf('etl-2'), jobOf('other'));
      for (const job_name of ['etl', 'etl-2', 'other'])
        store.setExecutionDone(executionOf({ job_name }));
      if (how === 'delete the job') store.deleteJob('etl');
      else store.deleteExecutions('etl');
      expect(store.executions('etl-2')).toEqual([]);
      expect(store.executions('other')).toHaveLength(1);
      expect(store.job('etl-2')?.success_count).toBe(1n);
    },
  );

  test('runs are counted by the day on which they ended', () => {
    const store = storeWith(jobOf('a'));
    store.setExecutionDone(executionOf({ finished_at: 86_400_000_000_000n }));
    store.setExecutionDone(executionOf({ started_at: 3n, finished_at: 4n, success: false }));
    expect([...store.days()]).toEqual([
      ['1970-01-02', { success: 1, failed: 0 }],
      ['1970-01-01', { success: 0, failed: 1 }],
    ]);
  });
});

test('a kept text is written anew when its job changes', () => {
  const store = storeWith(jobOf('a', { owner: 'one' }));
  const text = () => String(store.text(store.job('a')!, ({ owner }) => owner));
  expect([text(), text()]).toEqual(['one', 'one']);
  store.setJob(jobOf('a', { owner: 'two' }), true);
  expect(text()).toBe('two');
});

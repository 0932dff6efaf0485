import { describe, expect, it } from 'vitest';
import type { Job } from '../../../src/job/job.ts';
import { planEnd } from '../../../src/plan/maintenance/plan.ts';
import type { MaintenanceRecord } from '../../../src/plan/maintenance/record.ts';
import { aJob } from '../../support/jobs.ts';

const before = aJob({ name: 'a', schedule: '@every 1h', success_count: 3 });
const left = { ...before, disabled: true };

const record = (...jobs: Job[]): MaintenanceRecord => ({
  id: 'id',
  name: 'night',
  why: '',
  at: '2026-11-27T12:00:00Z',
  step: 'running',
  operation: 'op',
  safety: null,
  jobs,
});

const end = (jobs: readonly Job[], back: readonly string[] = [], kept = record(before)) =>
  planEnd(kept, { jobs, unreadable: [] }, new Set(back)).items;

describe('the end of a maintenance', () => {
  it.each<[string, Partial<Job> | null, string, string, string | undefined]>([
    ['is as it was left', {}, 'change', 'disabled true → false', undefined],
    [
      'was counted since',
      { success_count: 4, error_count: 1, status: 'failed', next: '2027-01-01T00:00:00Z' },
      'change',
      'disabled true → false',
      undefined,
    ],
    ['has a child since', { dependent_jobs: ['b'] }, 'change', 'disabled true → false', undefined],
    ['was enabled since', { disabled: false }, 'same', 'enabled since', 'enabled since'],
    [
      'was enabled and changed since',
      { disabled: false, schedule: '@every 2h' },
      'same',
      'enabled since and changed: schedule @every 1h → @every 2h',
      'enabled since and changed: schedule @every 1h → @every 2h',
    ],
    [
      'has another schedule since',
      { schedule: '@every 2h' },
      'change',
      'disabled true → false',
      'changed since: schedule @every 1h → @every 2h',
    ],
    ['is gone', null, 'same', 'deleted since', 'deleted since'],
  ])('writes or names a job that %s', (_, now, kind, why, stays) => {
    const [item, ...more] = end(now === null ? [] : [{ ...left, ...now }]);
    expect(more).toEqual([]);
    expect([item!.name, item!.kind, item!.why, item!.left]).toEqual(['a', kind, why, stays]);
    if (now !== null && kind === 'change')
      expect(item!.job).toEqual({ ...left, ...now, disabled: false });
  });

  it('finds the new name of a job that was renamed, where there is one that it can be', () => {
    const [renamed, other] = [aJob({ ...left, name: 'z' }), aJob({ ...left, name: 'y' })];
    expect(end([renamed])[0]!.left).toBe('renamed to z since, it seems');
    expect(end([renamed, other])[0]!.left).toBe('deleted since');
    expect(end([{ ...renamed, retries: 3 }])[0]!.left).toBe('deleted since');
  });

  it('never enables twice what it has put back, whatever became of it since', () => {
    expect(end([left], ['a']).map(({ kind, why }) => [kind, why])).toEqual([
      ['same', 'enabled before, and changed since'],
    ]);
    expect(end([before], ['a']).map(({ kind, why }) => [kind, why])).toEqual([
      ['same', 'enabled before'],
    ]);
  });

  it('leaves other jobs alone, also those that were disabled before or came since', () => {
    const others = [aJob({ name: 'b', disabled: true }), aJob({ name: 'c' })];
    expect(end([left, ...others]).map(({ name }) => name)).toEqual(['a']);
  });

  it('holds what cannot be read', () => {
    const live = { jobs: [], unreadable: [{ name: 'a', why: 'it is odd' }] };
    const [item] = planEnd(record(before), live, new Set()).items;
    expect([item!.kind, item!.why]).toEqual(['blocked', 'it is odd']);
  });
});

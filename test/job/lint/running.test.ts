import { describe, expect, it } from 'vitest';
import type { Job } from '../../../src/job/job.ts';
import { checkJob } from '../../../src/job/lint/lint.ts';
import { instantFromMillis } from '../../../src/schedule/index.ts';
import { aJob } from '../../support/jobs.ts';

const now = instantFromMillis(Date.parse('2026-11-26T10:00:00Z'));
const found = (job: Partial<Job>, rule: string, version = '4.1.2') =>
  checkJob(aJob(job), { now, version }).filter((each) => each.rule === rule);
const shell = (timeout: string): Partial<Job> => ({ executor_config: { command: 'a', timeout } });
const http = (timeout: string): Partial<Job> => ({
  executor: 'http',
  executor_config: { method: 'GET', url: 'http://a/', timeout },
});

describe('a timeout', () => {
  it.each([
    ['0 */5 * * * *', shell('5m'), null],
    ['0 */5 * * * *', shell('5m1s'), 'warning'],
    ['0 */5 * * * *', shell(''), null],
    ['0 */5 * * * *', shell('long'), null],
    ['0 */5 * * * *', http('300'), null],
    ['0 */5 * * * *', http('301'), 'warning'],
    ['*/30 * * * * *', http(''), null],
    // What Dkron takes where nothing is said.
    ['*/20 * * * * *', http(''), 'note'],
    ['*/20 * * * * *', http('20s'), 'warning'],
    // The shortest pause counts, also where it comes once a day.
    ['0 0,1 3 * * *', http('61'), 'warning'],
    ['@manually', shell('9h'), null],
    ['@at 2027-01-01T00:00:00Z', shell('9h'), null],
  ])('of %s %j is %s', (schedule, job, level) => {
    expect(found({ ...job, schedule }, 'timeout-gap')[0]?.level ?? null).toBe(level);
  });

  it('says what becomes of the next run', () => {
    const job = { ...shell('6m'), schedule: '0 */5 * * * *' };
    expect(found(job, 'timeout-gap')[0]?.text).toBe(
      'is longer than the shortest pause between two runs (5m): while a run hangs the next runs beside it',
    );
    expect(found({ ...job, concurrency: 'forbid' }, 'timeout-gap')[0]?.text).toMatch(/is skipped$/);
  });

  it('counts for nothing in a child, which has no schedule', () => {
    const child = { ...shell('9h'), schedule: '', parent_job: 'a' };
    expect(found(child, 'timeout-gap')).toEqual([]);
  });
});

it.each([
  ['3.2.7', 0],
  ['4.0.8', 0],
  ['4.0.9', 1],
  ['4.1.0', 0],
  ['devel', 0],
])('forbid sticks on %s: %i', (version, count) => {
  expect(found({ concurrency: 'forbid' }, 'forbid-stuck', version)).toHaveLength(count);
  expect(found({}, 'forbid-stuck', version)).toEqual([]);
});

it.each([
  ['2026-12-01T00:00:00Z', '2026-12-01T00:00:00Z', true],
  ['2026-12-01T00:00:00Z', '2026-12-02T00:00:00Z', false],
  [null, '2026-11-26T10:04:59Z', true],
  // What fires at this very moment is skipped already.
  [null, '2026-11-26T10:05:00Z', true],
  [null, '2026-11-26T10:05:01Z', false],
  ['2026-11-26T11:00:00Z', '2026-11-26T11:00:01Z', false],
  ['2026-11-26T11:00:01Z', '2026-11-26T11:04:00Z', true],
  // It has expired, which is told.
  [null, '2026-11-26T09:00:00Z', false],
])('from %s until %s it never runs: %s', (starts_at, expires_at, never) => {
  expect(found({ starts_at, expires_at }, 'window')).toHaveLength(never ? 1 : 0);
});

import { describe, expect, it } from 'vitest';
import type { Job } from '../../src/job/job.ts';
import type { Next } from '../../src/job/next-seen.ts';
import { countersText, everyNext, lastRun, nextOf } from '../../src/job/runs.ts';
import { aJob } from '../support/jobs.ts';

const at = (text: string): Next => ({ kind: 'at', at: Date.parse(text) });
const now = Date.parse('2026-11-21T14:31:29Z');

describe('lastRun', () => {
  const [early, late] = ['2026-11-21T14:00:00Z', '2026-11-21T14:30:00Z'];
  it.each<[string, string | null, string | null, ReturnType<typeof lastRun>]>([
    ['never', null, null, null],
    ['the success', late, early, { at: Date.parse(late), ok: true }],
    ['the error', early, late, { at: Date.parse(late), ok: false }],
    ['only a success', early, null, { at: Date.parse(early), ok: true }],
    ['only an error', null, early, { at: Date.parse(early), ok: false }],
    ['zero times of Go', '0001-01-01T00:00:00Z', '0000-12-31T19:03:58-04:56', null],
    ['zero times of protobuf', '1970-01-01T00:00:00Z', '', null],
    ['no times at all', 'soon', 'NaN', null],
  ])('%s', (_, success, error, expected) => {
    expect(lastRun(aJob({ last_success: success, last_error: error }))).toEqual(expected);
  });
});

describe('nextOf', () => {
  it.each<[string, Partial<Job>, Next]>([
    [
      'a cron schedule in the server’s zone',
      { schedule: '0 */2 * * * *' },
      at('2026-11-21T14:32:00Z'),
    ],
    [
      'a cron schedule in the job’s zone, whatever Dkron’s own `next` says',
      { schedule: '0 0 3 * * *', timezone: 'Asia/Tokyo', next: '2026-11-22T03:00:00Z' },
      at('2026-11-21T18:00:00Z'),
    ],
    ['a child', { parent_job: 'root', schedule: '@every 1m' }, { kind: 'after' }],
    ['a disabled job', { disabled: true }, { kind: 'disabled' }],
    ['a job without a clock', { schedule: '@manually' }, { kind: 'never' }],
    [
      'a job whose time is over',
      { schedule: '0 */2 * * * *', expires_at: '2026-11-21T14:32:00Z' },
      { kind: 'never' },
    ],
    [
      'a job whose last time this is',
      { schedule: '0 */2 * * * *', expires_at: '2026-11-21T14:32:01Z' },
      at('2026-11-21T14:32:00Z'),
    ],
    [
      'a job whose time has not come',
      { schedule: '0 */2 * * * *', starts_at: '2027-01-01T00:00:00Z' },
      at('2027-01-01T00:00:00Z'),
    ],
    [
      'a job whose window is no time',
      { schedule: '0 */2 * * * *', starts_at: '0001-01-01T00:00:00Z', expires_at: '' },
      at('2026-11-21T14:32:00Z'),
    ],
    ['an instant that is past', { schedule: '@at 2020-01-01T00:00:00Z' }, { kind: 'never' }],
    ['what no Dkron understands', { schedule: 'whenever' }, { kind: 'invalid' }],
    [
      'a zone that is none',
      { schedule: '0 0 3 * * *', timezone: 'Mars/Base' },
      { kind: 'invalid' },
    ],
    [
      'an interval that has run: the server knows its phase',
      { schedule: '@every 1h', last_success: '2026-11-21T14:05:00Z', next: '2026-11-21T15:05:00Z' },
      at('2026-11-21T15:05:00Z'),
    ],
  ])('%s', (_, fields, expected) => {
    expect(nextOf(aJob(fields), now, 'UTC')).toEqual(expected);
  });

  it('is worked out once a job until the time is over', () => {
    const job = aJob({ schedule: '0 */2 * * * *' });
    const first = nextOf(job, now, 'UTC', '4.1.2');
    expect(nextOf(job, now + 10_000, 'UTC', '4.1.2')).toBe(first);
    expect(nextOf(job, now + 40_000, 'UTC', '4.1.2')).toEqual(at('2026-11-21T14:34:00Z'));
  });

  it('follows the server’s zone', () => {
    const job = aJob({ schedule: '0 0 3 * * *' });
    expect(nextOf(job, now, 'UTC')).toEqual(at('2026-11-22T03:00:00Z'));
    expect(nextOf(job, now, 'Europe/Paris')).toEqual(at('2026-11-22T02:00:00Z'));
  });

  it('follows the server’s version, which is known only after the first rows', () => {
    const job = aJob({ schedule: '@minutely' });
    expect(nextOf(job, now, 'UTC')).toEqual(at('2026-11-21T14:32:00Z'));
    expect(nextOf(job, now, 'UTC', '3.1.3')).toEqual({ kind: 'invalid' });
  });
});

it.each<[string, Partial<Job>, string, boolean]>([
  ['that has run', {}, '@every 1h', true],
  ['of another kind', {}, '0 0 * * * *', false],
  ['that never ran', { last_success: null }, '@every 1h', false],
  ['whose next is now', { next: '2026-11-21T14:31:29Z' }, '@every 1h', false],
  ['whose next is none', { next: '0001-01-01T00:00:00Z' }, '@every 1h', false],
])('the phase of a job %s is the server’s: %s', (_what, fields, effective, known) => {
  const next = '2026-11-21T15:00:00Z';
  const job = aJob({ next, last_success: '2026-11-21T14:00:00Z', ...fields });
  expect(everyNext(job, effective, now)).toBe(known ? Date.parse(next) : null);
});

it('a run in the very moment of its end is none, and one in the moment of its start is', () => {
  const job = (fields: Partial<Job>) => aJob({ schedule: '0 0 * * * *', ...fields });
  const hour = '2026-11-21T15:00:00Z';
  expect(nextOf(job({ starts_at: hour }), now, 'UTC')).toEqual(at(hour));
  expect(nextOf(job({ expires_at: hour }), now, 'UTC')).toEqual({ kind: 'never' });
});

it('what was worked out holds until its very moment', () => {
  const job = aJob({ schedule: '0 0 * * * *' });
  const hour = Date.parse('2026-11-21T15:00:00Z');
  const first = nextOf(job, now, 'UTC');
  expect(nextOf(job, hour - 1, 'UTC')).toBe(first);
  expect(nextOf(job, hour, 'UTC')).toEqual(at('2026-11-21T16:00:00Z'));
});

it('counts are told in words', () => {
  expect(countersText({ ...aJob(), success_count: 3, error_count: 1 })).toMatch(/3.*1/);
});

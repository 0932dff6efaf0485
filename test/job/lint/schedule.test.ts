import { describe, expect, it, test } from 'vitest';
import { findingWords } from '../../../src/job/lint/finding.ts';
import { scheduleFindings } from '../../../src/job/lint/schedule.ts';
import type { ScheduleContext } from '../../../src/schedule/parse.ts';
import { moment } from '../../schedule/moment.ts';

const now = moment('2026-06-10T08:00:00Z');
const codes = (spec: string, context: ScheduleContext = {}): string[] =>
  scheduleFindings(spec, context, now).map(({ rule }) => rule);
const textOf = (spec: string, context: ScheduleContext = {}): string =>
  scheduleFindings(spec, context, now).map(findingWords).join('\n');

describe('findings about a schedule', () => {
  it.each([
    ['0 */15 8-18 * * 1-5', { timezone: 'UTC' }, []],
    ['0 0 12 30 2 *', {}, ['never']],
    [', 0 12 * * *', {}, ['never']],
    ['@manually', { timezone: 'Asia/Tokyo' }, []],
    ['@daily', { timezone: 'Asia/Tokyo' }, ['zone-ignored']],
    ['@minutely', { timezone: 'Asia/Tokyo' }, ['zone-ignored']],
    ['@at 2030-01-01T00:00:00Z', { timezone: 'Asia/Tokyo' }, ['zone-ignored']],
    ['TZ=UTC 0 0 12 * * *', { timezone: 'Asia/Tokyo' }, ['zone-ignored']],
    ['TZ=Asia/Tokyo @daily', { timezone: 'Asia/Tokyo' }, []],
    ['0 0 12 1 * MON', {}, ['either-day']],
    ['0 0 12 */2 * MON', {}, ['either-day']],
    ['0 0 12 */1 * MON', {}, []],
    ['@every 1500ms', {}, ['every-truncated']],
    ['@every 10ms', {}, ['every-raised']],
    ['@every -5m', {}, ['every-raised']],
    ['@every 90s', {}, ['phase']],
    ['@at 2020-01-01T00:00:00Z', {}, ['past']],
    ['@after 2020-01-01T00:00:00Z <PT1H', {}, ['past']],
    ['@after 2030-01-01T00:00:00Z <PT1H', {}, ['runs-twice']],
    ['0  ~ * * * *', { name: 'job' }, ['tilde-spaces']],
    ['TZ=UTC 0 ~ * * * *', { name: 'job' }, []],
    ['0 ~/15 * * * *', { name: 'job' }, ['tilde-step']],
    ['not a schedule', {}, ['schedule']],
    ['@manually', { hasParent: true }, []],
    ['', { hasParent: true }, []],
    ['0 0 12 1 * MON', { hasParent: true }, ['unused']],
    ['@at 2020-01-01T00:00:00Z', { hasParent: true }, ['unused']],
    ['@every 1s', {}, []],
    ['@every 1000ms', {}, []],
    ['@every 999ms', {}, ['every-raised']],
    ['@every 2s', {}, ['phase']],
    ['@every 2500ms', {}, ['every-truncated', 'phase']],
    ['@at 2026-06-10T08:00:00Z', {}, ['past']],
    ['@at 2026-06-10T08:00:01Z', {}, []],
    ['@after 2026-06-10T08:00:00Z <PT1H', {}, []],
    ['@every 90s', { timezone: 'Asia/Tokyo' }, ['zone-ignored', 'phase']],
    ['0 0 12 * * *', { timezone: 'Asia/Tokyo' }, []],
    ['TZ=UTC 0 0 12 * * *', {}, []],
    ['CRON_TZ=UTC 0 0 12 * * *', { timezone: 'Asia/Tokyo' }, ['zone-ignored']],
    ['0 0 12 1 * *', {}, []],
    ['0 0 12 * * MON', {}, []],
    ['0 0 12 , * MON', {}, []],
    ['0\t~ * * * *', { name: 'job' }, ['tilde-spaces']],
    ['TZ=UTC  0 ~ * * * *', { name: 'job' }, ['tilde-spaces']],
    ['0  5 * * * *', { name: 'job' }, []],
    ['0 5/15 * * * *', { name: 'job' }, []],
    ['*/5 * * * *', {}, ['schedule']],
    ['0 0 12 * * *', { timezone: 'Mars' }, ['zone']],
    ['@daily', { timezone: 'Mars' }, ['zone']],
  ] as const)('%s %j: %j', (spec, context, expected) => {
    expect(codes(spec, context)).toEqual(expected);
  });

  it('show what stands in force', () => {
    expect(textOf('0 ~/15 * * * *', { name: 'test_job' })).toContain('0 18/15 * * * *');
    expect(textOf('@every 1500ms')).toContain('every 1s');
    expect(textOf('@daily', { timezone: 'Asia/Tokyo' })).toContain('write 0 0 0 * * *');
  });
});

test('what Dkron refuses is told in its own words, with what it would be in six fields', () => {
  expect(scheduleFindings('*/5 * * * *', {}, now)).toEqual([
    {
      rule: 'schedule',
      level: 'error',
      path: 'schedule',
      text: "can't parse job schedule: expected exactly 6 fields, found 5: [*/5 * * * *]",
      fix: '0 */5 * * * *',
    },
  ]);
});

test('what was found for another job, or earlier, is not said again', () => {
  const found = (name: string) => textOf('0  ~ * * * *', { name });
  expect(found('a')).not.toBe(found('b'));
  expect(codes('@at 2026-06-10T08:00:01Z')).toEqual([]);
  const later = scheduleFindings('@at 2026-06-10T08:00:01Z', {}, now + 1_000_000_000n);
  expect(later.map(({ rule }) => rule)).toEqual(['past']);
});

describe('changes of the clocks within a year', () => {
  it('are skipped or run twice, and the day is named', () => {
    const paris = { timezone: 'Europe/Paris' };
    expect(codes('0 30 2 * * *', paris)).toEqual(['clock-skips', 'clock-twice']);
    expect(textOf('0 30 2 * * *', paris)).toMatch(/2027-03-28 02:30 .*\n.*2026-10-25 02:30/);
    expect(textOf('0 */15 2 * * *', paris)).toContain('2027-03-28 02:00 does not exist');
    expect(textOf('0 */15 2 * * *', paris)).toContain('and 3 more within a year');
    expect(codes('0 30 4 * * *', paris)).toEqual([]);
    expect(codes('0 */5 * * * *', paris)).toEqual([]);
  });

  it.each([
    // The day without a midnight is lost where the search steps onto it …
    ['Africa/Cairo', '0 0 12 * * 5', ['clock-loses'], '2027-04-30 12:00'],
    // … and runs the job of the day before a second time, wherever midnight is missing.
    ['Africa/Cairo', '0 0 12 * * 4', ['clock-strays'], '2027-04-30 12:00'],
    ['America/Havana', '0 0 12 * * 6', ['clock-strays'], '2027-03-14 12:00'],
    ['Australia/Lord_Howe', '0 0 12 * * *', ['clock-loses'], '2026-10-04 12:00'],
    ['Pacific/Chatham', '0 45 2 * * *', ['clock-skips', 'clock-strays'], '2026-09-27 03:45'],
  ])('in %s, %s: %j', (timezone, spec, expected, day) => {
    expect(codes(spec, { timezone })).toEqual(expected);
    expect(textOf(spec, { timezone })).toContain(day);
  });
});

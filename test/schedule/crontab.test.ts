import { describe, expect, it } from 'vitest';
import { importCrontab } from '../../src/schedule/crontab.ts';
import { parseSchedule } from '../../src/schedule/parse.ts';
import { moment } from './moment.ts';

const from = moment('2026-06-10T08:00:00Z');

describe('a schedule of another cron', () => {
  it.each([
    ['*/5 * * * *', '0 */5 * * * *'],
    ['  0 9 * * MON-FRI ', '0 0 9 * * MON-FRI'],
    ['0 9 * * 7', '0 0 9 * * 0'],
    ['0 0 * * 5-7', '0 0 0 * * 0,5,6'],
    ['0 0 * * 1/2', '0 0 0 * * 0,1,3,5'],
    ['0 0 1 * 0-7', '0 0 0 1 * 0-6'],
    ['0 12 15 * 1', '0 0 12 15 * 1'],
    ['0 0 * jan-december Monday', '0 0 0 * jan-dec Mon'],
    ['0 0 * * fri-mon', '0 0 0 * * 5-6,0-1'],
    ['0 22-4 * * *', '0 0 22-23,0-4 * * *'],
    ['0 0 L 1,3,12 *', '0 0 0 31 1,3,12 *'],
    ['0 0 L 4,6 *', '0 0 0 30 4,6 *'],
    ['0 0 29 2 *', '0 0 0 29 2 *'],
    ['@weekdays', '0 0 0 * * 1-5'],
    ['@DAILY', '0 0 0 * * *'],
    ['30 4 * * 1-5 /usr/bin/backup --all', '0 30 4 * * 1-5'],
    ['TZ=Europe/Paris 0 5 * * *', 'TZ=Europe/Paris 0 0 5 * * *'],
    ['0 0 12 ? * 2-6 *', '0 0 12 ? * mon-fri'],
  ])('%s is offered as %s', (text, schedule) => {
    const imported = importCrontab(text, from);
    expect(imported).toMatchObject({ kind: 'offer', schedule });
    expect(parseSchedule(schedule).valid).toBe(true);
  });

  it('is proven by the runs of both engines, and what was done is told', () => {
    expect(importCrontab('30 4 * * 1-5 /usr/bin/backup', from)).toEqual({
      kind: 'offer',
      schedule: '0 30 4 * * 1-5',
      changes: ['seconds are put in front', 'the command is left out'],
      compared: 600,
    });
  });

  it.each([
    ['0 0 L * *', 'Dkron has no L'],
    ['0 0 L 2 *', 'Dkron has no L'],
    ['0 0 * * 5L', 'no L: it cannot say the last Friday'],
    ['0 0 * * FRI#2', 'Dkron has no #'],
    ['0 0 15W * *', 'Dkron has no W'],
    ['H/15 * * * *', 'Dkron has no H (H/15)'],
    ['0 0 0 1 1 ? 2030', 'no field for the year (2030)'],
    ['@reboot', 'Dkron has no @reboot'],
    ['@fortnightly', 'no schedule that cron knows'],
    ['@every 5d', 'unknown unit "d"'],
    ['0 60 * * *', 'no cron knows this'],
    ['five past noon', '3 fields'],
    ['', '0 fields'],
    ['TZ=Nope/Nope 0 5 * * *', 'unknown time zone'],
  ])('%j has no Dkron schedule: %s', (text, reason) => {
    expect(importCrontab(text, from)).toEqual({
      kind: 'none',
      reason: expect.stringContaining(reason),
    });
  });

  it.each(['0 0 12 * * MON', '@daily', '@every 5m', '0 0 ~ * * *'])('%s is Dkron’s own', (text) => {
    expect(importCrontab(text, from)).toEqual({ kind: 'dkron', schedule: text });
  });
});

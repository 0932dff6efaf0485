import { describe, expect, it } from 'vitest';
import { type Imported, importCrontab } from '../../src/schedule/crontab.ts';
import { nextRuns } from '../../src/schedule/next.ts';
import { parseSchedule } from '../../src/schedule/parse.ts';
import { moment } from './moment.ts';

const from = moment('2026-06-10T08:00:00Z');

const runsOf = (imported: Imported) => {
  const parsed = parseSchedule('schedule' in imported ? imported.schedule : '');
  return parsed.valid ? nextRuns(parsed.schedule, from, 20) : [];
};

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
    ['0 0 12 ? * 6-2 *', '0 0 12 ? * sun,mon,fri,sat'],
    ['0 0 12 ? * L *', '0 0 12 ? * sat'],
    ['0 0 12 1/5 * ? *', '0 0 12 1/5 * ?'],
    ['cron(0 12 ? * 2-6 *)', '0 0 12 ? * mon-fri'],
    ['0 12 ? * 2-6 *', '0 0 12 ? * mon-fri'],
    ['0 12 * * ? *', '0 0 12 * * ?'],
    ['0 0 * * 0,7', '0 0 0 * * 0'],
    ['0 0 * * 7', '0 0 0 * * 0'],
    ['*/15,0 * * * *', '0 */15,0 * * * *'],
    ['0 8-18,12 * * *', '0 0 8-18,12 * * *'],
    ['0 0 * * 1,1', '0 0 0 * * 1,1'],
    ['0 5 ? * *', '0 0 5 ? * *'],
    ['*/60 * * * *', '0 */60 * * * *'],
    ['0 23-5 * * *', '0 0 23,0-5 * * *'],
    ['0 23-5/2 * * *', '0 0 23,1,3,5 * * *'],
    ['0 0 */2 * *', '0 0 0 */2 * *'],
    ['0 0 1-31 * 1-5', '0 0 0 1-31 * 1-5'],
    ['17 *\t* * *\troot    cd / && run-parts --report /etc/cron.hourly', '0 17 * * * *'],
    ['0 5 * * * echo 100% >&2', '0 0 5 * * *'],
    ['CRON_TZ=Asia/Tokyo\n0 5 * * * x', 'CRON_TZ=Asia/Tokyo 0 0 5 * * *'],
    ['0 0 12 * * SUNDAY *', '0 0 12 * * sun'],
    ['*/5 * * * * # every five minutes', '0 */5 * * * *'],
    ['*/5 * * * * #', '0 */5 * * * *'],
    ['*/5\t*\t*\t*\t*\t/bin/true', '0 */5 * * * *'],
    ['@hourly /usr/bin/sync --all', '0 0 * * * *'],
    ['@Daily root run-parts /etc/cron.daily', '0 0 0 * * *'],
    ['0 0 * * */7', '0 0 0 * * */7'],
    ['0 0 * * SUN-SAT', '0 0 0 * * *'],
  ])('%s is offered as %s', (text, schedule) => {
    const imported = importCrontab(text, from);
    expect(imported).toMatchObject({ kind: 'offer', schedule });
    expect(parseSchedule(schedule).valid).toBe(true);
  });

  it('is proven by the runs of both engines, and what was done is told', () => {
    expect(importCrontab('30 4 * * 1-5 /usr/bin/backup', from)).toEqual({
      kind: 'offer',
      schedule: '0 30 4 * * 1-5',
      changes: ['a field for seconds is added in front', 'the command is left out'],
      compared: 600,
    });
  });

  it('is told where crontabs read it in different ways', () => {
    const told = (text: string) => JSON.stringify(importCrontab(text, from));
    expect(told('5/15 * * * *')).toContain('some crontabs read that number alone');
    expect(told('5-59/15 * * * *')).not.toContain('read that number alone');
    expect(told('0 0/5 14 ? * 2-6 *')).not.toContain('read that number alone');
  });

  it.each([
    '0 0/5 14,18 ? * MON-FRI',
    '0 0 12 ? * mon-fri',
    '0 11 11 11 11 ?',
    '0 0 12 1/5 * ?',
    '0 0 0 29 2 ?',
    '0 0 0 ? * */2',
    '@midnight',
  ])('of Quartz that means the same to Dkron is taken as it is: %s', (text) => {
    expect(importCrontab(text, from)).toEqual({ kind: 'dkron', schedule: text });
  });

  it.each([
    ['0 0 L * *', 'Dkron has no L'],
    ['0 0 L 2 *', 'Dkron has no L'],
    ['0 0 * * 5L', 'no L: it cannot express the last Friday'],
    ['0 0 * * FRI#2', 'Dkron has no #'],
    ['0 0 15W * *', 'Dkron has no W'],
    ['H/15 * * * *', 'Dkron has no H (H/15)'],
    ['0 0 0 1 1 ? 2030', 'no field for the year (2030)'],
    ['0 5 * * 1#1', 'the first Monday of a month (1#1)'],
    ['0 5 * * 7#5', 'the fifth Sunday of a month (7#5)'],
    ['0 0 5 ? * 6#3', 'the third Friday of a month (6#3)'],
    ['0 0 5 ? * 6L', 'the last Friday of a month (6L)'],
    ['0 0 5 ? * 6L *', 'the last Friday of a month (6L)'],
    ['0 5 * * 1#6', '1#6 is not a day of a month'],
    ['0 0 L-3 * ?', 'it cannot count from the end of a month (L-3)'],
    ['0 0 LW * ?', 'Dkron has no W'],
    ['0 0 * * L', 'no L for a day of the week'],
    ['0 0 0 1 1 ? 2030-2040', 'no field for the year (2030-2040)'],
    ['0 0 */2 * 1', 'match both day fields'],
    ['0 0 * * */2,x', 'no cron knows this: x is not a day of week'],
    ['0 0 0 1 * 2 *', 'Quartz takes only one of the two day fields'],
    ['0 0/60 * * * ? *', 'Quartz takes no step of 60'],
    ['0 0 12 ? * 0 *', '0 is not a day of week (1 to 7)'],
    ['0 0 12 ? * 8', '8 is not a day of week'],
    ['? 0 * * *', '? stands for a day only'],
    ['0~30 * * * *', 'not a random one'],
    ['0 0 1,,2 * *', 'an empty text is not a day of month'],
    ['5- * * * *', 'an empty text is not a minute'],
    ['*/0 * * * *', '0 is not a step'],
    ['1-2-3 * * * *', '1-2-3 is not a list, range or step'],
    ['* * * *', '4 fields'],
    ['# 0 5 * * * x', 'it is a comment'],
    ['MAILTO=ops@example.org', 'it sets a variable'],
    ['CRON_TZ=Europe/Paris', 'it sets a time zone and no schedule'],
    ['@reboot', 'Dkron has no @reboot'],
    ['@reboot /usr/bin/start', 'Dkron has no @reboot'],
    ['@fortnightly /bin/x', '@fortnightly is not a schedule that cron knows'],
    ['noon', '1 field is no schedule'],
    ['@fortnightly', 'not a schedule that cron knows'],
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

  it.each([
    ['0 0 12 ? * 2-6', '0 0 12 ? * mon-fri', '0 0 12 ? * tue-sat'],
    ['0 15 10 ? * 7', '0 15 10 ? * sat', '0 15 10 ? * sun'],
    ['0 15 10 * * 7', '0 15 10 * * sat', '0 15 10 * * sun'],
    ['0 12 ? * 2', '0 0 12 ? * mon', '0 0 12 ? * tue'],
  ])('%s is read in two ways, of which one is chosen', (text, quartz, crontab) => {
    expect(importCrontab(text, from)).toMatchObject({
      kind: 'choice',
      readings: [
        { from: 'quartz', schedule: quartz },
        { from: 'crontab', schedule: crontab },
      ],
    });
    expect(importCrontab(text, from, 'quartz')).toMatchObject({ kind: 'offer', schedule: quartz });
    const chosen = importCrontab(text, from, 'crontab');
    expect(runsOf(chosen)).toEqual(runsOf({ kind: 'dkron', schedule: crontab }));
  });

  it('is not asked about where both ways are the same', () => {
    expect(importCrontab('0 0 12 ? * 0-4', from).kind).toBe('dkron');
    expect(importCrontab('0 0 12 ? * mon', from).kind).toBe('dkron');
    expect(importCrontab('0 0 12 ? * 1-7', from).kind).toBe('offer');
  });

  it.each(['0 0 12 * * MON', '@daily', '@every 5m', '0 0 ~ * * *'])('%s is Dkron’s own', (text) => {
    expect(importCrontab(text, from)).toEqual({ kind: 'dkron', schedule: text });
  });
});

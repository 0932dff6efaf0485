import { expect, describe as group, it } from 'vitest';
import { describe } from '../../src/schedule/words.ts';

group('a schedule in words', () => {
  it.each([
    // times of day
    ['* * * * * *', 'every second'],
    ['*/5 * * * * *', 'every 5 seconds'],
    ['0 * * * * *', 'every minute'],
    ['0 */2 * * * *', 'every 2 minutes'],
    ['0 */7 * * * *', 'every 7 minutes, minutes 0 to 56 past the hour'],
    ['0 5-59/10 * * * *', 'every 10 minutes, starting at 5 minutes past the hour'],
    ['0 3 * * * *', 'at 3 minutes past the hour'],
    ['10-20 * * * * *', 'seconds 10 to 20 past the minute'],
    ['0 0 */2 * * *', 'every 2 hours'],
    ['0 30 8-18 * * 1-5', 'at 30 minutes past the hour, from 08:30 to 18:30, Monday to Friday'],
    ['0 */15 8-10,14 * * *', 'every 15 minutes, from 08:00 to 10:59 and from 14:00 to 14:59'],
    ['0 */20 0-2,5,7,9,11 * * *', 'every 20 minutes, in the hours 00, 01, 02, 05, 07, 09 and 11'],
    ['0 17 */4 * * *', 'every day at 00:17, 04:17, 08:17, 12:17, 16:17 and 20:17'],
    ['30 15 10,14 * * *', 'every day at 10:15:30 and 14:15:30'],
    ['@hourly', 'every hour'],
    ['@daily', 'every day at 00:00'],
    ['@minutely', 'every minute'],
    // days
    ['0 30 6 * * MON,WED', 'at 06:30, on Monday and Wednesday'],
    ['@weekly', 'at 00:00, on Sunday'],
    ['@yearly', 'at 00:00, on day 1 of the month, in January'],
    ['0 0 12 1-7 * *', 'at 12:00, from day 1 to 7 of the month'],
    ['0 0 12 */2 * *', 'at 12:00, every 2 days, from day 1 to 31 of the month'],
    ['0 0 6 * 1-3,9 *', 'at 06:00, in January to March and September'],
    ['0 0 6 * */3 *', 'at 06:00, in January, April, July and October'],
    // either day is enough, unless one is a star
    ['0 0 12 1,15 * 1', 'at 12:00, on day 1 and 15 of the month or on Monday'],
    ['0 0 12 1-31 * 1', 'at 12:00, every day'],
    ['0 0 12 15 * 0-6', 'at 12:00, every day'],
    ['0 0 12 *,15 * Mon', 'at 12:00, on Monday'],
    ['0 0 12 , * Mon', 'at 12:00, on Monday'],
    ['0 0 12 , * *', 'never: no day and time match it'],
    ['0 0 12 , * ,', 'never: no day and time match it'],
    ['0 0 12 30 2 *', 'never: no day and time match it'],
    ['0 0 12 30 2 1', 'at 12:00, on day 30 of the month or on Monday, in February'],
    [', 0 12 * * *', 'never: no day and time match it'],
    // the others
    ['@every 90s', 'every 1 minute 30 seconds'],
    ['@every 1h', 'every hour'],
    ['@every 1500ms', 'every second'],
    ['@every 36h', 'every 36 hours'],
    ['@at 2030-01-01T00:00:00+02:00', 'once, on 2029-12-31 at 22:00:00 UTC'],
    [
      '@after 2026-03-04T05:06:07Z <PT2H',
      'on 2026-03-04 at 05:06:07 UTC, or up to 2 hours later if that was missed',
    ],
    ['@manually', 'only when it is run by hand'],
    ['five minutes past', ''],
  ])('%s', (spec, words) => {
    expect(describe(spec)).toBe(words);
  });

  it('names the zone where the job or the schedule chose one', () => {
    const timezone = 'Europe/Paris';
    expect(describe('0 */15 8-18 * * 1-5', { timezone })).toBe(
      'every 15 minutes, from 08:00 to 18:59, Monday to Friday, Europe/Paris',
    );
    expect(describe('TZ=Asia/Tokyo 0 0 9 * * *', { timezone })).toBe(
      'every day at 09:00, Asia/Tokyo',
    );
    expect(describe('@daily', { timezone })).toBe('every day at 00:00');
  });

  it('says the schedule in force where a tilde stands', () => {
    expect(describe('0 0 ~ * * *', { name: 'test_job' })).toBe('every day at 18:00');
  });
});

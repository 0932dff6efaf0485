import { expect, it } from 'vitest';
import { rateOf, rateText } from '../../src/schedule/rate.ts';
import { moment, scheduleOf } from './moment.ts';

const now = moment('2026-06-10T08:00:00Z');

it.each([
  ['0 */2 * * * *', '720 a day'],
  ['0 */5 6-22 * * *', '204 a day'],
  ['* * * * * *', '86400 a day'],
  ['0 0 12 15 * 0-6', '1 a day'],
  ['0 0 6 * * MON-FRI', '5 a week'],
  ['0 0 0 1 * *', '12 a year'],
  ['0 0 0 1 * MON', '62 a year'],
  ['@yearly', '1 a year'],
  ['0 0 0 30 2 *', 'never'],
  ['0 0 0 29 2 *', '1 in 4 years'],
  ['0 0 0,12 29 2 *', '2 in 4 years'],
  ['@every 90s', '960 a day'],
  ['@every 36h', '243 a year'],
  ['@every 100000h', '1 a year'],
  ['@at 2030-01-01T00:00:00Z', 'once'],
  ['@at 2020-01-01T00:00:00Z', 'never'],
  ['@after 2030-01-01T00:00:00Z <PT1H', 'twice'],
  ['@manually', 'never'],
])('%s fires %s', (spec, text) => {
  expect(rateText(rateOf(scheduleOf(spec), now))).toBe(text);
});

it('a leap day is no day of every year, also where the next one is less than a year away', () => {
  const before = moment('2027-06-10T08:00:00Z');
  expect(rateText(rateOf(scheduleOf('0 0 0 29 2 *'), before))).toBe('1 in 4 years');
  expect(rateText(rateOf(scheduleOf('0 0 0 29 * *'), before))).toBe('12 a year');
});

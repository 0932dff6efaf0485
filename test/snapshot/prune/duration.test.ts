import { expect, it } from 'vitest';
import {
  durationText,
  isZero,
  parseDuration,
  timeBefore,
} from '../../../src/snapshot/prune/duration.ts';

it.each([
  ['1y5m7d2h', '1y5m7d2h'],
  ['2h7d', '7d2h'],
  ['1d2d', '2d'],
  ['0d', ''],
  [' 3m ', '3m'],
])('%s is read as %s', (text, again) => {
  expect(durationText(parseDuration(text)!)).toBe(again);
});

it.each(['', '1', 'd', '1w', '-1d', '1.5h', '1h30', '1 d', '1d 1h', '9999999999h'])(
  '%j is no duration',
  (text) => expect(parseDuration(text)).toBeNull(),
);

it.each([
  ['2026-03-31T10:00:00Z', '1m', '2026-03-03T10:00:00.000Z'],
  ['2026-10-31T10:00:00Z', '1m', '2026-10-01T10:00:00.000Z'],
  ['2024-02-29T10:00:00Z', '1y', '2023-03-01T10:00:00.000Z'],
  ['2026-01-01T01:00:00Z', '1y1m1d2h', '2024-11-29T23:00:00.000Z'],
  ['2016-01-18T12:02:03Z', '9999y', '-007983-01-18T12:02:03.000Z'],
  ['2026-01-18T00:00:00Z', '1980y', '0046-01-18T00:00:00.000Z'],
])('%s is %s after %s', (at, span, before) => {
  expect(new Date(timeBefore(Date.parse(at), parseDuration(span)!)).toISOString()).toBe(before);
});

it('what no date says is before all times', () => {
  expect(timeBefore(0, parseDuration('999999y')!)).toBe(Number.NEGATIVE_INFINITY);
  expect(timeBefore(Number.NEGATIVE_INFINITY, parseDuration('1d')!)).toBe(Number.NEGATIVE_INFINITY);
  expect(isZero(parseDuration('0y0h')!)).toBe(true);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rfc3339, shortClock, shortDuration, shortSpan } from '../../src/console/short.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('shortSpan', () => {
  it.each([
    [-5_000, '0s'],
    [0, '0s'],
    [999, '0s'],
    [31 * second, '31s'],
    [minute - 1, '59s'],
    [minute, '1m'],
    [hour - 1, '59m'],
    [hour, '1h'],
    [2 * hour + 10 * minute, '2h 10m'],
    [10 * hour - 1, '9h 59m'],
    [10 * hour, '10h'],
    [2 * day - 1, '47h'],
    [2 * day, '2d'],
    [400 * day, '400d'],
  ])('%i ms is %s', (ms, text) => {
    expect(shortSpan(ms)).toBe(text);
  });

  it('fits six cells for two and a half centuries', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 90_000 * day }), (ms) => {
        expect(shortSpan(ms).length).toBeLessThanOrEqual(6);
      }),
    );
  });
});

describe('shortDuration', () => {
  it.each([
    [-300, '0.0s'],
    [0, '0.0s'],
    [449, '0.4s'],
    [30_000, '30.0s'],
    [minute - 1, '59.9s'],
    [minute, '1m 0s'],
    [61_500, '1m 1s'],
    [hour - 1, '59m 59s'],
    [hour, '1h'],
    [3 * day, '3d'],
  ])('%i ms is %s', (ms, text) => {
    expect(shortDuration(ms)).toBe(text);
  });

  it('fits the column of durations', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 90_000 * day }), (ms) => {
        expect(shortDuration(ms).length).toBeLessThanOrEqual(7);
      }),
    );
  });
});

describe('shortClock', () => {
  const now = Date.UTC(2026, 10, 21, 14, 32, 5);
  it.each([
    ['2026-11-21T14:30:00Z', '14:30:00'],
    ['2026-11-21T23:59:59Z', '23:59:59'],
    ['2026-11-20T23:59:59Z', '20 Nov 23:59'],
    ['2026-01-02T03:04:05Z', '2 Jan 03:04'],
    ['2025-11-21T14:32:05Z', '2025-11-21'],
    ['2026-10-21T14:32:05Z', '21 Oct 14:32'],
  ])('%s is %s', (at, text) => {
    expect(shortClock(Date.parse(at), now)).toBe(text);
  });

  it('fits twelve cells', () => {
    fc.assert(
      fc.property(fc.integer({ min: 31536000000, max: Date.UTC(9999, 0) }), (at) => {
        expect(shortClock(at, now).length).toBeLessThanOrEqual(12);
      }),
    );
  });
});

it('rfc3339 leaves out what is zero, not what is there', () => {
  expect(rfc3339(Date.UTC(2026, 10, 21, 2, 10))).toBe('2026-11-21T02:10:00Z');
  expect(rfc3339(Date.UTC(2026, 10, 21, 2, 10, 0, 7))).toBe('2026-11-21T02:10:00.007Z');
});

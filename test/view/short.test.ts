import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockWidth, rfc3339, shortClock, shortDuration, shortSpan } from '../../src/view/short.ts';

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
    ['2025-11-21T14:32:05Z', '2025-11-21 14:32'],
    ['2027-01-01T00:00:00Z', '2027-01-01 00:00'],
    ['2026-12-31T23:59:59Z', '31 Dec 23:59'],
    ['2026-10-21T14:32:05Z', '21 Oct 14:32'],
  ])('%s is %s', (at, text) => {
    expect(shortClock(Date.parse(at), now)).toBe(text);
  });

  it.each([
    ['2026-11-21T23:30:00Z', 'Europe/Paris', '22 Nov 00:30'],
    ['2026-11-21T10:00:00Z', 'Asia/Kolkata', '15:30:00'],
    ['2025-12-31T23:30:00Z', 'Europe/Paris', '1 Jan 00:30'],
    ['2026-01-01T03:00:00Z', 'America/New_York', '2025-12-31 22:00'],
    ['2026-03-29T00:59:00Z', 'Europe/Paris', '29 Mar 01:59'],
    ['2026-03-29T01:00:00Z', 'Europe/Paris', '29 Mar 03:00'],
    ['2026-10-24T23:59:00Z', 'Europe/Paris', '25 Oct 01:59'],
    ['2026-10-25T00:30:00Z', 'Europe/Paris', '25 Oct 02:30+02'],
    ['2026-10-25T01:30:00Z', 'Europe/Paris', '25 Oct 02:30+01'],
    ['2026-10-25T02:00:00Z', 'Europe/Paris', '25 Oct 03:00'],
    ['2026-04-04T15:00:00Z', 'Australia/Lord_Howe', '5 Apr 01:30+1030'],
  ])('%s in %s is %s', (at, zone, text) => {
    expect(shortClock(Date.parse(at), now, zone)).toBe(text);
  });

  it('tells any two minutes of a year apart, in every zone', () => {
    const minute = 60_000;
    const zone = fc.constantFrom('Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'UTC');
    const year = Date.UTC(2026, 0, 2);
    const at = fc.integer({ min: 0, max: 360 * 1_440 }).map((count) => year + count * minute);
    fc.assert(
      fc.property(zone, at, fc.integer({ min: 1, max: 200 }), (where, time, later) => {
        const seen = Date.UTC(2026, 11, 31, 12);
        const [one, other] = [time, time + later * minute].map((t) => shortClock(t, seen, where));
        expect(one).not.toBe(other);
      }),
    );
  });

  it('fits its column but for other years and an hour that comes twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 31536000000, max: Date.UTC(9999, 0) }), (at) => {
        const sameYear = new Date(at).getUTCFullYear() === new Date(now).getUTCFullYear();
        expect(shortClock(at, now).length).toBeLessThanOrEqual(sameYear ? clockWidth : 16);
      }),
    );
  });
});

it('rfc3339 leaves out what is zero, not what is there', () => {
  expect(rfc3339(Date.UTC(2026, 10, 21, 2, 10))).toBe('2026-11-21T02:10:00Z');
  expect(rfc3339(Date.UTC(2026, 6, 21, 2, 10), 'Europe/Paris')).toBe('2026-07-21T04:10:00+02:00');
  expect(rfc3339(Date.UTC(2026, 10, 21, 2, 10, 0, 7))).toBe('2026-11-21T02:10:00.007Z');
});

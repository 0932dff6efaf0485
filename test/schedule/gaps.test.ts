import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Gaps, gapsOf, leastPause } from '../../src/schedule/gaps.ts';
import {
  type Instant,
  instantFromSeconds,
  secondsFromInstant,
} from '../../src/schedule/instant.ts';
import { nextRun, runs } from '../../src/schedule/next.ts';
import type { Schedule } from '../../src/schedule/schedule.ts';
import { zoneOf } from '../../src/schedule/zone.ts';
import { sixFields, zone } from './arbitrary.ts';
import { moment, scheduleOf } from './moment.ts';

/** Run by run: what is held against. At most `most` runs are looked at; tells how far that was. */
function byRuns(schedule: Schedule, from: Instant, to: Instant, most: number) {
  const found = runs(schedule, from).take(most).toArray();
  const end = found.at(-1) ?? from;
  // Where a clock is set back by less than an hour, robfig can answer with the past, and fires on and on.
  fc.pre((nextRun(schedule, end) ?? end + 1n) > end);
  const [first, ...rest] = found;
  if (first === undefined) return { gaps: null, to };
  let [longest, since, shortest] = [0, 0n, Number.POSITIVE_INFINITY];
  const sofar = (): Gaps | null => (longest === 0 ? null : { longest, since, shortest });
  let before = first;
  for (const run of rest) {
    const gap = secondsFromInstant(run) - secondsFromInstant(before);
    if (gap > longest) [longest, since] = [gap, before];
    shortest = Math.min(shortest, gap);
    before = run;
    if (run >= to) return { gaps: sofar(), to };
  }
  // Those that were not looked at are beyond.
  return { gaps: sofar(), to: rest.length + 1 < most ? to : before };
}

const year = 366 * 86_400;

/** A while before a change of the clocks, where the zone has any, or some other moment. */
const start = (name: string): fc.Arbitrary<number> =>
  fc
    .tuple(
      fc.integer({ min: 1_100_000_000, max: 2_000_000_000 }),
      fc.integer({ min: -86_400, max: 20 * 86_400 }),
      fc.boolean(),
    )
    .map(([at, before, near]) => {
      const [change] = near ? zoneOf(name).changesBetween(at, at + year) : [];
      return change === undefined ? at : change.at - before;
    });

test('the pauses are those that a look at every run finds', { timeout: 120_000 }, () => {
  const given = zone.chain((timezone) =>
    fc.tuple(sixFields, fc.constant(timezone), start(timezone)),
  );
  fc.assert(
    fc.property(given, ([spec, timezone, at]) => {
      const schedule = scheduleOf(spec, { timezone });
      const from = instantFromSeconds(at);
      const { gaps, to } = byRuns(schedule, from, instantFromSeconds(at + year), 40);
      expect(gapsOf(schedule, from, to)).toEqual(gaps);
    }),
    { numRuns: 10_000 },
  );
});

describe('the longest pause', () => {
  const from = moment('2026-11-21T14:31:29Z');
  const to = from + instantFromSeconds(year);
  const told = (spec: string, timezone = '') => {
    const gaps = gapsOf(scheduleOf(spec, { timezone }), from, to);
    return gaps && [gaps.longest, gaps.shortest];
  };
  const [minute, hour, day] = [60, 3600, 86_400];

  it.each([
    ['every minute', '0 * * * * *', '', minute, minute],
    ['a list', '0,10 5,20 * * * *', '', 44 * minute + 50, 10],
    ['a step that does not go round', '0 */25 * * * *', '', 25 * minute, 10 * minute],
    ['a night', '0 */15 6-21 * * *', '', 8 * hour + 15 * minute, 15 * minute],
    ['a weekend', '0 0 8-18 * * 1-5', '', 62 * hour, hour],
    ['a weekend when clocks go back', '0 0 8-18 * * 1-5', 'Europe/Paris', 63 * hour, hour],
    ['a day when clocks go back', '0 0 12 * * *', 'Europe/Paris', 25 * hour, 23 * hour],
    // 02:30 does not exist on one day, and comes twice on another.
    ['an hour that is skipped', '0 30 2 * * *', 'Europe/Paris', 47 * hour, hour],
    ['a month without its day', '0 0 0 31 * *', '', 61 * day, 31 * day],
    ['a year', '0 0 0 1 1 *', '', 365 * day, 365 * day],
    ['a leap day', '0 0 0 29 2 *', '', 4 * 365 * day + day, 4 * 365 * day + day],
    ['an interval', '@every 90m', '', 90 * minute, 90 * minute],
  ])('of %s', (_, spec, timezone, longest, shortest) => {
    expect(told(spec, timezone)).toEqual([longest, shortest]);
  });

  it.each(['@manually', '@at 2027-01-01T00:00:00Z', '0 0 0 30 2 *', ', * * * * *'])(
    'is none of %s',
    (spec) => {
      expect(told(spec)).toBeNull();
    },
  );
});

test('no pause is shorter than what is told without a look at the firings', () => {
  const given = zone.chain((timezone) =>
    fc.tuple(sixFields, fc.constant(timezone), start(timezone)),
  );
  fc.assert(
    fc.property(given, ([spec, timezone, at]) => {
      const schedule = scheduleOf(spec, { timezone });
      const gaps = gapsOf(schedule, instantFromSeconds(at), instantFromSeconds(at + year));
      expect(gaps?.shortest ?? 60).toBeGreaterThanOrEqual(leastPause(schedule));
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  ['0 */5 * * * *', 60],
  ['59 * * * * *', 60],
  ['0,30 * * * * *', 1],
  ['*/5 * * * * *', 1],
  ['@every 10s', 10],
  ['@hourly', 60],
  ['@manually', 1],
])('%s pauses for %d s at least', (spec, seconds) => {
  expect(leastPause(scheduleOf(spec))).toBe(seconds);
});

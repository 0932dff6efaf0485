import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reach, runsNear } from '../../src/schedule/clock-change.ts';
import { matchingMinutes, searchedMinutes } from '../../src/schedule/firings.ts';
import { matchesEachYear } from '../../src/schedule/never.ts';
import { nextRun, runsAgain } from '../../src/schedule/next.ts';
import { nextFieldsRun } from '../../src/schedule/next-fields.ts';
import { zoneOf } from '../../src/schedule/zone.ts';
import { instant, nearChange, sixFields, validSchedule, zone } from './arbitrary.ts';
import { fieldsOf, scheduleOf } from './moment.ts';

describe('what is told of a schedule without a search', () => {
  it('is whether it runs again', () => {
    fc.assert(
      fc.property(validSchedule, zone, instant, (spec, timezone, from) => {
        const schedule = scheduleOf(spec, { timezone });
        expect(runsAgain(schedule, from)).toBe(nextRun(schedule, from) !== null);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['0 0 0 28 2 *', true],
    ['0 0 0 29 2 *', false],
    ['0 0 0 31 1 *', false],
    ['0 0 0 31 1 1', true],
    ['0 0 0 * 2 1', true],
    ['0 0 0 1 ,, *', false],
  ])('%s surely matches each year: %s', (spec, expected) => {
    expect(matchesEachYear(fieldsOf(spec).fields)).toBe(expected);
  });

  it('is the same as what the search finds day by day', () => {
    fc.assert(
      fc.property(sixFields, nearChange, fc.nat(90 * 86_400), (spec, [timezone, near], before) => {
        const schedule = fieldsOf(spec, { timezone });
        // Near a change it goes step by step: here it is told that everywhere is.
        const steps = {
          ...zoneOf(timezone),
          changesBetween: () => [{ at: 0, before: 0, after: 0 }],
        };
        const found = nextFieldsRun(schedule, near - before, steps);
        expect(nextFieldsRun(schedule, near - before)).toBe(found);
      }),
      { numRuns: 500 },
    );
  });

  it('is that it does not run around a change of the clocks', () => {
    let away = 0;
    fc.assert(
      fc.property(sixFields, nearChange, (spec, [timezone, near]) => {
        const schedule = fieldsOf(spec, { timezone });
        const [change] = zoneOf(timezone).changesBetween(near - 2 * reach, near + 2 * reach);
        fc.pre(change !== undefined && !runsNear(schedule.fields, change));
        away++;
        const [from, to] = [change.at - reach, change.at + reach];
        const found: number[] = [];
        searchedMinutes(schedule, from, to, (minute) => found.push(minute));
        for (const offset of [change.before, change.after])
          matchingMinutes(schedule.fields, offset, from, to, (minute) => found.push(minute));
        expect(found).toEqual([]);
      }),
      { numRuns: 300 },
    );
    expect(away).toBe(300);
  });

  it('and that a month which begins with a midnight that does not exist leads the search astray', () => {
    const [change] = zoneOf('Asia/Amman').changesBetween(1_301_600_000, 1_301_700_000);
    const schedule = fieldsOf('* * 0 1 3 0', { timezone: 'Asia/Amman' });
    const found: number[] = [];
    searchedMinutes(schedule, change!.at - reach, change!.at + reach, (run) => found.push(run));
    expect(found).not.toEqual([]);
    expect(runsNear(schedule.fields, change!)).toBe(true);
  });
});

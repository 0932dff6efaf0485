import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scheduleFindings } from '../../src/job/lint/schedule.ts';
import { firingMinutes, searchedMinutes, type Visit } from '../../src/schedule/firings.ts';
import { instantFromSeconds } from '../../src/schedule/instant.ts';
import { nextRuns, runsBetween } from '../../src/schedule/next.ts';
import { parseSchedule } from '../../src/schedule/parse.ts';
import { wordsOf } from '../../src/schedule/words.ts';
import { instant, nearChange, scheduleLike, sixFields, validSchedule, zone } from './arbitrary.ts';
import { fieldsOf, scheduleOf } from './moment.ts';
import { printSchedule } from './print-schedule.ts';

describe('for every schedule', () => {
  it('runs strictly increase', () => {
    fc.assert(
      fc.property(validSchedule, zone, instant, (spec, timezone, from) => {
        const runs = [from, ...nextRuns(scheduleOf(spec, { timezone }), from, 20)];
        expect(runs.every((run, index) => index === 0 || run > runs[index - 1]!)).toBe(true);
      }),
    );
  });

  it('the answer does not depend on how many runs are asked for', () => {
    fc.assert(
      fc.property(validSchedule, zone, instant, fc.nat(12), (spec, timezone, from, count) => {
        const schedule = scheduleOf(spec, { timezone });
        expect(nextRuns(schedule, from, count)).toEqual(
          nextRuns(schedule, from, 12).slice(0, count),
        );
      }),
    );
  });

  it('the normal form says the same, and stays as it is', () => {
    fc.assert(
      fc.property(validSchedule, zone, instant, (spec, timezone, from) => {
        const schedule = scheduleOf(spec, { timezone });
        const printed = printSchedule(schedule);
        const again = scheduleOf(printed);
        expect(printSchedule(again)).toBe(printed);
        expect(nextRuns(again, from, 5)).toEqual(nextRuns(schedule, from, 5));
      }),
    );
  });

  it('there are words, and checks do not fail', () => {
    fc.assert(
      fc.property(validSchedule, zone, instant, (spec, timezone, now) => {
        expect(wordsOf(scheduleOf(spec, { timezone }))).not.toMatch(/^$|undefined|NaN/);
        expect(scheduleFindings(spec, { timezone }, now)).toBeInstanceOf(Array);
      }),
      { numRuns: 50 },
    );
  });
});

describe('minutes in which a schedule fires', () => {
  const minutesOf = (walk: (visit: Visit) => void): [number, number][] => {
    const minutes: [number, number][] = [];
    walk((minute, firings) => minutes.push([minute, firings]));
    return minutes;
  };

  const firings = (minutes: [number, number][]): number =>
    minutes.reduce((sum, [, count]) => sum + count, 0);

  it('are the same by looking and by searching', () => {
    fc.assert(
      fc.property(sixFields, nearChange, fc.nat(172_800), (spec, [timezone, from], length) => {
        const schedule = fieldsOf(spec, { timezone });
        const counted = minutesOf((visit) => firingMinutes(schedule, from, from + length, visit));
        const searched = minutesOf((visit) =>
          searchedMinutes(schedule, from, from + length, visit),
        );
        expect(counted).toEqual(searched);
      }),
      { numRuns: 300 },
    );
  });

  it('hold every run', () => {
    fc.assert(
      fc.property(sixFields, nearChange, fc.nat(7_200), (spec, [timezone, from], length) => {
        const schedule = fieldsOf(spec, { timezone });
        const [first, last] = [instantFromSeconds(from - 1), instantFromSeconds(from + length - 1)];
        const counted = minutesOf((visit) => firingMinutes(schedule, from, from + length, visit));
        expect(firings(counted)).toBe(runsBetween(schedule, first, last).length);
      }),
    );
  });
});

describe('any text at all', () => {
  it('is answered: accepted or refused, with its next runs', () => {
    fc.assert(
      fc.property(
        fc.oneof(scheduleLike, fc.string({ unit: 'binary' })),
        zone,
        instant,
        (spec, timezone, from) => {
          const parsed = parseSchedule(spec, { timezone, name: 'job' });
          if (!parsed.valid) expect(parsed.error).not.toBe('');
          else expect(nextRuns(parsed.schedule, from, 2).every((run) => run > from)).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecastOf, foretold, overrunOf } from '../../../src/job/run-times/overrun.ts';
import { toldOf } from '../../../src/job/run-times/told.ts';
import {
  instantFromMillis,
  millisFromInstant,
  nextRuns,
  parseSchedule,
  type Schedule,
} from '../../../src/schedule/index.ts';
import { aJob } from '../../support/jobs.ts';

const now = Date.parse('2026-11-21T14:31:29Z');
const by = { now: instantFromMillis(now), serverZone: 'UTC', version: '4.1.2' };

/**
 * What a server does with these firings, event by event: an end comes before a firing of the same
 * millisecond, and with `forbid` a firing starts nothing while something runs.
 */
function simulated(firings: readonly number[], takes: number, forbids: boolean) {
  const ends: number[] = [];
  let skipped = 0;
  let atOnce = 0;
  for (let clock = 0, fired = 0; fired < firings.length; ) {
    clock = Math.min(ends[0] ?? Number.POSITIVE_INFINITY, firings[fired]!);
    if (ends[0] === clock) {
      ends.shift();
      continue;
    }
    fired += 1;
    if (forbids && ends.length > 0) skipped += 1;
    else ends.push(clock + takes);
    atOnce = Math.max(atOnce, ends.length);
  }
  return { skipped, atOnce };
}

const scheduleOf = (text: string): Schedule => {
  const parsed = parseSchedule(text, { name: 'a', timezone: '', serverTimezone: 'UTC' });
  if (!parsed.valid) throw new Error(`${text} is no schedule`);
  return parsed.schedule;
};

const second = fc.nat({ max: 59 });
const anySchedule = fc.oneof(
  fc.integer({ min: 1, max: 900 }).map((every) => `@every ${every}s`),
  fc.tuple(second, fc.integer({ min: 1, max: 30 })).map(([at, step]) => `${at} */${step} * * * *`),
  fc.integer({ min: 1, max: 30 }).map((step) => `*/${step} * * * * *`),
  fc.tuple(second, second, second).map(([a, b, c]) => `${a},${b},${c} * * * * *`),
  fc.tuple(second, second, second).map(([at, a, b]) => `${at} ${a},${b} * * * *`),
);

describe('the firings that are skipped', () => {
  it('are foretold as a server skips them, and how many go on at once', () => {
    fc.assert(
      fc.property(
        anySchedule,
        fc.integer({ min: 1, max: 2_000_000 }),
        fc.boolean(),
        (text, takes, forbids) => {
          const schedule = scheduleOf(text);
          const found = forecastOf(schedule, { from: by.now, takes, forbids });
          const firings = nextRuns(schedule, by.now, found.firings).map(millisFromInstant);
          const real = simulated(firings, takes, forbids);
          expect(Math.abs(found.skipped - real.skipped)).toBeLessThanOrEqual(1);
          expect(found.atOnce).toBe(real.atOnce);
        },
      ),
      { numRuns: 10_000 },
    );
  }, 120_000);
});

describe('a job that cannot keep its schedule', () => {
  it.each([
    ['@every 20s', 20_000, null],
    ['@every 20s', 20_001, 20_000],
    ['0 0 0,1,12 * * *', 3_600_001, 3_600_000],
    ['0 0 0,1,12 * * *', 3_600_000, null],
    ['@manually', 9e9, null],
    ['@at 2030-01-01T00:00:00Z', 9e9, null],
  ])('%s with runs of %d ms', (schedule, takes, gap) => {
    expect(overrunOf(aJob({ schedule }), takes, by)).toEqual(gap && { takes, gap });
  });

  it('is none that is disabled, or has a parent', () => {
    expect(overrunOf(aJob({ schedule: '@every 1s', disabled: true }), 9e6, by)).toBeNull();
    expect(overrunOf(aJob({ schedule: '@every 1s', parent_job: 'b' }), 9e6, by)).toBeNull();
  });

  it('is foretold by its concurrency', () => {
    const job = aJob({ schedule: '@every 20s', concurrency: 'forbid' });
    expect(foretold(job, 25_000, by)).toMatchObject({ firings: 100, skipped: 50, atOnce: 1 });
    expect(foretold({ ...job, concurrency: 'allow' }, 65_000, by)).toMatchObject({
      skipped: 0,
      atOnce: 4,
    });
  });

  it('is told in words, and nothing of fewer than five runs', () => {
    const job = aJob({ schedule: '@every 20s', concurrency: 'forbid' });
    const times = { at: now, ends: 5, runs: [25_000, 25_000, 24_000, 26_000, 25_000] };
    expect(toldOf(job, times, by)).toEqual({
      usual: 'usually 25s, p95 26s, 26s at most (of 5 runs)',
      wrong: [
        'its schedule cannot be kept: a run usually takes 25s, and two firings are 20s apart; of 100 firings about 50 are skipped',
      ],
    });
    expect(toldOf(job, times, by, 27_000)?.wrong[0]).toMatch(/longer now than/);
    expect(toldOf(job, { ...times, runs: times.runs.slice(1) }, by)).toBeNull();
    expect(toldOf(job, undefined, by)).toBeNull();
  });
});

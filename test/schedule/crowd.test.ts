import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atOnce } from '../../src/base/steps.ts';
import { calming } from '../../src/schedule/calm.ts';
import {
  type Crowd,
  type CrowdOf,
  countedFor,
  counting,
  dayOf,
  worstOf,
} from '../../src/schedule/crowd.ts';
import { instantFromSeconds, secondsFromInstant } from '../../src/schedule/instant.ts';
import { runsBetween } from '../../src/schedule/next.ts';
import type { AgendaJob } from '../../src/schedule/pattern.ts';
import { sixFields, validSchedule, zone } from './arbitrary.ts';
import { moment, scheduleOf } from './moment.ts';

interface Member extends AgendaJob {
  readonly host: string;
}

const member = (name: string, schedule: string, rest: Partial<Member> = {}): Member => ({
  name,
  schedule,
  timezone: '',
  disabled: false,
  parent_job: '',
  next: '0001-01-01T00:00:00Z',
  last_success: null,
  last_error: null,
  host: '',
  ...rest,
});

const midnight = secondsFromInstant(moment('2026-06-10T00:00:00Z'));
const hour = 3_600;
const theDay = { from: midnight, to: midnight + 24 * hour };
const crowdOf = (members: Member[], of: Partial<CrowdOf> = {}): Crowd =>
  atOnce(counting(members, { ...theDay, ...of }, ({ host }) => host === 'h'));

describe('a crowd', () => {
  const members = [
    ...Array.from({ length: 38 }, (_, at) => member(`c${at}`, '0 0 0 * * *', { host: 'h' })),
    member('x', '@daily'),
    member('y', '0 0 2 * * *', { timezone: 'Europe/Paris' }),
    member('off', '0 0 0 * * *', { disabled: true }),
    member('child', '0 0 0 * * *', { parent_job: 'x' }),
    member('later', '1 0 0 * * *'),
  ];

  it('counts who fires in the same second, and who of them calls the same host', () => {
    const crowd = crowdOf(members);
    expect([crowd.all[0], crowd.sameHost[0], crowd.all[1]]).toEqual([40, 38, 1]);
    const typed = scheduleOf('0 0 */6 * * *');
    expect(worstOf(crowd, typed, theDay)).toEqual({
      second: midnight,
      jobs: 41,
      sameHost: 39,
    });
  });

  it('finds the worst second of a day, the one with more calls to the host where as many fire', () => {
    const two = [
      member('a', '0 0 3 * * *'),
      member('b', '0 0 4 * * *', { host: 'h' }),
      member('c', '0 0 5 * * *'),
    ];
    const worst = worstOf(crowdOf(two), scheduleOf('@hourly'), theDay);
    expect(worst).toEqual({ second: midnight + 4 * hour, jobs: 2, sameHost: 2 });
  });

  it('counts an interval by its phase, once that is known', () => {
    const next = '2026-06-10T00:03:10Z';
    const ran = member('a', '@every 5m', { next, last_success: '2026-06-09T23:58:10Z' });
    const crowd = crowdOf([ran, member('b', '@every 5m', { next })]);
    expect(crowd.all.reduce((sum, count) => sum + count, 0)).toBe(288);
    expect(crowd.all[190]).toBe(1);
    const typed = scheduleOf('@every 10m');
    expect(worstOf(crowd, typed, theDay)).toBeNull();
    const anchor = midnight + 190;
    expect(worstOf(crowd, typed, theDay, anchor)).toMatchObject({ jobs: 2 });
  });

  it('counts as many as have a run then', () => {
    const jobs = fc.array(fc.tuple(validSchedule, zone, fc.boolean()), { maxLength: 12 });
    const start = fc.integer({ min: 1_300_000_000, max: 2_500_000_000 });
    fc.assert(
      fc.property(jobs, start, sixFields, zone, (given, from, spec, timezone) => {
        const of = { from, to: from + 2 * hour };
        const members = given.map(([schedule, zone, calls], at) =>
          member(`j${at}`, schedule, { timezone: zone, host: calls ? 'h' : '' }),
        );
        const crowd = crowdOf(members, of);
        const all = new Map<number, number>();
        const toHost = new Map<number, number>();
        for (const { schedule, timezone: zone, host } of members)
          for (const second of firings(schedule, zone, of)) {
            all.set(second, (all.get(second) ?? 0) + 1);
            if (host === 'h') toHost.set(second, (toHost.get(second) ?? 0) + 1);
          }
        expect(countsOf(crowd.all, from)).toEqual(all);
        expect(countsOf(crowd.sameHost, from)).toEqual(toHost);
        const joined = firings(spec, timezone, of).map((second) => (all.get(second) ?? 0) + 1);
        const worst = worstOf(crowd, scheduleOf(spec, { timezone }), of);
        expect(worst?.jobs ?? Number.NEGATIVE_INFINITY).toBe(Math.max(...joined));
      }),
      { numRuns: 50 },
    );
  });
});

const countsOf = (counts: Uint32Array, from: number): Map<number, number> =>
  new Map([...counts].flatMap((count, at) => (count === 0 ? [] : [[from + at, count] as const])));

/** One run after the other, as Dkron asks for them. */
function firings(spec: string, timezone: string, { from, to }: typeof theDay): number[] {
  const schedule = scheduleOf(spec, { timezone });
  // Without a run of its own nobody knows when an interval fires.
  if (schedule.kind === 'every') return [];
  const runs = runsBetween(schedule, instantFromSeconds(from) - 1n, instantFromSeconds(to) - 1n);
  return runs.map(secondsFromInstant);
}

describe('the day by which a schedule is judged', () => {
  const at = (text: string) => secondsFromInstant(moment(text));
  const now = moment('2026-06-10T08:30:20.5Z');

  it('begins now, or with a first firing that is later', () => {
    const from = at('2026-06-10T08:30:21Z');
    expect(dayOf(scheduleOf('0 0 0 * * *'), now)).toEqual({ from, to: from + 24 * hour });
    expect(dayOf(scheduleOf('0 0 0 1 * *'), now)).toMatchObject({
      from: at('2026-07-01T00:00:00Z'),
    });
    expect(dayOf(scheduleOf('0 0 0 30 2 *'), now)).toBeNull();
    expect(dayOf(scheduleOf('@manually'), now)).toBeNull();
  });

  it('is within what is counted, which is the same for an hour', () => {
    const [from, later] = [at('2026-06-10T08:00:00Z'), at('2026-06-10T08:59:59Z')];
    const counted = { from, to: from + 25 * hour };
    expect(countedFor({ from, to: from + 24 * hour })).toEqual(counted);
    expect(countedFor({ from: later, to: later + 24 * hour })).toEqual(counted);
  });
});

describe('less company', () => {
  const crowded = [
    member('a', '0 0 0 * * *', { host: 'h' }),
    member('b', '0 1 0 * * *'),
    member('c', '0 2 0 * * *'),
    member('d', '30 3 0 * * *'),
    member('m', '0 * * * * *'),
  ];
  const calmFor = (spec: string, members: Member[], context = {}) =>
    atOnce(calming(crowdOf(members), { spec, context, within: theDay }));
  const daily = crowded.slice(0, 4);

  it('is the nearest minute with the fewest others', () => {
    expect(calmFor('0 0 0 * * *', daily).calmest).toMatchObject({
      schedule: '0 4 0 * * *',
      place: { second: midnight + 240, jobs: 1 },
    });
    expect(calmFor('TZ=UTC  0 0 0 * *  MON-FRI', daily).calmest?.schedule).toBe(
      'TZ=UTC  0 4 0 * *  MON-FRI',
    );
    expect(calmFor('@daily', daily).calmest?.schedule).toBe('0 4 0 * * *');
    expect(calmFor('TZ=UTC @daily', daily).calmest?.schedule).toBe('TZ=UTC 0 4 0 * * *');
  });

  it('moves the second of what runs every minute', () => {
    expect(calmFor('0 * * * * *', crowded).calmest?.schedule).toBe('1 * * * * *');
    expect(calmFor('* * * * * *', crowded)).toEqual({ calmest: null, hash: null });
  });

  it('stays in its hour, and moves all minutes together', () => {
    const many = [member('e', '0 45-59 23 * * *'), member('q', '0 */15 * * * *')];
    expect(calmFor('0 59 23 * * *', many).calmest?.schedule).toBe('0 44 23 * * *');
    expect(calmFor('0 */15 * * * *', many).calmest?.schedule).toBe('0 1/15 * * * *');
    expect(calmFor('0 0-59/2 0 * * *', [member('q', '0 * * * * *')]).calmest).toBeNull();
  });

  it('is not looked for where nobody else fires, or where it would mean another clock', () => {
    expect(calmFor('0 10 0 * * *', daily)).toEqual({ calmest: null, hash: null });
    const context = { timezone: 'Asia/Tokyo' };
    expect(calmFor('@daily', daily, context)).toEqual({ calmest: null, hash: null });
    expect(calmFor('@every 5m', daily)).toEqual({ calmest: null, hash: null });
  });

  it('offers ~ where a single number can become one, and this Dkron knows it', () => {
    const context = { name: 'test_job' };
    const hash = { schedule: '0 ~ 0 * * *', effective: '0 18 0 * * *', place: { jobs: 1 } };
    expect(calmFor('0 0 0 * * *', daily, context)).toMatchObject({ hash });
    expect(calmFor('0 * * * * *', crowded, context).hash?.schedule).toBe('~ * * * * *');
    expect(calmFor('0 0 0 * * *', daily).hash).toBeNull();
    expect(calmFor('0 */15 0 * * *', daily, context).hash).toBeNull();
    expect(calmFor('0 0 0 * * *', daily, { ...context, version: '3.2.7' })).toMatchObject({
      calmest: { schedule: '0 4 0 * * *' },
      hash: null,
    });
  });

  it('joins fewer than what is typed', () => {
    fc.assert(
      fc.property(
        fc.array(sixFields, { maxLength: 12 }),
        sixFields,
        zone,
        (given, spec, timezone) => {
          const members = given.map((schedule, at) => member(`j${at}`, schedule));
          const crowd = crowdOf(members);
          const typed = { spec, context: { timezone }, within: theDay };
          const here = worstOf(crowd, scheduleOf(spec, { timezone }), theDay);
          const { calmest } = atOnce(calming(crowd, typed));
          if (calmest === null) return;
          expect(calmest.place.jobs).toBeLessThan(here!.jobs);
          const there = scheduleOf(calmest.schedule, { timezone });
          expect(worstOf(crowd, there, theDay)).toEqual(calmest.place);
        },
      ),
    );
  });
});

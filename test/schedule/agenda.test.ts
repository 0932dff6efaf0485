import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agenda } from '../../src/schedule/agenda.ts';
import { rfc3339FromInstant } from '../../src/schedule/instant.ts';
import { runsBetween } from '../../src/schedule/next.ts';
import type { AgendaJob } from '../../src/schedule/pattern.ts';
import { instant, sixFields, zone } from './arbitrary.ts';
import { moment, scheduleOf } from './moment.ts';

const job = (name: string, schedule: string, rest: Partial<AgendaJob> = {}): AgendaJob => ({
  name,
  schedule,
  timezone: '',
  disabled: false,
  parent_job: '',
  next: '0001-01-01T00:00:00Z',
  last_success: null,
  last_error: null,
  ...rest,
});

const from = moment('2026-06-10T08:00:00Z');
const hour = 3_600_000_000_000n;
const lookAt = (jobs: AgendaJob[], rest = {}) => agenda(jobs, { from, to: from + hour, ...rest });

/** Minutes with firings, as `minute of the stretch: firings`. */
const minutesOf = (jobs: AgendaJob[], rest = {}): Record<number, number> =>
  Object.fromEntries([...lookAt(jobs, rest).firings].map((n, at) => [at, n]).filter(([, n]) => n));

describe('an agenda', () => {
  const jobs = [
    job('b', '0 */30 * * * *'),
    job('a', '0 */30 * * * *'),
    job('c', '0,30 30 * * * *'),
    job('d', '@hourly'),
  ];

  it('counts the firings of every minute over all jobs', () => {
    expect(minutesOf(jobs)).toEqual({ 0: 3, 30: 4 });
    expect(lookAt(jobs)).toMatchObject({ start: from, total: 7 });
  });

  it('lists the busiest minutes first, with their jobs', () => {
    const at = (minute: number) => from + BigInt(minute * 60) * 1_000_000_000n;
    expect(lookAt(jobs).busiest).toEqual([
      {
        minute: at(30),
        firings: 4,
        atOnce: 3,
        host: null,
        jobs: [
          { name: 'a', firings: 1 },
          { name: 'b', firings: 1 },
          { name: 'c', firings: 2 },
        ],
      },
      {
        minute: at(0),
        firings: 3,
        atOnce: 3,
        host: null,
        jobs: ['a', 'b', 'd'].map((name) => ({ name, firings: 1 })),
      },
    ]);
  });

  it('tells the first run of each job, within the stretch or after it', () => {
    const { next } = lookAt([...jobs, job('e', '0 0 0 1 1 *'), job('f', '0 0 0 30 2 *')]);
    expect([...next].map(([name, run]) => [name, rfc3339FromInstant(run)])).toEqual([
      ['b', '2026-06-10T08:00:00Z'],
      ['a', '2026-06-10T08:00:00Z'],
      ['c', '2026-06-10T08:30:00Z'],
      ['d', '2026-06-10T08:00:00Z'],
      ['e', '2027-01-01T00:00:00Z'],
    ]);
  });

  it('tells which host is called most in one second, of a minute and of all', () => {
    const of: Record<string, string> = { a: 'cache', b: 'cache', c: 'gateway' };
    const hostOf = ({ name }: AgendaJob): string => of[name] ?? '';
    const { busiest, hosts } = agenda(jobs, { from, to: from + hour }, { hostOf });
    expect(busiest.map(({ host }) => host)).toEqual([
      { name: 'cache', atOnce: 2 },
      { name: 'cache', atOnce: 2 },
    ]);
    const half = from + 1_800_000_000_000n;
    expect(hosts).toEqual([
      { host: 'cache', firings: 4, atOnce: 2, second: from },
      { host: 'gateway', firings: 2, atOnce: 1, second: half },
    ]);
  });

  it('leaves out what does not fire by the clock', () => {
    const idle = [
      job('a', '@hourly', { disabled: true }),
      job('b', '@hourly', { parent_job: 'a' }),
      job('c', '@manually'),
      job('d', 'nonsense'),
      job('e', '@at 2020-01-01T00:00:00Z'),
      job('f', '0 0 0 30 2 *'),
    ];
    expect(lookAt(idle)).toMatchObject({ total: 0, busiest: [], next: new Map() });
  });

  it('heeds zones, names and the version', () => {
    expect(minutesOf([job('a', '0 5 17 * * *', { timezone: 'Asia/Tokyo' })])).toEqual({ 5: 1 });
    const serverTimezone = 'Asia/Tokyo';
    expect(minutesOf([job('a', '0 5 17 * * *')], { serverTimezone })).toEqual({ 5: 1 });
    expect(minutesOf([job('test_job', '0 ~ * * * *')])).toEqual({ 18: 1 });
    expect(minutesOf([job('test_job', '0 ~ * * * *')], { version: '3.2.7' })).toEqual({});
  });

  it('heeds starts_at, where Dkron does, and expires_at', () => {
    const every15 = (rest: Partial<AgendaJob>) => [job('a', '0 */15 * * * *', rest)];
    const late = { starts_at: '2026-06-10T08:15:00Z' };
    const short = { expires_at: '2026-06-10T08:30:00Z' };
    expect(minutesOf(every15(late))).toEqual({ 15: 1, 30: 1, 45: 1 });
    expect(minutesOf(every15(late), { version: '4.0.8' })).toEqual({ 0: 1, 15: 1, 30: 1, 45: 1 });
    expect(minutesOf(every15(short))).toEqual({ 0: 1, 15: 1 });
    expect(lookAt(every15({ expires_at: '2026-06-10T08:00:00Z' })).next.size).toBe(0);
    expect(minutesOf(every15({ starts_at: '1970-01-01T00:00:00Z' }))).toHaveProperty('0');
  });

  it('counts an interval from the server’s next, if the job has run, else from now', () => {
    const next = '2026-06-10T08:07:10Z';
    const last_success = '2026-06-10T07:47:10Z';
    expect(minutesOf([job('a', '@every 20m', { next, last_success })])).toEqual({
      7: 1,
      27: 1,
      47: 1,
    });
    expect(minutesOf([job('a', '@every 20m', { next })])).toEqual({ 20: 1, 40: 1 });
    const stale = { next: '2026-06-10T07:55:00Z', last_success };
    expect(minutesOf([job('a', '@every 20m', stale)])).toEqual({ 20: 1, 40: 1 });
    const now = moment('2026-06-10T07:50:00Z');
    expect(minutesOf([job('a', '@every 20m')], { now })).toEqual({ 10: 1, 30: 1, 50: 1 });
    expect(lookAt([job('a', '@every 7s')]).total).toBe(514);
  });

  it('counts the two runs of @after', () => {
    expect(minutesOf([job('a', '@at 2026-06-10T08:05:06.5Z')])).toEqual({ 5: 1 });
    expect(minutesOf([job('a', '@after 2026-06-10T08:05:06Z <PT1H')])).toEqual({ 5: 2 });
  });

  it('takes a stretch that begins and ends within a minute', () => {
    const stretch = { from: from + 30_500_000_000n, to: from + 90_000_000_000n };
    const { start, firings } = agenda([job('a', '* * * * * *')], stretch);
    expect(start).toBe(from);
    expect([...firings]).toEqual([29, 30]);
    expect(agenda([job('a', '* * * * * *')], { from, to: from }).total).toBe(0);
  });

  it('finds the second in which a host is called most', () => {
    const calls = fc.array(fc.tuple(sixFields, zone, fc.constantFrom('', 'h', 'i')), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(calls, instant, (given, start) => {
        const to = start + hour;
        const jobs = given.map(([schedule, timezone], at) => job(`${at}`, schedule, { timezone }));
        const hostOf = ({ name }: AgendaJob): string => given[Number(name)]![2];
        const seen = new Map<string, Map<bigint, number>>();
        for (const [schedule, timezone, host] of given)
          for (const run of runsBetween(scheduleOf(schedule, { timezone }), start - 1n, to - 1n)) {
            const seconds = seen.get(host) ?? new Map<bigint, number>();
            seen.set(host, seconds.set(run, (seconds.get(run) ?? 0) + 1));
          }
        seen.delete('');
        const { hosts } = agenda(jobs, { from: start, to }, { hostOf });
        const found = hosts.map(({ host, firings, atOnce, second }) => {
          expect(seen.get(host)?.get(second)).toBe(atOnce);
          return [host, firings, atOnce];
        });
        const wanted = [...seen].map(([host, seconds]) => {
          const counts = [...seconds.values()];
          return [host, counts.reduce((sum, count) => sum + count), Math.max(...counts)];
        });
        expect(found.toSorted()).toEqual(wanted.toSorted());
      }),
      { numRuns: 50 },
    );
  });

  it('counts as many firings as there are runs', () => {
    fc.assert(
      fc.property(sixFields, zone, instant, (schedule, timezone, start) => {
        const to = start + 3n * hour;
        const runs = runsBetween(scheduleOf(schedule, { timezone }), start - 1n, to - 1n);
        expect(agenda([job('a', schedule, { timezone })], { from: start, to }).total).toBe(
          runs.length,
        );
      }),
    );
  });
});

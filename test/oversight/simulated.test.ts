/** An overseer over Dkrons without a network: it is silent while all is well, and names what was lost. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatewayJobs } from '../../src/demo/gateway.ts';
import { createOverseer } from '../../src/oversight/overseer.ts';
import { afterVectors, publicVectors, type Vector } from '../schedule/vectors.ts';
import { type Planned, simulatedDkron } from './simulated-dkron.ts';

const grace = 60_000;
const minute = 60_000;
const hour = 60 * minute;

type Dkron = ReturnType<typeof simulatedDkron>;

/** Looks at it, and notes all that is ever said of a job. */
function watching(dkron: Dkron, version = '4.1.2') {
  const overseer = createOverseer({ grace, serverZone: 'UTC' });
  const said = new Map<string, string>();
  let asked = 0;
  let leader = 'n1';
  return {
    said,
    asked: () => asked,
    leads: (name: string) => (leader = name),
    news: overseer.news,
    look(now: number): void {
      const nodes = [{ server: 'true', region: 'global', dc: 'dc1' }];
      const busy = dkron.busy();
      overseer.saw({ jobs: dkron.table(), fresh: null, busy, at: now, leader, version, nodes });
      for (let next = overseer.work(now, 1_000); next !== null && next <= now; )
        next = overseer.work(now, 1_000);
      for (const [name, { state, at }] of overseer.troubles())
        said.set(`${name} ${state} ${new Date(at).toISOString()}`, new Date(now).toISOString());
      const suspect = overseer.suspect();
      if (suspect === null) return;
      asked++;
      overseer.told(suspect, [], now);
    },
  };
}

/** Looks every two seconds where something happens, and for a while after it; else every minute. */
function watch(
  dkron: Dkron,
  on: ReturnType<typeof watching>,
  from: number,
  to: number,
  every = 2_000,
) {
  let now = from;
  let busyUntil = 0;
  while (now < to) {
    dkron.advance(now);
    on.look(now);
    const soonest = dkron.soonest();
    if (soonest <= now + minute) busyUntil = now + every;
    now =
      soonest > now + minute && now >= busyUntil + grace
        ? Math.min(to, soonest, now + hour)
        : now + every;
  }
  dkron.advance(to);
  on.look(to);
}

describe('nothing is ever said', () => {
  it('of the jobs of the demo in 24 hours, and no executions are read', () => {
    const start = Date.UTC(2026, 10, 21, 14, 31, 29);
    const jobs = gatewayJobs.map(
      ({ name, schedule, timezone, extra, fate, action }): Planned => ({
        job: {
          name,
          schedule,
          timezone,
          disabled: extra.has('disabled'),
          parent_job: extra.get('parent') ?? '',
          concurrency: extra.has('forbid') ? 'forbid' : 'allow',
          expires_at: extra.get('expires') ?? null,
        },
        takes: action === '' ? 40_000 : fate === 'lengthy' ? 9_000 : 350,
      }),
    );
    const dkron = simulatedDkron(start, jobs);
    const on = watching(dkron);
    watch(dkron, on, start, start + 24 * hour, 7_000);
    expect([...on.said]).toEqual([]);
    expect(on.asked()).toBe(0);
    expect(on.news()).toEqual([]);
  });

  /** Each with its zone, from just before its first runs: clock changes of all kinds are among them. */
  it.each<[string, readonly Vector[]]>([
    ['vectors', publicVectors],
    ['vectors of @after', afterVectors],
  ])('of all %s', (_, vectors) => {
    const wrong: unknown[] = [];
    let runs = 0;
    for (const { schedule, name, timezone, from, valid, next } of vectors) {
      if (!valid) continue;
      const start = Date.parse(from);
      const dkron = simulatedDkron(start, [{ job: { name, schedule, timezone }, takes: 700 }]);
      const on = watching(dkron);
      on.look(start + 1);
      for (const run of next.slice(0, 4).map((text) => Date.parse(text)))
        for (const after of [900, 2_900, 4_900, 61_000, 63_000]) {
          dkron.advance(run + after);
          on.look(run + after);
        }
      runs += dkron.table().rows[0]!.success_count;
      if (on.said.size > 0 || on.news().length > 0)
        wrong.push([schedule, timezone, from, [...on.said]]);
    }
    expect(wrong).toEqual([]);
    expect(runs).toBeGreaterThan(vectors.length / 3);
  });

  const schedules = fc.constantFrom<string[]>(
    '*/5 * * * * *',
    '*/20 * * * * *',
    '0 */2 * * * *',
    '15 30 * * * *',
    '0 30 2 * * *',
    '@every 7s',
    '@every 3m',
    '@hourly',
    '@manually',
    '@at 2026-10-25T01:30:00Z',
  );
  const zones = fc.constantFrom<string[]>(
    '',
    'Europe/Paris',
    'America/New_York',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
  );
  const jobs = fc.array(
    fc.record({
      schedule: schedules,
      timezone: zones,
      takes: fc.constantFrom<number[]>(10, 900, 3_000),
      window: fc.constantFrom<object[]>(
        {},
        { starts_at: '2026-10-25T00:20:30Z' },
        { expires_at: '2026-10-25T01:05:00Z' },
      ),
    }),
    { minLength: 1, maxLength: 6 },
  );

  /** Its phase begins anew with the save: its next firing would come when it has expired. */
  const savedBeforeItExpires = {
    job: {
      schedule: '@every 3m',
      timezone: '',
      takes: 10,
      window: { expires_at: '2026-10-25T01:05:00Z' },
    },
    save: { at: 3_120, which: 0, fields: {} },
  };

  it('whatever is saved, disabled for a while, enabled again and moved to another zone', () => {
    fc.assert(
      fc.property(
        jobs,
        fc.array(
          fc.record({
            at: fc.nat({ max: 7_200 }),
            which: fc.nat({ max: 5 }),
            fields: fc.oneof(
              fc.constantFrom<object>({}, { disabled: true }, { disabled: false }),
              zones.map((timezone) => ({ timezone })),
              schedules.map((schedule) => ({ schedule })),
            ),
          }),
          { maxLength: 8 },
        ),
        fc.constantFrom(2_000, 3_100, 30_000),
        (all, edits, every) => {
          // The night of a clock change.
          const start = Date.UTC(2026, 9, 25, 0, 10, 0);
          const dkron = simulatedDkron(
            start,
            all.map(({ schedule, timezone, takes, window }, at) => ({
              job: { name: `j${at}`, schedule, timezone, ...window },
              takes,
            })),
          );
          const on = watching(dkron);
          let now = start;
          for (const { at, which, fields } of edits.toSorted((a, b) => a.at - b.at)) {
            watch(dkron, on, now, start + at * 1_000, every);
            now = Math.max(now, start + at * 1_000);
            if (which < all.length) dkron.save(`j${which}`, fields, now);
          }
          watch(dkron, on, now, start + 2 * hour + 5 * minute, every);
          const sure = [...on.said.keys()].filter((text) => !text.includes(' overdue '));
          expect(sure).toEqual([]);
          expect(on.news()).toEqual([]);
        },
      ),
      { numRuns: 60, examples: [[[savedBeforeItExpires.job], [savedBeforeItExpires.save], 2_000]] },
    );
  });
});

describe('what a leader that is lost lets go by', () => {
  it('is named by its first instant, of each job that was due', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '*/10 * * * * *',
            '*/20 * * * * *',
            '0 * * * * *',
            '0 */5 * * * *',
            '30 2,7 * * * *',
          ),
          { minLength: 1, maxLength: 5 },
        ),
        fc.integer({ min: 61, max: 400 }),
        fc.integer({ min: 4, max: 90 }),
        fc.constantFrom(2_000, 2_600),
        (schedules, goes, away, every) => {
          const start = Date.UTC(2026, 10, 21, 14, 0, 1);
          const dkron = simulatedDkron(
            start,
            schedules.map((schedule, at) => ({ job: { name: `j${at}`, schedule }, takes: 300 })),
          );
          const on = watching(dkron);
          const [left, back] = [start + goes * 1_000 + 500, start + (goes + away) * 1_000 + 500];
          watch(dkron, on, start, left, every);
          dkron.leave();
          watch(dkron, on, left, back, every);
          dkron.lead(back);
          on.leads('n2');
          watch(dkron, on, back, back + 10 * minute, every);
          const first = new Map<string, number>();
          for (const { name, at } of dkron.lost) if (!first.has(name)) first.set(name, at);
          const found = [...on.said.keys()]
            .map((text) => text.split(' '))
            .map(([name, , at]) => `${name} ${at}`);
          const lost = new Set(
            dkron.lost.map(({ name, at }) => `${name} ${new Date(at).toISOString()}`),
          );
          expect(found.filter((one) => !lost.has(one))).toEqual([]);
          for (const [name, at] of first)
            if (isSeen(at, back)) expect(found).toContain(`${name} ${new Date(at).toISOString()}`);
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** It was owed for long enough before the new leader could fire its job again. */
const isSeen = (at: number, back: number): boolean => back >= at + 6_000;

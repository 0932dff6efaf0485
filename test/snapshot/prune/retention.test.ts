import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationText } from '../../../src/snapshot/prune/duration.ts';
import { policyOf, type Rule, type Words } from '../../../src/snapshot/prune/policy.ts';
import { retention } from '../../../src/snapshot/prune/retention.ts';
import { keptOf, type Spans } from './oracle.ts';

interface Case {
  /** Rules as restic's program calls them: `withinDaily`. */
  readonly policy: Readonly<Record<string, string | number>>;
  readonly kept: readonly (readonly string[])[];
}

const data = JSON.parse(
  readFileSync(new URL('../../data/restic-policies.json', import.meta.url), 'utf8'),
) as { readonly times: readonly string[]; readonly cases: readonly Case[] };

const called = (rule: Rule): string => `--keep-${rule}`;
const kebab = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

describe('restic’s own cases', () => {
  const entries = data.times.map((time) => ({ taken: Date.parse(time) }));
  const short = (time: string): string => new Date(time).toISOString();

  it.each(data.cases)('$policy', ({ policy, kept }) => {
    const words: Words = Object.fromEntries(
      Object.entries(policy).map(([name, value]) => [kebab(name), value]),
    );
    const judged = retention(entries, policyOf(words, called), Date.now());
    expect(judged).toHaveLength(entries.length);
    expect(
      judged
        .filter(({ reasons }) => reasons.length > 0)
        .map(({ entry, reasons }) => [new Date(entry.taken).toISOString(), ...reasons]),
    ).toEqual(kept.map(([time = '', ...reasons]) => [short(time), ...reasons]));
  });
});

/** A night of many, a daily one for weeks, years of monthly ones, and all of that in one. */
const minute = 60_000;
const times = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: 6 * 366 * 24 * 60 }),
      step: fc.constantFrom(0, 1, 7, 60, 1440, 10_080, 43_200),
      count: fc.integer({ min: 1, max: 12 }),
    }),
    { maxLength: 6 },
  )
  .map((runs) =>
    runs.flatMap(({ at, step, count }) =>
      Array.from(
        { length: count },
        (_, nth) => Date.UTC(2020, 11, 20) + (at + nth * step) * minute,
      ),
    ),
  );
const count = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(0, 1, 2, -1));
const spans = fc.record({
  y: fc.integer({ min: 0, max: 2 }),
  m: fc.integer({ min: 0, max: 14 }),
  d: fc.integer({ min: 0, max: 40 }),
  h: fc.integer({ min: 0, max: 30 }),
});
const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 1 });
const counts = fc.record({
  last: some(count),
  hourly: some(count),
  daily: some(count),
  weekly: some(count),
  monthly: some(count),
  yearly: some(count),
});
const within = fc.record({
  within: some(spans),
  'within-hourly': some(spans),
  'within-daily': some(spans),
  'within-weekly': some(spans),
  'within-monthly': some(spans),
  'within-yearly': some(spans),
});

const written = ({ y, m, d, h }: Spans): string =>
  durationText({ years: y, months: m, days: d, hours: h }) || '0d';

const asked = (numbers: Record<string, number | null>, lengths: Record<string, Spans | null>) =>
  policyOf(
    Object.fromEntries([
      ...Object.entries(numbers).filter(([, value]) => value !== null),
      ...Object.entries(lengths).flatMap(([rule, value]) =>
        value === null ? [] : [[rule, written(value)]],
      ),
    ]) as Words,
    called,
  );

describe('of any history, by any policy', () => {
  it('what stays is what restic’s manual says', () => {
    fc.assert(
      fc.property(times, counts, within, fc.nat(6 * 366), (taken, numbers, lengths, day) => {
        // Some of the histories reach into the future.
        const now = Date.UTC(2020, 11, 20) + day * 1440 * minute;
        const judged = retention(
          taken.map((at) => ({ taken: at })),
          asked(numbers, lengths),
          now,
        );
        const stay = judged.flatMap(({ reasons }, at) => (reasons.length > 0 ? [at] : []));
        const newestFirst = judged.map(({ entry }) => entry.taken);
        expect(newestFirst).toEqual(taken.toSorted((a, b) => b - a));
        const oracle = keptOf(
          newestFirst,
          {
            counts: Object.fromEntries(
              Object.entries(numbers).map(([rule, value]) => [rule, value ?? 0]),
            ),
            within: lengths,
          },
          now,
        );
        expect(stay).toEqual([...oracle].sort((a, b) => a - b));
      }),
      { numRuns: 3000 },
    );
  });

  it('nothing goes because time passed', () => {
    fc.assert(
      fc.property(times, counts, within, (taken, numbers, lengths) => {
        const entries = taken.map((at) => ({ taken: at }));
        const policy = asked(numbers, lengths);
        const soon = Math.max(0, ...taken) + 1;
        expect(retention(entries, policy, soon + 1e12)).toEqual(retention(entries, policy, soon));
      }),
    );
  });

  it('of what was thinned out by count rules the same rules remove no more', () => {
    fc.assert(
      fc.property(times, counts, (taken, numbers) => {
        const policy = asked(numbers, {});
        const first = retention(
          taken.map((at) => ({ taken: at })),
          policy,
          Number.MAX_SAFE_INTEGER,
        ).filter(({ reasons }) => reasons.length > 0);
        const again = retention(
          first.map(({ entry }) => entry),
          policy,
          Number.MAX_SAFE_INTEGER,
        );
        expect(again.every(({ reasons }) => reasons.length > 0)).toBe(true);
      }),
    );
  });
});

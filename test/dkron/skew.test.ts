import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { skewAfter } from '../../src/dkron/skew.ts';

const noon = Date.parse('2026-11-21T12:00:00Z');
const date = 'Sat, 21 Nov 2026 12:00:00 GMT';
/** An answer that says noon, sent for and come so many ms after noon by this machine's clock. */
const answered = (
  [sent, came]: readonly [number, number],
  known = 0,
  headers: Record<string, string | string[] | undefined> = { date },
): number => skewAfter(known, headers, { sent: noon + sent, came: noon + came });

describe('the skew after an answer', () => {
  it.each<[string, readonly [number, number], number, number]>([
    ['is none where the clocks agree', [400, 500], 0, 0],
    ['is none in the second that is cut off', [900, 920], 0, 0],
    ['is what this machine is ahead', [900_500, 900_600], 0, 899_500],
    ['is so, too, where the answer came in no time', [900_500, 900_500], 0, 899_500],
    ['is below 0 where this machine is behind', [-900_000, -899_500], 0, -899_500],
    ['is none where a slow answer explains it', [-1_000, 70_000], 0, 0],
    ['stays where a slow answer can mean the same', [880_000, 950_000], 899_900, 899_900],
    ['is nothing any more when the clock was set right', [100, 120], 899_900, 120],
    ['changes sides', [-900_000, -899_500], 899_900, -899_500],
    ['stays where the clock was set back in mid-request', [5_000, 4_000], 7, 7],
  ])('%s', (_, times, known, expected) => {
    expect(answered(times, known)).toBe(expected);
  });

  it.each<[string, Record<string, string | string[] | undefined>]>([
    ['has no date', {}],
    ['has no date that can be read', { date: 'yesterday' }],
    ['has a number for its date', { date: '1' }],
    ['has two dates', { date: [date, date] }],
    ['was kept by a cache', { date, age: '900' }],
    ['was kept by a cache for no time', { date, age: '0' }],
    ['was kept by nginx', { date, 'x-cache-status': 'HIT' }],
    ['was kept by a cache that says so as RFC 9211 does', { date, 'cache-status': 'edge; hit' }],
  ])('stays when it %s', (_, headers) => {
    expect(answered([900_000, 900_010], 42, headers)).toBe(42);
  });

  it('is told by what passed a cache that did not have it', () => {
    const headers = { date, 'x-cache': 'MISS from edge', 'cache-control': 'no-cache' };
    expect(answered([900_500, 900_600], 0, headers)).toBe(899_500);
  });

  it('is right to a second and the time of a request, and never more than it is', () => {
    const ms = fc.integer({ min: -1e11, max: 1e11 });
    fc.assert(
      fc.property(ms, fc.nat(999), fc.nat(60_000), fc.nat(60_000), (skew, rest, there, back) => {
        const sent = skew + rest - there;
        const found = answered([sent, skew + rest + back]);
        expect(Math.abs(skew - found)).toBeLessThanOrEqual(1_000 + there + back);
        expect(Math.abs(found)).toBeLessThanOrEqual(Math.abs(skew));
      }),
    );
  });
});

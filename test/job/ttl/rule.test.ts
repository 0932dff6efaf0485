import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { mostOf, verdictOf } from '../../../src/job/ttl/rule.ts';

it.each([
  // Twice within the soft TTL, to the second.
  [600, 1200, null, 'fits'],
  [601, 1200, null, 'soft'],
  [600, 1200, 1300, 'fits'],
  [601, 1200, 1300, 'soft'],
  // A hard TTL twice as long leaves time for another run.
  [601, 1200, 2399, 'soft'],
  [601, 1200, 2400, 'fits'],
  [2400, 1200, 2400, 'fits'],
  [2401, 1200, 2400, 'hard'],
  // Longer than anything is kept.
  [1300, 1200, 1300, 'soft'],
  [1301, 1200, 1300, 'hard'],
  // One of them alone.
  [9_999_999, null, null, 'fits'],
  [1200, null, 1200, 'fits'],
  [1201, null, 1200, 'hard'],
  // A hard TTL below the soft one.
  [300, 600, 300, 'fits'],
  [301, 900, 300, 'hard'],
  [1, 1, null, 'soft'],
  [1, 2, null, 'fits'],
])('every %i s with a soft TTL of %s and a hard one of %s: %s', (period, soft, hard, verdict) => {
  expect(verdictOf(period, { soft, hard })).toBe(verdict);
});

test('the longest period that fits fits, and no longer one does', () => {
  const ttl = fc.option(fc.integer({ min: 2, max: 100_000 }));
  fc.assert(
    fc.property(ttl, ttl, (soft, hard) => {
      const most = mostOf({ soft, hard });
      if (most === null) expect(verdictOf(1e9, { soft, hard })).toBe('fits');
      else {
        expect(verdictOf(most, { soft, hard })).toBe('fits');
        expect(verdictOf(most + 0.5, { soft, hard })).not.toBe('fits');
      }
    }),
  );
});

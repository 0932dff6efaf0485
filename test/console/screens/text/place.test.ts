import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lineAfter } from '../../../../src/console/screens/text/place.ts';

it.each([
  ['a b c', 'a b c', 1, 1],
  // Lines before it, and between.
  ['b c', 'a b x c', 1, 3],
  // The same line again: the first one that can be meant.
  ['t t', 'a t t t', 1, 2],
  // Half a line was told.
  ['a half c', 'a halfway c', 1, 0],
  ['half c', 'halfway c', 0, 0],
  // The beginning was cut.
  ['a b', 'c d', 1, 0],
  ['', '', 0, 0],
])('of %j in %j line %d is line %d', (before, after, at, line) => {
  expect(lineAfter(before.split(' '), after.split(' '), at)).toBe(line);
});

it('is the same line wherever only some are missing', () => {
  const lines = fc.array(fc.record({ text: fc.constantFrom('a', 'b', 'c'), told: fc.boolean() }));
  fc.assert(
    fc.property(lines, fc.nat(), (all, seed) => {
      const before = all.filter(({ told }) => told).map(({ text }) => text);
      if (before.length === 0) return;
      const at = seed % before.length;
      const after = all.map(({ text }) => text);
      const found = lineAfter(before, after, at);
      expect(after[found]).toBe(before[at]);
      expect(found).toBeGreaterThanOrEqual(at);
    }),
  );
});

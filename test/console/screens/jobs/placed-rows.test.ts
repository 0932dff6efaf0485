import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placedRows } from '../../../../src/console/screens/jobs/placed-rows.ts';

const lists = fc
  .uniqueArray(fc.string(), { maxLength: 60 })
  .chain((names) => fc.tuple(fc.constant(names), fc.shuffledSubarray([...names.keys()])));
const anywhere = fc.integer({ min: -70, max: 70 });

const rowsOf = (names: readonly string[], places: readonly number[]) =>
  placedRows(Uint32Array.from(places), names, new Map(names.map((name, place) => [name, place])));

test('the keys are those of an array', () => {
  fc.assert(
    fc.property(lists, anywhere, anywhere, ([names, places], from, to) => {
      const { keys } = rowsOf(names, places);
      const plainly = places.map((place) => names[place]!);
      expect([...keys]).toEqual(plainly);
      expect(keys.length).toBe(plainly.length);
      expect(keys.at(from)).toBe(plainly.at(from));
      expect(keys.slice(from, to)).toEqual(plainly.slice(from, to));
      expect(keys.slice(from)).toEqual(plainly.slice(from));
      expect(keys.slice()).toEqual(plainly);
    }),
  );
});

test('the row of a name is known, however many are asked for, and none of a name that is not shown', () => {
  fc.assert(
    fc.property(lists, ([names, places]) => {
      const { index } = rowsOf(names, places);
      for (const [place, name] of [...names.entries(), ...names.entries()]) {
        const row = places.indexOf(place);
        expect(index.get(name)).toBe(row < 0 ? undefined : row);
        expect(index.has(name)).toBe(row >= 0);
      }
      expect(index.get(`${names.join('')}!`)).toBeUndefined();
    }),
  );
});

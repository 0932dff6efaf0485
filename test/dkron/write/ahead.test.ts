import { expect, test } from 'vitest';
import { Ahead } from '../../../src/dkron/write/ahead.ts';

const noted = (names: readonly string[]) => {
  const time = { at: 1_000 };
  const ahead = new Ahead({ now: () => time.at });
  ahead.note(new Map(names.map((name) => [name, null])));
  return { ahead, time };
};

test('what was noted is taken once', () => {
  const { ahead } = noted(['a', 'b', 'c']);
  expect(ahead.take(['a', 'b'])).toEqual(
    new Map([
      ['a', null],
      ['b', null],
    ]),
  );
  expect(ahead.take(['c'])).toBeNull();
});

test('all of it or none', () => {
  const { ahead } = noted(['a']);
  expect(ahead.take(['a', 'b'])).toBeNull();
  expect(ahead.take(['a'])).toBeNull();
});

test.each([
  [250, true],
  [251, false],
])('after %s ms it is fresh: %s', (later, isFresh) => {
  const { ahead, time } = noted(['a']);
  time.at += later;
  expect(ahead.take(['a']) !== null).toBe(isFresh);
});

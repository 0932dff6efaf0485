import { expect, it } from 'vitest';
import { andMore, counted } from '../../src/base/counted.ts';

it.each([
  [counted(0), '0 jobs'],
  [counted(1), '1 job'],
  [counted(2), '2 jobs'],
  [counted(1, 'more line'), '1 more line'],
  [counted(3, 'retry', 'retries'), '3 retries'],
  [andMore([], 2), ''],
  [andMore(['a', 'b'], 2), 'a, b'],
  [andMore(['a', 'b', 'c'], 2), 'a, b and 1 more'],
])('%s', (words, expected) => {
  expect(words).toBe(expected);
});

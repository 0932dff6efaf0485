import { expect, it } from 'vitest';
import { counted } from '../../src/base/counted.ts';

it.each([
  [counted(0), '0 jobs'],
  [counted(1), '1 job'],
  [counted(2), '2 jobs'],
  [counted(1, 'more line'), '1 more line'],
  [counted(3, 'retry', 'retries'), '3 retries'],
])('%s', (words, expected) => {
  expect(words).toBe(expected);
});

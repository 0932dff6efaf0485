import { expect, test } from 'vitest';
import { hasWords, holdersOf, wordsAhead } from '../../../../src/console/screens/jobs/words.ts';
import { jobsByName } from '../../../support/jobs.ts';

const count = 20_000;
const listed = () => jobsByName(Array.from({ length: count }, (_, at) => ({ name: `job-${at}` })));

test('the names of many jobs are made ready a slice at a time, and are then those that are found', () => {
  const [sliced, whole] = [listed(), listed()];
  let slices = 1;
  while (!wordsAhead(sliced, () => true)) slices++;
  expect(slices).toBeGreaterThan(2);
  expect(hasWords(sliced)).toBe(true);
  expect(hasWords(whole)).toBe(false);
  for (const word of ['9', '99', 'job-1999', 'none'])
    expect(holdersOf(word, sliced)).toEqual(holdersOf(word, whole));
  expect(holdersOf('19999', sliced).indexOf(1)).toBe(sliced.places.get('job-19999'));
});

test('another list begins anew, and a letter that does not wait makes all of it', () => {
  const [left, wanted] = [listed(), listed()];
  expect(wordsAhead(left, () => true)).toBe(false);
  expect(wordsAhead(wanted, () => true)).toBe(false);
  expect(holdersOf('19999', wanted).filter((held) => held === 1)).toHaveLength(1);
  expect(wordsAhead(wanted, () => true)).toBe(true);
  expect(hasWords(left)).toBe(false);
});

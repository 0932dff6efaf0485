import { expect, it } from 'vitest';
import { memoOf, stepsOnce } from '../../src/base/memo-of.ts';
import { atOnce } from '../../src/base/steps.ts';

it('what is remembered of each object is asked for once, also where there is nothing to tell', () => {
  let computed = 0;
  const known = memoOf(({ value }: { value: number | undefined }) => {
    computed += 1;
    return value;
  });
  const [one, none] = [{ value: 1 }, { value: undefined }];
  expect([known(one), known(none), known(one), known(none)]).toEqual([1, undefined, 1, undefined]);
  expect(computed).toBe(2);
});

it('what is worked out in steps is remembered once they are over', () => {
  let computed = 0;
  const known = stepsOnce(function* (_: object) {
    yield;
    computed += 1;
    return undefined;
  });
  const one = {};
  const givenUp = known(one);
  givenUp.next();
  expect(computed).toBe(0);
  expect([atOnce(known(one)), atOnce(known(one)), atOnce(known({}))]).toEqual(
    Array(3).fill(undefined),
  );
  expect(computed).toBe(2);
});

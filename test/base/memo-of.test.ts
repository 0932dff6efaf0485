import { expect, it } from 'vitest';
import { memoOf } from '../../src/base/memo-of.ts';

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

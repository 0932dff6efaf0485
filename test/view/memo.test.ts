import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoEach } from '../../src/view/memo.ts';

describe('what is remembered for each key', () => {
  it('is what would be computed anew', () => {
    const asked = fc.array(fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 2 }), fc.nat({ max: 2 })));
    fc.assert(
      fc.property(asked, fc.integer({ min: 1, max: 5 }), (asks, atLeast) => {
        const sum = memoEach(atLeast, (a: number, b: number) => [a, b]);
        for (const [key, a, b] of asks) expect(sum(key, a, b)).toEqual([a, b]);
      }),
    );
  });

  it('is the very same as long as so many others were asked for at most', () => {
    let computed = 0;
    const known = memoEach(3, (value: string) => {
      computed += 1;
      return { value };
    });
    const first = known('a', 'x');
    for (const key of ['b', 'c']) known(key, 'x');
    expect(known('a', 'x')).toBe(first);
    expect(computed).toBe(3);
    expect(known('a', 'y')).not.toBe(first);
  });

  it('does not grow with all that was ever asked for', () => {
    let computed = 0;
    const known = memoEach(3, (value: number) => {
      computed += 1;
      return value;
    });
    for (let key = 0; key < 100; key++) known(key, key);
    known(0, 0);
    expect(computed).toBe(101);
  });
});

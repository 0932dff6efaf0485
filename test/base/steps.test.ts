import { expect, it } from 'vitest';
import { forEachBelow } from '../../src/base/steps.ts';

it.each([0, 1, 8_191, 8_192, 8_193, 50_000])(
  'does each of %d once, in order, in steps',
  (count) => {
    const done: number[] = [];
    const longest: number[] = [0];
    let before = 0;
    for (const _ of forEachBelow(count, (at) => done.push(at))) {
      longest.push(done.length - before);
      before = done.length;
    }
    expect(done).toEqual([...Array(count).keys()]);
    expect(Math.max(...longest, count - before)).toBeLessThanOrEqual(8_192);
  },
);

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Queue } from '../../src/demo/queue.ts';

test('takes out what is due, earliest first, and leaves the rest', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt(-50n, 50n)), fc.bigInt(-60n, 60n), (times, now) => {
      const queue = new Queue<bigint>();
      for (const time of times) queue.add(time, time);
      const sorted = times.toSorted((a, b) => Number(a - b));
      expect(queue.earliest()).toBe(sorted[0]);
      expect(queue.takeUntil(now)).toEqual(sorted.filter((time) => time <= now));
      expect(queue.takeUntil(100n)).toEqual(sorted.filter((time) => time > now));
      expect(queue.earliest()).toBeUndefined();
    }),
  );
});

import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/demo/random.ts';
import { slowOf, takesNow } from '../../../src/job/run-times/slow.ts';
import { runOf, usualOf } from '../../../src/job/run-times/times.ts';

const random = new Random('run times');
const normal = (): number =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());

/** Runs of a job that stays as it is, by what they scatter like. */
const stationary: Readonly<Record<string, () => number>> = {
  evenly: () => 2_000 * (1 + 0.1 * normal()),
  widely: () => Math.max(1, 2_000 * (1 + 0.25 * normal())),
  'with a long tail': () => 2_000 * Math.exp(0.3 * normal()),
  'with a very long tail': () => 2_000 * Math.exp(0.6 * normal()),
  'now and then five times as long': () =>
    (random.next() < 0.1 ? 5 : 1) * 2_000 * (1 + 0.1 * normal()),
  'between nothing and 4s': () => 4_000 * random.next(),
};

const series = (length: number, took: () => number): number[] =>
  Array.from({ length }, () => Math.round(took()));

describe('a job that stays as it is', () => {
  it.each(Object.keys(stationary))(
    'is called slow in one of a thousand series at most, however it scatters: %s',
    (name) => {
      for (const length of [12, 20, 30]) {
        const all = Array.from({ length: 1_000 }, () => series(length, stationary[name]!));
        expect(all.filter((runs) => slowOf({ runs }) !== null).length).toBeLessThanOrEqual(1);
      }
    },
  );
});

describe('a job that takes twice as long', () => {
  it('is called slow with the third such run, and as long as the runs before are known', () => {
    const runs = [...series(20, stationary['evenly']!), 4_100, 4_200];
    expect(slowOf({ runs })).toBeNull();
    expect(slowOf({ runs: [...runs, 4_000] })).toMatchObject({ runs: 3, now: 4_100 });
    expect(slowOf({ runs: [...runs, ...Array(12).fill(4_150)] })).toMatchObject({ runs: 14 });
    expect(slowOf({ runs: Array(30).fill(4_150) })).toBeNull();
  });

  it('is as usual again with the first run that is', () => {
    expect(slowOf({ runs: [...Array(20).fill(2_000), 4_100, 4_200, 4_000, 2_100] })).toBeNull();
  });

  it('is not told apart by what failed, nor by less than a tenth of a second', () => {
    const failed = [1, 2, 3].map(() => runOf(9_000, false));
    expect(slowOf({ runs: [...Array(20).fill(2_000), ...failed] })).toBeNull();
    expect(slowOf({ runs: [...Array(20).fill(4), 60, 70, 60] })).toBeNull();
  });

  it('takes by now what its last runs did', () => {
    const times = { at: 0, ends: 0, runs: [...Array(20).fill(2_000), 4_100, 4_200, 4_000] };
    expect(takesNow(times)).toBe(4_100);
    expect(takesNow({ ...times, runs: Array(20).fill(2_000) })).toBe(2_000);
  });
});

describe('what is usual', () => {
  it('is not told of fewer than five runs that went well', () => {
    const failed = runOf(30_000, false);
    expect(usualOf({ runs: [1, 2, 3, 4, failed, failed] })).toBeNull();
    expect(usualOf({ runs: [1, 2, 3, 4, 5, failed] })).toEqual({
      median: 3,
      p95: 5,
      longest: 30_000,
      count: 5,
    });
  });
});

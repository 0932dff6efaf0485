import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffJobs, sameDefinition } from '../../src/job/compare.ts';
import { mergeJobs, valueAt, withValue } from '../../src/job/merge.ts';
import { aJob } from '../support/jobs.ts';

describe('mergeJobs', () => {
  const base = aJob({ tags: { dc: 'eu' }, executor_config: { url: 'http://a', body: '{}' } });

  it('keeps both sides where they changed different values', () => {
    const mine = { ...base, executor_config: { url: 'http://a', body: '[]' }, retries: 2 };
    const theirs = { ...base, executor_config: { url: 'http://b', body: '{}' }, disabled: true };
    const { merged, collisions } = mergeJobs(base, mine, theirs);
    expect(collisions).toEqual([]);
    expect(merged).toEqual({
      ...base,
      executor_config: { url: 'http://b', body: '[]' },
      retries: 2,
      disabled: true,
    });
  });

  it('names what both sides changed to different ends', () => {
    const mine = { ...base, schedule: '@daily', retries: 1 };
    const theirs = { ...base, schedule: '@hourly', retries: 1 };
    const { collisions } = mergeJobs(base, mine, theirs);
    expect(collisions).toEqual([
      { keys: ['schedule'], path: 'schedule', before: '@hourly', after: '@daily' },
    ]);
  });

  it('takes away what one side took away', () => {
    const { merged, collisions } = mergeJobs(
      base,
      { ...base, tags: null },
      { ...base, retries: 1 },
    );
    expect(collisions).toEqual([]);
    expect(merged.tags).toEqual({});
    expect(merged.retries).toBe(1);
  });

  it('keeps what the server counts as it is now', () => {
    const theirs = { ...base, success_count: 7 };
    expect(mergeJobs(base, { ...base, retries: 1 }, theirs).merged.success_count).toBe(7);
  });

  const maps = fc.option(
    fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), fc.constantFrom('1', '2')),
    {
      nil: null,
    },
  );
  const jobs = fc
    .record({
      tags: maps,
      retries: fc.nat(2),
      processors: fc.dictionary(
        fc.constantFrom('log', 'file'),
        fc.dictionary(fc.constantFrom('forward', 'dir'), fc.constantFrom('1', '2')),
      ),
    })
    .map(aJob);

  it('makes what the one side wants when the other changed nothing', () => {
    fc.assert(
      fc.property(jobs, jobs, (one, other) => {
        expect(diffJobs(mergeJobs(one, other, one).merged, other)).toEqual([]);
        expect(diffJobs(mergeJobs(one, one, other).merged, other)).toEqual([]);
      }),
    );
  });

  it('comes to the same from both sides unless they collide', () => {
    fc.assert(
      fc.property(jobs, jobs, jobs, (one, mine, theirs) => {
        const merge = mergeJobs(one, mine, theirs);
        const other = mergeJobs(one, theirs, mine);
        expect(merge.collisions).toHaveLength(other.collisions.length);
        if (merge.collisions.length === 0)
          expect(sameDefinition(merge.merged, other.merged)).toBe(true);
      }),
    );
  });
});

describe('one value of a job', () => {
  const job = aJob({ tags: { a: '1', b: '2' } });

  it('is read, changed in its place, added or taken away', () => {
    expect(valueAt(job, ['tags', 'b'])).toBe('2');
    expect(valueAt(job, ['tags', 'c'])).toBeUndefined();
    expect(valueAt(job, ['metadata', 'c'])).toBeUndefined();
    expect(valueAt(job, [])).toBe(job);
    const tags = (keys: string[], value: unknown) =>
      Object.entries(withValue(job, keys, value).tags!);
    expect(tags(['tags', 'a'], '3')).toEqual([
      ['a', '3'],
      ['b', '2'],
    ]);
    expect(tags(['tags', 'c'], '3')).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
    ]);
    expect(tags(['tags', 'a'], undefined)).toEqual([['b', '2']]);
    expect(tags(['tags', 'c'], undefined)).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
    expect(withValue(job, ['metadata', 'k'], 'x').metadata).toEqual({ k: 'x' });
    expect(withValue(job, ['retries'], undefined)).not.toHaveProperty('retries');
  });
});

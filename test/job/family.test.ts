import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { families } from '../../src/job/family.ts';

/** `child<parent` as a job. */
const job = (text: string) => {
  const [name = '', parent_job = ''] = text.split('<');
  return { name, parent_job };
};
const names = (jobs: readonly { name: string }[]) => jobs.map(({ name }) => name);
const of = (...texts: string[]) => families(texts.map(job));

describe('families', () => {
  it('puts parents first and keeps families together', () => {
    const { parentsFirst, cycles, parentless } = of('c<b', 'x', 'b<a', 'a', 'd<b', 'e<a');
    expect(names(parentsFirst)).toEqual(['x', 'a', 'b', 'c', 'd', 'e']);
    expect(cycles).toEqual([]);
    expect(parentless).toEqual([]);
  });

  it('names jobs whose parent is elsewhere, and orders them all the same', () => {
    const { parentsFirst, parentless } = of('b<a', 'c<b');
    expect(names(parentless)).toEqual(['b']);
    expect(names(parentsFirst)).toEqual(['b', 'c']);
  });

  it('finds circles and what hangs below them', () => {
    const { parentsFirst, cycles, unordered } = of('a<b', 'b<a', 'below<a', 'self<self', 'free');
    expect(cycles).toEqual([['a', 'b'], ['self']]);
    expect(names(unordered)).toEqual(['a', 'b', 'below', 'self']);
    expect(names(parentsFirst)).toEqual(['free']);
  });

  it('counts the parents above a job, in a circle from its first job on', () => {
    const { depth } = of('c<b', 'a', 'b<a', 'x<y', 'y<x', 'z<y', 'lost<gone');
    expect(Object.fromEntries(depth)).toEqual({ a: 0, b: 1, c: 2, x: 0, y: 1, z: 2, lost: 0 });
  });

  it('follows a chain that is longer than the call stack', () => {
    const chain = Array.from({ length: 50_000 }, (_, at) => job(`j${at}<j${at + 1}`)).concat(
      job('j50000'),
    );
    expect(families(chain).parentsFirst).toHaveLength(50_001);
  });

  it('takes a parent of more children than a call takes arguments', () => {
    const children = Array.from({ length: 300_000 }, (_, at) => job(`j${at}<root`));
    const { parentsFirst } = families([...children, job('root')]);
    expect(parentsFirst).toHaveLength(300_001);
    expect(parentsFirst[0]?.name).toBe('root');
  });

  it('orders every job once, after its parent, or names it as unordered', () => {
    const some = fc.uniqueArray(
      fc.record({
        name: fc.constantFrom(...'abcdefgh'),
        parent_job: fc.constantFrom('', ...'abcdefghz'),
      }),
      { selector: ({ name }) => name },
    );
    fc.assert(
      fc.property(some, (jobs) => {
        const { parentsFirst, unordered, cycles } = families(jobs);
        expect(new Set(names([...parentsFirst, ...unordered]))).toEqual(new Set(names(jobs)));
        expect(parentsFirst.length + unordered.length).toBe(jobs.length);
        const place = new Map(parentsFirst.map(({ name }, at) => [name, at]));
        for (const [at, { parent_job }] of parentsFirst.entries())
          expect(place.get(parent_job) ?? -1).toBeLessThan(at);
        expect(unordered.length > 0).toBe(cycles.length > 0);
        for (const cycle of cycles)
          for (const [at, name] of cycle.entries())
            expect(jobs.find((one) => one.name === name)?.parent_job).toBe(
              cycle[(at + 1) % cycle.length],
            );
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { families } from '../../src/job/family.ts';
import { parentFindings, parentsFor, parentsOf } from '../../src/job/parent.ts';

const job = (name: string, parent_job = '') => ({ name, parent_job });

const parentProblem = (name: string, parent: string, jobs: ReturnType<typeof job>[]) =>
  parentFindings(name, parent, parentsOf(jobs))[0]?.text;

const tree = [job('a'), job('b', 'a'), job('c', 'b'), job('d')];

describe('parentFindings', () => {
  it.each([
    ['a', '', undefined],
    ['a', 'd', undefined],
    ['new', 'c', undefined],
    ['a', 'a', 'the job can not have itself as parent'],
    ['a', 'x', 'there is no job x'],
    ['a', 'b', 'its parents would form a circle: a → b → a'],
    ['a', 'c', 'its parents would form a circle: a → c → b → a'],
  ])('of %s under "%s" is %s', (name, parent, problem) => {
    expect(parentProblem(name, parent, tree)).toBe(problem);
  });

  it('does not hang on a circle that is there already', () => {
    const circle = [job('a', 'b'), job('b', 'a'), job('c')];
    expect(parentProblem('c', 'a', circle)).toBeUndefined();
  });
});

describe('parentsFor', () => {
  it('offers all but the job and those below it', () => {
    expect(parentsFor('b', tree)).toEqual(['a', 'd']);
    expect(parentsFor('new', tree)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('offers exactly the parents that are no problem and make no circle', () => {
    const names = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const jobs = fc.uniqueArray(
      fc.record({ name: names, parent_job: fc.oneof(fc.constant(''), names) }),
      { selector: ({ name }) => name },
    );
    fc.assert(
      fc.property(jobs, names, (all, name) => {
        fc.pre(families(all).cycles.length === 0);
        const offered = new Set(parentsFor(name, all));
        for (const { name: parent } of all) {
          expect(offered.has(parent)).toBe(parentProblem(name, parent, all) === undefined);
          const moved = all.map((one) =>
            one.name === name ? { ...one, parent_job: parent } : one,
          );
          if (offered.has(parent)) expect(families(moved).cycles).toEqual([]);
        }
      }),
    );
  });
});

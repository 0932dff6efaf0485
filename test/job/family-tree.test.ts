import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Branch, familyOf, familyTree, runsAfterParent } from '../../src/job/family-tree.ts';
import type { Job } from '../../src/job/job.ts';
import { faultTexts } from '../../src/view/family.ts';
import { aJob } from '../support/jobs.ts';

const now = Date.parse('2026-11-27T12:00:00Z');

/** `a > b c` in lines: parents and what they list; `child < parent` calls it so unlisted. */
const named = (name: string, fields: Partial<Job> = {}): Job =>
  aJob({ name, schedule: '', parent_job: '', dependent_jobs: null, ...fields });
const mapOf = (...jobs: Job[]) => new Map(jobs.map((job) => [job.name, job]));
const told = (branches: readonly Branch<Job>[]): string[] =>
  branches.map(
    ({ name, depth, faults, held }) =>
      `${'  '.repeat(depth)}${name}${faults.length > 0 ? ` [${faults}]` : ''}${held > 0 ? ` ${held}` : ''}`,
  );

const root = named('root', { schedule: '@daily', dependent_jobs: ['a', 'b'] });
const a = named('a', { parent_job: 'root', dependent_jobs: ['c'] });
const b = named('b', { parent_job: 'root' });
const c = named('c', { parent_job: 'a' });

describe('a family', () => {
  it('stands in the order in which Dkron runs it, each with what it holds up', () => {
    const jobs = mapOf(c, b, a, root, named('alone', { schedule: '@daily' }));
    expect(told(familyTree(jobs, now))).toEqual(['root 3', '  a 1', '    c', '  b']);
  });

  it.each<[string, readonly Job[], readonly string[], RegExp]>([
    [
      'a phantom, behind which nothing runs',
      [{ ...root, dependent_jobs: ['gone', 'a', 'b'] }, a, b, c],
      ['root', '  gone [phantom]', '  a [cut-off] 1', '    c', '  b [cut-off]'],
      /does not exist: what is listed behind it does not run/,
    ],
    [
      'a child that is listed twice',
      [{ ...root, dependent_jobs: ['b', 'b'] }, b],
      ['root 1', '  b [doubled]'],
      /more than once/,
    ],
    [
      'a child that is not listed',
      [{ ...root, dependent_jobs: null }, b],
      ['root', '  b [unlisted]'],
      /root does not list it/,
    ],
    [
      'another’s child that is listed',
      [
        { ...root, dependent_jobs: ['b', 'c'] },
        b,
        named('x', { dependent_jobs: ['c'] }),
        { ...c, parent_job: 'x' },
      ],
      ['root 2', '  b', '  c [foreign]', 'x 1', '  c'],
      /its parent is x/,
    ],
    [
      'a parent that is gone',
      [named('b', { parent_job: 'gone', dependent_jobs: ['d'] }), named('d', { parent_job: 'b' })],
      ['b [orphan] 1', '  d'],
      /its parent gone does not exist/,
    ],
    [
      'a circle',
      [
        named('p', { parent_job: 'q', dependent_jobs: ['q'] }),
        named('q', { parent_job: 'p', dependent_jobs: ['p'] }),
      ],
      ['p [circle] 2', '  q 1', '    p'],
      /run each other without an end/,
    ],
    [
      'a parent that is disabled',
      [{ ...root, disabled: true }, a, b, c],
      ['root 3', '  a [above-disabled] 1', '    c [above-disabled]', '  b [above-disabled]'],
      /waits for root, which is disabled/,
    ],
    [
      'a link that is disabled',
      [root, { ...a, disabled: true }, b, c],
      ['root 1', '  a 1', '    c [above-disabled]', '  b'],
      /waits for a/,
    ],
    [
      'a schedule that does not count, and an end',
      [
        { ...root, dependent_jobs: ['b'] },
        { ...b, schedule: '@hourly', expires_at: '2026-01-01T00:00:00Z' },
      ],
      ['root', '  b [expired,mixed]'],
      /@hourly does not count/,
    ],
  ])('with %s', (_what, jobs, lines, words) => {
    const branches = familyTree(mapOf(...jobs), now);
    expect(told(branches)).toEqual(lines);
    expect(branches.flatMap(faultTexts).join('; ')).toMatch(words);
  });

  it('of one job is all from its root on', () => {
    const tree = familyTree(
      mapOf(
        root,
        a,
        b,
        c,
        named('r2', { dependent_jobs: ['s'] }),
        named('s', { parent_job: 'r2' }),
      ),
      now,
    );
    expect(familyOf(tree, 'c').map(({ name }) => name)).toEqual(['root', 'a', 'c', 'b']);
    expect(familyOf(tree, 's').map(({ name }) => name)).toEqual(['r2', 's']);
    expect(familyOf(tree, 'none')).toEqual([]);
    expect(familyOf(tree, null)).toBe(tree);
  });
});

/** Any jobs with any parents and any lists, of few names so that they meet. */
const anyJobs = fc
  .array(
    fc.record({
      parent: fc.constantFrom('', 'a', 'b', 'c', 'd', 'e', 'f'),
      lists: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'gone'), { maxLength: 4 }),
      disabled: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((all) =>
    mapOf(
      ...all.map(({ parent, lists, disabled }, at) =>
        named('abcdef'[at]!, { parent_job: parent, dependent_jobs: lists, disabled }),
      ),
    ),
  );

it('ends for any lists whatever, and shows each job that has kin once, with keys of their own', () => {
  fc.assert(
    fc.property(anyJobs, (jobs) => {
      const branches = familyTree(jobs, now);
      const keys = branches.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      for (const { parent_job, name } of jobs.values())
        if (parent_job !== '') expect(branches.some((one) => one.name === name)).toBe(true);
    }),
  );
});

it('holds up as many as run below, counted one by one', () => {
  fc.assert(
    fc.property(anyJobs, (jobs) => {
      const branches = familyTree(jobs, now);
      for (const [at, { depth, held }] of branches.entries()) {
        const after = branches.slice(at + 1);
        const end = after.findIndex((one) => one.depth <= depth);
        const below = end < 0 ? after : after.slice(0, end);
        let counted = 0;
        const open = [true];
        for (const one of below) {
          const level = one.depth - depth;
          const runs = open[level - 1] === true && runsAfterParent(one);
          open[level] = runs;
          if (runs) counted++;
        }
        expect(held).toBe(counted);
      }
    }),
  );
});

it('draws a chain as long as one likes', () => {
  const jobs = mapOf(
    ...Array.from({ length: 5_000 }, (_, at) =>
      named(`j${at}`, {
        parent_job: at === 0 ? '' : `j${at - 1}`,
        dependent_jobs: at === 4_999 ? null : [`j${at + 1}`],
      }),
    ),
  );
  const [first] = familyTree(jobs, now);
  expect(first).toMatchObject({ name: 'j0', held: 4_999 });
});

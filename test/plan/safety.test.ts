/** When jobs are kept before a plan is carried out, and what becomes of it where they cannot be. */
import { describe, expect, it } from 'vitest';
import { OperatorError, OtherCluster, UnreadableJob } from '../../src/base/errors.ts';
import type { Found } from '../../src/dkron/write/reread.ts';
import type { Job, JobText } from '../../src/job/job.ts';
import { applyPlan } from '../../src/plan/apply.ts';
import { planRestore } from '../../src/plan/compare.ts';
import { withDeletions } from '../../src/plan/deletions.ts';
import { aJob } from '../support/jobs.ts';
import { doorThat } from './door.ts';

const live = ['a', 'b', 'c'].map((name) => aJob({ name }));
const changed = (...names: string[]): Job[] => names.map((name) => aJob({ name, retries: 3 }));
const textOf = (job: Job): JobText => ({ job, text: `text of ${job.name}` });

/** A door that has these jobs, and what was asked to be kept of them. */
function keeping(there: readonly [string, Found][] = live.map((job) => [job.name, textOf(job)])) {
  const current = async (names: readonly string[]) =>
    new Map(there.filter(([name]) => names.includes(name)));
  const door = { ...doorThat(), current };
  const kept: { texts: string[]; operation: string }[] = [];
  const keep = async (jobs: readonly JobText[], operation: string) => {
    // Nothing was sent before this.
    expect(door.came).toEqual([]);
    kept.push({ texts: jobs.map(({ text }) => text), operation });
    return 'the-snapshot';
  };
  return { door, kept, keep };
}

const all = (names: string) => new Set(names.split(' '));

describe('before a plan is carried out', () => {
  it('what it changes and deletes is kept, once, under the name of its operation', async () => {
    const { door, kept, keep } = keeping();
    const plan = withDeletions(
      planRestore([...changed('a'), aJob({ name: 'new' })], live),
      ['c'],
      live,
    );
    const { safety } = await applyPlan(door, plan, all('a c new'), { keep });
    expect(safety).toBe('the-snapshot');
    expect(kept).toEqual([
      { texts: ['text of a', 'text of c'], operation: door.options[0]!.operation },
    ]);
    expect(door.options.map((options) => options.safety)).toEqual(
      door.options.map(() => 'the-snapshot'),
    );
    expect(door.came).toEqual([['new', 'a'], ['c']]);
  });

  it('what cannot be read, or is gone, is left out', async () => {
    const broken = new UnreadableJob('it is broken');
    const { door, kept, keep } = keeping([
      ['a', null],
      ['b', broken],
      ['c', textOf(live[2]!)],
    ]);
    await applyPlan(door, planRestore(changed('a', 'b', 'c'), live), all('a b c'), { keep });
    expect(kept.map(({ texts }) => texts)).toEqual([['text of c']]);
  });

  it.each([
    ['a single job', planRestore(changed('a'), live), 'a b c'],
    ['a single job of several', planRestore(changed('a', 'b'), live), 'b'],
    ['what is new', planRestore(changed('x', 'y'), live), 'x y'],
    ['what is the same', planRestore(live, live), 'a b c'],
  ])('nothing is kept of %s', async (_what, plan, names) => {
    const { door, kept, keep } = keeping();
    expect((await applyPlan(door, plan, all(names), { keep })).safety).toBeNull();
    expect(kept).toEqual([]);
  });
});

describe('nothing is sent', () => {
  const plan = withDeletions(planRestore(changed('a', 'b'), live), ['c'], live);

  it('where it cannot be kept', async () => {
    const { door } = keeping();
    const full = async () => {
      throw new OperatorError('the disk is full');
    };
    await expect(applyPlan(door, plan, all('a b c'), { keep: full })).rejects.toThrow(
      'disk is full',
    );
    expect(door.came).toEqual([]);
  });

  it('where another cluster answers: each job says so, and nothing of that one is kept', async () => {
    const { door, kept, keep } = keeping();
    const other = { outcome: 'refused' as const, error: new OtherCluster('another answers') };
    const closed = { ...door, current: async () => other };
    const { results, safety } = await applyPlan(closed, plan, all('a b c'), { keep });
    expect(results.map(({ name, message }) => `${name}: ${message}`)).toEqual([
      'a: not written: another answers',
      'b: not written: another answers',
      'c: not deleted: another answers',
    ]);
    expect([safety, kept, door.came]).toEqual([null, [], []]);
  });

  it('after Ctrl-C during the look', async () => {
    const { door, kept, keep } = keeping();
    const controller = new AbortController();
    const { signal } = controller;
    const looking = async () => {
      controller.abort();
      throw signal.reason;
    };
    const { results } = await applyPlan({ ...door, current: looking }, plan, all('a b c'), {
      keep,
      signal,
    });
    expect(results.map(({ message }) => message)).toEqual([
      'not sent: interrupted',
      'not sent: interrupted',
      expect.stringContaining('not sent'),
    ]);
    expect([kept, door.came]).toEqual([[], []]);
  });
});

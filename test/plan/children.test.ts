import { describe, expect, it } from 'vitest';
import { NotSent, OutcomeUnknown, Refused, Unreachable } from '../../src/base/errors.ts';
import type { Found, Sighting } from '../../src/dkron/write/reread.ts';
import type { WriteResult } from '../../src/dkron/write/result.ts';
import type { Job, JobText } from '../../src/job/job.ts';
import { applyPlan } from '../../src/plan/apply.ts';
import { planRestore } from '../../src/plan/compare.ts';
import { withDeletions } from '../../src/plan/deletions.ts';
import type { RestorePlan } from '../../src/plan/model.ts';
import { aJob } from '../support/jobs.ts';
import { doorThat, written } from './door.ts';

const job = (name: string, parent_job = '', fields: Partial<Job> = {}): Job =>
  aJob({ name, parent_job, ...fields });
const textOf = (one: Job): JobText => ({ job: one, text: JSON.stringify(one) }) as JobText;

interface Looked {
  /** The parents that were read again. */
  readonly parents: string[];
  /** Those that a look was taken at because they seemed wrong. */
  readonly children: string[];
  readonly signals: (AbortSignal | undefined)[];
}

/** Applies all of a plan to a door behind which the server then has these jobs. */
async function applied(
  plan: RestorePlan,
  after: readonly Job[],
  {
    answer = () => written,
    unread = [] as string[],
    resumed = false,
  }: {
    answer?: (name: string) => WriteResult;
    unread?: string[];
    resumed?: boolean;
  } = {},
) {
  const there = new Map<string, Found>(after.map((one) => [one.name, textOf(one)]));
  const looked: Looked = { parents: [], children: [], signals: [] };
  const door = {
    ...doorThat(answer),
    current: async (names: readonly string[]) => {
      looked.children.push(...names);
      return new Map(names.map((name) => [name, there.get(name) ?? null]));
    },
    lookAgain: async (
      expected: ReadonlyMap<string, (now: JobText | null) => boolean>,
      { signal }: { signal?: AbortSignal } = {},
    ) => {
      looked.parents.push(...expected.keys());
      looked.signals.push(signal);
      return new Map(
        Array.from(expected, ([name, holds]): [string, Sighting] => {
          if (unread.includes(name))
            return [name, { holds: false, now: undefined, failure: new Unreachable('it is gone') }];
          const now = (there.get(name) ?? null) as JobText | null;
          return [name, { holds: holds(now), now }];
        }),
      );
    },
  };
  const names = new Set(plan.items.map(({ name }) => name));
  const { faults } = await applyPlan(door, plan, names, {
    keep: null,
    resumes: resumed ? { operation: 'begun before', safety: null } : null,
  });
  return { ...looked, faults: faults.map(({ fault, parent, child }) => [fault, parent, child]) };
}

const live = [
  job('a', '', { dependent_jobs: ['x', 'y'] }),
  job('b', '', { dependent_jobs: null }),
  job('x', 'a'),
  job('y', 'a'),
];
const [, , x, y] = live as [Job, Job, Job, Job];

describe('after a plan', () => {
  it.each<[string, RestorePlan, string[]]>([
    ['changes other things', planRestore([{ ...x, retries: 3 }, job('new')], live), []],
    ['creates a child', planRestore([job('z', 'a')], live), ['a']],
    ['creates a parent', planRestore([job('c'), job('z', 'c')], live), ['c']],
    [
      'creates a parent that jobs have already',
      planRestore([job('lost')], [job('l', 'lost')]),
      ['lost'],
    ],
    ['moves a child', planRestore([{ ...x, parent_job: 'b' }], live), ['a', 'b']],
    ['sets a child free', planRestore([{ ...x, parent_job: '' }], live), ['a']],
    ['deletes a child', withDeletions(planRestore([], live), ['x'], live), ['a']],
    ['deletes a family', withDeletions(planRestore([], live), ['x', 'y', 'a'], live), []],
  ])('that %s, those parents are read again whose lists changed', async (_, plan, parents) => {
    const only = { ...plan, items: plan.items.filter(({ kind }) => kind !== 'only-here') };
    expect((await applied(only, [])).parents.toSorted()).toEqual(parents);
  });

  const moving = planRestore([{ ...x, parent_job: 'b' }, job('z', 'b')], live);
  const lists = (a: string[], b: string[], others: readonly Job[] = []): Job[] => [
    job('a', '', { dependent_jobs: a }),
    job('b', '', { dependent_jobs: b }),
    job('x', 'b'),
    y,
    job('z', 'b'),
    ...others,
  ];

  it.each<[string, Job[], (string | null)[][]]>([
    ['as it should be', lists(['y'], ['z', 'x']), []],
    ['a child that was to join is not there', lists(['y'], ['z']), [['missing', 'b', 'x']]],
    ['one that was there is not any more', lists([], ['x', 'z']), [['missing', 'a', 'y']]],
    ['one that left is there still', lists(['x', 'y'], ['x', 'z']), [['foreign', 'a', 'x']]],
    ['one is there twice', lists(['y'], ['x', 'z', 'x']), [['twice', 'b', 'x']]],
    ['one does not exist', lists(['y', 'q'], ['x', 'z']), [['dangling', 'a', 'q']]],
    ['somebody added one', lists(['y', 'q'], ['x', 'z'], [job('q', 'a')]), []],
    [
      'somebody moved one',
      [...lists([], ['x', 'z']).filter((one) => one !== y), job('y', 'c')],
      [],
    ],
    ['somebody deleted one', lists([], ['x', 'z']).filter((one) => one !== y), []],
    ['a parent is gone', lists(['y'], ['x']).filter(({ name }) => name !== 'b'), []],
  ])('a list is looked at: %s', async (_, after, faults) => {
    const only = { ...moving, items: moving.items.filter(({ kind }) => kind !== 'only-here') };
    expect((await applied(only, after)).faults).toEqual(faults);
  });

  it('asks nothing of a child that was not sent, and either of one of which nothing is known', async () => {
    const only = { ...moving, items: moving.items.filter(({ kind }) => kind !== 'only-here') };
    const refused: WriteResult = { outcome: 'refused', error: new Refused('no') };
    const kept = await applied(only, lists(['x', 'y'], ['z'], []), {
      answer: (name) => (name === 'x' ? refused : written),
    });
    expect(kept).toMatchObject({ parents: ['b'], faults: [] });
    const unknown: WriteResult = {
      outcome: 'unknown',
      error: new OutcomeUnknown('?'),
      now: undefined,
      differs: [],
    };
    for (const [a, b] of [
      [['y'], ['x', 'z']],
      [['x', 'y'], ['z']],
    ] as const) {
      const either = await applied(only, lists([...a], [...b]), {
        answer: (name) => (name === 'x' ? unknown : written),
      });
      expect(either).toMatchObject({ parents: ['a', 'b'], faults: [] });
      expect(either.signals[0]?.aborted).toBe(true);
    }
    const ended = await applied(only, lists(['y'], ['x', 'x', 'z']), {
      answer: (name) =>
        name === 'z' ? { outcome: 'refused', error: new NotSent('not sent: it is gone') } : written,
    });
    expect(ended.faults).toEqual([['twice', 'b', 'x']]);
  });

  it('asks nothing of a parent that could not be read before', async () => {
    const unreadable = [{ name: 'b', why: 'it is cut off' }];
    const under = planRestore([{ ...x, parent_job: 'b' }], live, { unreadable });
    expect((await applied(under, [])).parents).toEqual(['a']);
  });

  it('says what could not be seen', async () => {
    const only = { ...moving, items: moving.items.filter(({ kind }) => kind !== 'only-here') };
    const { faults } = await applied(only, lists(['y'], ['x', 'z']), { unread: ['b'] });
    expect(faults).toEqual([['unread', 'b', null]]);
  });

  it('looks at the parents of what was written before, where it goes on with that', async () => {
    const rest = planRestore([x, job('z')], live);
    const only = { ...rest, items: rest.items.filter(({ kind }) => kind !== 'only-here') };
    const after = [...live.slice(1), job('a', '', { dependent_jobs: ['y', 'x', 'x'] }), job('z')];
    expect(await applied(only, after)).toMatchObject({ parents: [], faults: [] });
    expect(await applied(only, after, { resumed: true })).toMatchObject({
      parents: ['a'],
      faults: [['twice', 'a', 'x']],
    });
  });
});

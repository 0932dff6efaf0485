import { expect, it } from 'vitest';
import { planRestore } from '../../src/plan/compare.ts';
import { withDeletions } from '../../src/plan/deletions.ts';
import type { RestorePlan } from '../../src/plan/model.ts';
import { withNeeded, withoutNeeding } from '../../src/plan/needs.ts';
import { aJob } from '../support/jobs.ts';

const job = (name: string, parent_job = '') => aJob({ name, parent_job });
const needed = (plan: RestorePlan, ...names: string[]) => [...withNeeded(plan, names)].sort();
const left = (plan: RestorePlan, names: string[], ...gone: string[]) => [
  ...withoutNeeding(plan, names, gone),
];

it('are the new parents of a job, up to one that is there', () => {
  const chain = [job('a', 'b'), job('b', 'c'), job('c'), job('d')];
  const plan = planRestore(chain, []);
  expect(needed(plan, 'a')).toEqual(['a', 'b', 'c']);
  expect(needed(planRestore(chain.slice(0, 3), [job('b')]), 'a')).toEqual(['a']);
  expect(left(plan, ['a', 'b', 'c', 'd'], 'b')).toEqual(['c', 'd']);
  expect(left(plan, ['a', 'b', 'd'], 'c')).toEqual(['d']);
});

it('are the children of a job that is deleted, unless they stay its children', () => {
  const live = [job('root'), job('goes', 'root'), job('below', 'goes'), job('moves', 'root')];
  const moved = planRestore([job('moves')], live);
  const plan = withDeletions(moved, ['root', 'goes', 'below'], live);
  expect(plan.items.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    'moves change',
    'below delete',
    'goes delete',
    'root delete',
  ]);
  expect(needed(plan, 'root')).toEqual(['below', 'goes', 'moves', 'root']);
  expect(needed(plan, 'goes')).toEqual(['below', 'goes']);
  expect(needed(plan, 'moves')).toEqual(['moves']);
  const all = ['moves', 'below', 'goes', 'root'];
  expect(left(plan, all, 'below')).toEqual(['moves']);
  expect(left(plan, all, 'moves')).toEqual(['below', 'goes']);
});

it('are what the plan says comes first', () => {
  const plan = {
    ...planRestore([job('copy'), job('child', 'copy')], [job('child')]),
    first: 'copy',
  };
  expect(needed(plan, 'child')).toEqual(['child', 'copy']);
  expect(needed(plan)).toEqual([]);
  expect(left(plan, ['copy', 'child'], 'copy')).toEqual([]);
});

it('leave alone what is not in the plan', () => {
  expect(needed({ items: [] }, 'nobody')).toEqual(['nobody']);
  expect(left({ items: [] }, ['nobody'], 'somebody')).toEqual(['nobody']);
});

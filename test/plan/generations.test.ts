import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Job } from '../../src/job/job.ts';
import { planRestore } from '../../src/plan/compare.ts';
import { generations } from '../../src/plan/generations.ts';
import { aJob } from '../support/jobs.ts';

type Kin = readonly [name: string, parent: string];
const jobs = (kin: readonly Kin[]): Job[] =>
  kin.map(([name, parent_job]) => aJob({ name, parent_job }));

const names = (snapshot: readonly Kin[], live: readonly Kin[]): string[][] => {
  const { items } = planRestore(jobs(snapshot), jobs(live));
  return generations(items.filter(({ kind }) => kind === 'new' || kind === 'change')).map((group) =>
    group.map(({ name }) => name),
  );
};

test('new parents before their new children, which the door sends once those were accepted', () => {
  expect(
    names(
      [
        ['a', 'b'],
        ['b', 'c'],
        ['c', ''],
        ['d', 'c'],
        ['e', ''],
      ],
      [],
    ),
  ).toEqual([['c', 'b', 'a', 'd', 'e']]);
});

test('a job that is there comes one group after a parent that has to be created', () => {
  const snapshot: Kin[] = [
    ['orphan', 'lost'],
    ['moving', 'lost'],
    ['lost', ''],
    ['fresh', 'lost'],
  ];
  const live: Kin[] = [
    ['orphan', 'lost'],
    ['moving', ''],
  ];
  const changed = snapshot.map(([name, parent_job]) => aJob({ name, parent_job, retries: 1 }));
  const { items } = planRestore(changed, jobs(live));
  const groups = generations(items.filter(({ kind }) => kind === 'new' || kind === 'change'));
  expect(groups.map((group) => group.map(({ name }) => name))).toEqual([
    ['lost', 'fresh'],
    ['orphan', 'moving'],
  ]);
});

test('a job and a parent that it joins or leaves are not written together', () => {
  const live: Kin[] = [
    ['leaving', 'old'],
    ['joining', ''],
    ['staying', 'old'],
    ['old', 'other'],
  ];
  const snapshot: Kin[] = [
    ['old', ''],
    ['leaving', ''],
    ['joining', 'old'],
  ];
  expect(names(snapshot, live)).toEqual([['old'], ['joining', 'leaving']]);
});

test('jobs that exchange places are both written', () => {
  expect(
    names(
      [
        ['a', ''],
        ['b', 'a'],
      ],
      [
        ['a', 'b'],
        ['b', ''],
      ],
    )
      .flat()
      .sort(),
  ).toEqual(['a', 'b']);
});

test('a chain longer than any call stack', () => {
  const chain = Array.from(
    { length: 20_000 },
    (_, at): Kin => [`j${at}`, at === 0 ? '' : `j${at - 1}`],
  );
  expect(names(chain.toReversed(), [])).toEqual([chain.map(([name]) => name)]);
});

test('every job once, and never before a parent that has to be created', () => {
  const all = ['a', 'b', 'c', 'd', 'e'];
  const side = fc
    .tuple(
      fc.shuffledSubarray(all),
      fc.array(fc.constantFrom('', ...all), { minLength: 5, maxLength: 5 }),
    )
    .map(([present, parents]) =>
      present.map((name, at): Kin => [name, parents[at] === name ? '' : parents[at]!]),
    );
  fc.assert(
    fc.property(side, side, (snapshot, live) => {
      const { items } = planRestore(jobs(snapshot), jobs(live));
      const chosen = items.filter(({ kind }) => kind === 'new' || kind === 'change');
      const groups = generations(chosen);
      expect(
        groups
          .flat()
          .map(({ name }) => name)
          .sort(),
      ).toEqual(chosen.map(({ name }) => name).sort());
      const generation = new Map(
        groups.flatMap((group, at) => group.map((item) => [item.name, at])),
      );
      const place = new Map(groups.flat().map(({ name }, at) => [name, at]));
      for (const { name, job, seen } of chosen) {
        const parent = chosen.find((item) => item.name === job.parent_job);
        const follows = seen === null && parent?.kind === 'new';
        if (parent?.kind === 'new') expect(place.get(parent.name)).toBeLessThan(place.get(name)!);
        const moves = seen?.parent_job !== job.parent_job;
        for (const other of moves && !follows ? [job.parent_job, seen?.parent_job ?? ''] : [])
          expect(generation.get(other)).not.toBe(generation.get(name));
      }
    }),
  );
});

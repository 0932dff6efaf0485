import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parentsFirst } from '../../../src/snapshot/take/order.ts';
import { openSpill } from '../../../src/snapshot/take/spill.ts';

interface Family {
  name: string;
  parent_job?: string;
}

function ordered(jobs: readonly object[]): string[] {
  const spill = openSpill(tmpdir());
  const order = parentsFirst(spill);
  const all = jobs.map((job) => Buffer.from(JSON.stringify(job)));
  const names = [...all.filter((job) => order.follows(job)), ...order.rest()].map(
    (job) => (JSON.parse(Buffer.from(job).toString()) as Family).name,
  );
  spill.close();
  return names;
}

test('jobs without parents keep their order', () => {
  const jobs = [{ name: 'b', parent_job: '' }, { name: 'a' }, { name: 'c', parent_job: null }];
  expect(ordered(jobs)).toEqual(['b', 'a', 'c']);
});

test('children follow when all jobs have arrived, parents before their children', () => {
  expect(
    ordered([
      { name: 'a', parent_job: 'b' },
      { name: 'b', parent_job: 'c' },
      { name: 'c', parent_job: '' },
      { name: 'd', parent_job: 'a' },
      { name: 'e', parent_job: '' },
    ]),
  ).toEqual(['c', 'e', 'b', 'a', 'd']);
});

test('orphans keep their own children behind them', () => {
  expect(
    ordered([
      { name: 'a', parent_job: 'b' },
      { name: 'b', parent_job: 'gone' },
      { name: 'c', parent_job: '' },
    ]),
  ).toEqual(['c', 'b', 'a']);
});

test('as Dkron writes them, jobs are told apart without being parsed', () => {
  const notJson = (parent: string) =>
    Buffer.from(`"metadata":{"parent_job":"x"},"dependent_jobs":${parent},"parent_job":""`);
  for (const job of [notJson('null'), notJson('["a"]'), notJson('[]')])
    expect(parentsFirst(openSpill(tmpdir())).follows(job)).toBe(true);
});

test('keys of the same name elsewhere in the job do not count', () => {
  expect(
    ordered([
      { name: 'a', metadata: { name: 'b', parent_job: 'x' }, parent_job: 'b' },
      { name: 'b', tags: { parent_job: '' }, executor_config: { body: '{"parent_job":"a"}' } },
      { name: 'c', tags: { x: 'null', parent_job: '' }, dependent_jobs: [], parent_job: 'b' },
    ]),
  ).toEqual(['b', 'a', 'c']);
});

test('names are read as JSON writes them', () => {
  expect(
    ordered([
      { name: 'a', parent_job: 'old "name"\n' },
      { name: 'old "name"\n', parent_job: '' },
    ]),
  ).toEqual(['old "name"\n', 'a']);
});

test('no job is lost, circles included, and every parent outside a circle precedes its children', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const parents = fc.array(fc.constantFrom('', 'gone', ...names), { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(fc.shuffledSubarray(names), parents, (present, parentOf) => {
      const jobs = present.map((name, at) => ({ name, parent_job: parentOf[at]! }));
      const result = ordered(jobs);
      expect([...result].sort()).toEqual([...present].sort());
      const parent = new Map(jobs.map((job) => [job.name, job.parent_job]));
      const rooted = (name: string, steps = 0): boolean =>
        !parent.has(name) || (steps < 7 && rooted(parent.get(name)!, steps + 1));
      for (const { name, parent_job } of jobs)
        if (parent.has(parent_job) && rooted(name))
          expect(result.indexOf(parent_job)).toBeLessThan(result.indexOf(name));
    }),
  );
});

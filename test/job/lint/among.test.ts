import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import type { Job } from '../../../src/job/job.ts';
import { amongFindings } from '../../../src/job/lint/among.ts';
import type { ListRule } from '../../../src/job/lint/finding.ts';
import { aJob } from '../../support/jobs.ts';

interface Flaw {
  /** Of the first the rule is said. */
  readonly jobs: readonly Partial<Job>[];
  /** The same without it. */
  readonly sound: readonly Partial<Job>[];
}

const child = { name: 'child', parent_job: 'top' };

/** Each rule with jobs that it is about: no rule can be without. */
const flaws: Readonly<Record<ListRule, Flaw>> = {
  'dependent-phantom': {
    jobs: [{ name: 'top', dependent_jobs: ['ghost', 'child'] }, child],
    sound: [{ name: 'top', dependent_jobs: ['child'] }, child],
  },
  'dependent-twice': {
    jobs: [{ name: 'top', dependent_jobs: ['child', 'child'] }, child],
    sound: [{ name: 'top', dependent_jobs: ['child'] }, child],
  },
  'dependent-lost': {
    jobs: [child, { name: 'top', dependent_jobs: null }],
    sound: [child, { name: 'top', dependent_jobs: ['child'] }],
  },
  'name-prefix': {
    jobs: [{ name: 'backup' }, { name: 'backup-db' }],
    sound: [{ name: 'backup' }, { name: 'back-up' }],
  },
};

it.each(Object.entries(flaws))('%s is found, and only where it is', (rule, { jobs, sound }) => {
  const rules = (all: readonly Partial<Job>[]) => {
    const found = amongFindings(all.map((one) => aJob(one)));
    return [...found].map(([name, its]) => [name, its.map((one) => one.rule)]);
  };
  expect(rules(jobs)).toEqual([[jobs[0]!.name, [rule]]]);
  expect(rules(sound)).toEqual([]);
});

it('names each missing child once, and what begins like a name', () => {
  const jobs = [
    { name: 'a', dependent_jobs: ['x', 'x', 'y'] },
    ...['a-1', 'a-2', 'a-3', 'a-4', 'b'].map((name) => ({ name })),
  ];
  const [only, ...more] = amongFindings(jobs.map((one) => aJob(one)));
  expect(more).toEqual([]);
  expect(only?.[1].map(({ text }) => text)).toEqual([
    expect.stringMatching(/^names x,/),
    expect.stringMatching(/^names y,/),
    expect.stringContaining('(a-1, a-2, a-3 and 1 more)'),
  ]);
});

test('the names that others begin with are those that a look at every pair finds', () => {
  const name = fc.stringMatching(/^[ab0é_-]{1,5}$/);
  fc.assert(
    fc.property(fc.uniqueArray(name, { maxLength: 12 }), (names) => {
      const found = amongFindings(names.map((one) => aJob({ name: one })));
      const pairs = names.filter((one) =>
        names.some((other) => other !== one && other.startsWith(one)),
      );
      expect([...found.keys()].sort()).toEqual(pairs.sort());
    }),
  );
});

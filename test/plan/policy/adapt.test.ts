import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { families } from '../../../src/job/family.ts';
import { adapt, renamer, withEnabled } from '../../../src/plan/policy/adapt.ts';
import { type Policy, plainPolicy } from '../../../src/plan/policy/policy.ts';
import { readReplacement } from '../../../src/plan/policy/replacement.ts';
import { aJob } from '../../support/jobs.ts';

const policy = (fields: Partial<Policy>): Policy => ({ ...plainPolicy, ...fields });
const replacing = (...words: string[]): Policy =>
  policy({ replacements: words.map(readReplacement) });
const source = (...jobs: Parameters<typeof aJob>[0][]) => ({
  jobs: jobs.map(aJob),
  barred: [],
});

describe('replacing', () => {
  const config = {
    url: 'https://staging.a/b',
    headers: '["Origin: https://staging.a"]',
    body: '{"hook":"https://staging.a/c","also":"https://staging.a/d"}',
  };

  test('goes through all settings of the executor, and counts', () => {
    const { jobs, replaced } = adapt(
      source(
        { name: 'a', executor_config: config, displayname: 'https://staging.a' },
        { name: 'b' },
      ),
      replacing(String.raw`https://staging\.=https://prod.`),
    );
    expect(jobs[0]?.executor_config).toEqual({
      url: 'https://prod.a/b',
      headers: '["Origin: https://prod.a"]',
      body: '{"hook":"https://prod.a/c","also":"https://prod.a/d"}',
    });
    expect(jobs[0]?.displayname).toBe('https://staging.a');
    expect(jobs[1]).toEqual(aJob({ name: 'b' }));
    expect([...replaced]).toEqual([
      [
        'a',
        [
          { path: 'executor_config.url', by: 0, count: 1 },
          { path: 'executor_config.headers', by: 0, count: 1 },
          { path: 'executor_config.body', by: 0, count: 2 },
        ],
      ],
    ]);
  });

  test('each works on what the one before it made', () => {
    const { jobs, replaced } = adapt(
      source({ name: 'a', executor_config: { command: 'one' } }),
      replacing('one=two', 'two=three', 'one=four'),
    );
    expect(jobs[0]?.executor_config).toEqual({ command: 'three' });
    expect(replaced.get('a')?.map(({ by, count }) => [by, count])).toEqual([
      [0, 1],
      [1, 1],
    ]);
  });

  test('says where JSON is none any more', () => {
    const { replaced } = adapt(
      source({ name: 'a', executor_config: { body: '{"a":1}' } }),
      replacing('1=one'),
    );
    expect(replaced.get('a')).toEqual([
      { path: 'executor_config.body', by: 0, count: 1, broke: true },
    ]);
  });

  test('leaves alone what is no text, and a job without settings', () => {
    const odd = { a: 1 } as unknown as Record<string, string>;
    const jobs = [aJob({ executor_config: odd }), aJob({ name: 'b', executor_config: null })];
    expect(adapt({ jobs, barred: [] }, replacing('1=2')).jobs).toEqual(jobs);
  });
});

describe('the prefix', () => {
  test('goes before the names, and before parents that are among them', () => {
    const read = {
      jobs: [
        aJob({ name: 'a' }),
        aJob({ name: 'b', parent_job: 'a' }),
        aJob({ name: 'c', parent_job: 'elsewhere' }),
        aJob({ name: 'd', parent_job: 'cut' }),
      ],
      barred: [
        { name: 'cut', places: [], why: '' },
        { name: 'f.json:3:7', places: [], why: '' },
      ],
    };
    const { jobs, barred } = adapt(read, policy({ prefix: 'copy-' }));
    expect(jobs.map(({ name, parent_job }) => [name, parent_job])).toEqual([
      ['copy-a', ''],
      ['copy-b', 'copy-a'],
      ['copy-c', 'elsewhere'],
      ['copy-d', 'copy-cut'],
    ]);
    expect(barred.map(({ name }) => name)).toEqual(['copy-cut', 'f.json:3:7']);
    expect(['a', 'elsewhere'].map(renamer(read, policy({ prefix: 'p' })))).toEqual([
      'pa',
      'elsewhere',
    ]);
  });

  test('keeps every family as it is', () => {
    const name = fc.stringMatching(/^[a-c]{1,2}$/);
    const jobs = fc.uniqueArray(fc.record({ name, parent_job: fc.option(name, { nil: '' }) }), {
      selector: (job) => job.name,
    });
    fc.assert(
      fc.property(jobs, name, (some, prefix) => {
        const there = new Set(some.map((job) => job.name));
        const kin = some.map((job) =>
          there.has(job.parent_job) || job.parent_job === ''
            ? job
            : { ...job, parent_job: 'outside' },
        );
        const before = families(kin);
        const after = families(adapt(source(...kin), policy({ prefix })).jobs);
        const names = (all: readonly { name: string }[]) => all.map((job) => job.name);
        const renamed = (all: readonly { name: string }[]) => names(all).map((one) => prefix + one);
        expect(names(after.parentsFirst)).toEqual(renamed(before.parentsFirst));
        expect(names(after.unordered)).toEqual(renamed(before.unordered));
        for (const [one, depth] of before.depth) expect(after.depth.get(prefix + one)).toBe(depth);
      }),
    );
  });
});

test('enabled or not', () => {
  const off = aJob({ disabled: true });
  const on = aJob({ disabled: false });
  const of = (job: typeof on, stored: typeof on | undefined, fields: Partial<Policy>) =>
    withEnabled(job, stored, policy(fields)).disabled;
  expect(of(on, off, {})).toBe(false);
  expect(of(on, on, { disabled: true })).toBe(true);
  expect(of(on, undefined, { disabled: true })).toBe(true);
  expect(of(on, off, { keepEnabled: true })).toBe(true);
  expect(of(off, on, { keepEnabled: true })).toBe(false);
  expect(of(off, undefined, { keepEnabled: true })).toBe(true);
  expect(of(off, on, { keepEnabled: true, disabled: true })).toBe(false);
  expect(of(on, undefined, { keepEnabled: true, disabled: true })).toBe(true);
});

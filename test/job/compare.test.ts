import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { definition, diffJobs, sameDefinition } from '../../src/job/compare.ts';
import type { Job } from '../../src/job/job.ts';
import { parseJson, stringifyJson } from '../../src/json/numbers.ts';
import { aJob } from '../support/jobs.ts';

describe('sameDefinition', () => {
  it.each<[string, Partial<Job>, Partial<Job>]>([
    ['maps that are null and empty', { tags: null }, { tags: {} }],
    ['processors that are null and empty', { processors: null }, { processors: {} }],
    ['what the server counts', {}, { success_count: 9, status: 'failed', next: '', id: 'x' }],
    ['children', { dependent_jobs: ['a'] }, { dependent_jobs: null }],
    [
      'one instant in two zones',
      { starts_at: '2026-01-01T00:00:00Z' },
      { starts_at: '2026-01-01T01:00:00+01:00' },
    ],
    ['no concurrency and the default', { concurrency: '' }, { concurrency: 'allow' }],
    ['keys in another order', { tags: { a: '1', b: '2' } }, { tags: { b: '2', a: '1' } }],
  ])('holds for %s', (_what, one, other) => {
    expect(sameDefinition(aJob(one), aJob(other))).toBe(true);
  });

  it('holds for a job of a version without the newer fields', () => {
    const { ephemeral, expires_at, starts_at, id, ...old } = aJob();
    expect(sameDefinition(old as Job, aJob())).toBe(true);
  });

  it.each<[string, Partial<Job>, Partial<Job>, string[]]>([
    ['a flag', {}, { disabled: true }, ['disabled: false → true']],
    ['a number', {}, { retries: 2 }, ['retries: 0 → 2']],
    ['a default', {}, { concurrency: 'forbid' }, ['concurrency: allow → forbid']],
    [
      'one key of a map',
      { executor_config: { body: 'a', url: 'u' } },
      { executor_config: { body: 'b', url: 'u' } },
      ['executor_config.body: a → b'],
    ],
    ['a key without a value', {}, { metadata: { k: '' } }, ['metadata.k:  → ""']],
    ['a processor without settings', {}, { processors: { log: {} } }, ['processors.log:  → {}']],
    ['a field this program does not know', {}, { mem: { soft: [1] } }, ['mem:  → {"soft":[1]}']],
    [
      'an end in year 1, which is no missing end',
      {},
      { expires_at: '0001-01-01T00:00:00Z' },
      ['expires_at:  → 0001-01-01T00:00:00Z'],
    ],
    [
      'a nanosecond',
      { starts_at: '2030-01-01T00:00:00.123456788Z' },
      { starts_at: '2030-01-01T01:00:00.1234567899+01:00' },
      ['starts_at: 2030-01-01T00:00:00.123456788Z → 2030-01-01T00:00:00.123456789Z'],
    ],
  ])('does not hold for %s', (_what, one, other, changes) => {
    const shown = diffJobs(aJob(one), aJob(other)).map(
      (c) => `${c.path}: ${c.before} → ${c.after}`,
    );
    expect(shown).toEqual(changes);
  });

  it('sees numbers that JavaScript would round', () => {
    const job = (quota: string) =>
      parseJson(stringifyJson(aJob()).replace('{', `{"quota":${quota},`)) as Job;
    expect(diffJobs(job('9223372036854775807'), job('9223372036854775806'))).toHaveLength(1);
  });
});

const strings = fc.option(fc.dictionary(fc.string(), fc.string()), { nil: null });
const jobs = fc
  .record({
    schedule: fc.string(),
    disabled: fc.boolean(),
    retries: fc.nat(5),
    tags: strings,
    executor_config: strings,
    processors: fc.option(fc.dictionary(fc.string(), fc.dictionary(fc.string(), fc.string())), {
      nil: null,
    }),
    concurrency: fc.constantFrom('', 'allow', 'forbid'),
    expires_at: fc.constantFrom(null, '2026-01-01T00:00:00Z', '2026-01-01T02:00:00+02:00'),
    novel: fc.jsonValue(),
  })
  .map((wanted) => aJob(wanted as Partial<Job>));

describe('diffJobs', () => {
  it('finds nothing between a job and itself', () => {
    fc.assert(
      fc.property(jobs, (job) => {
        expect(diffJobs(job, structuredClone(job))).toEqual([]);
      }),
    );
  });

  it('finds the same both ways', () => {
    fc.assert(
      fc.property(jobs, jobs, (one, other) => {
        const back = diffJobs(other, one).map(({ keys, before, after }) => [keys, after, before]);
        const forth = diffJobs(one, other).map(({ keys, before, after }) => [keys, before, after]);
        expect(back.sort()).toEqual(forth.sort());
      }),
    );
  });

  it('sees every definition that differs as JSON, once normal forms are made alike', () => {
    const plain = (job: Job) =>
      JSON.stringify({
        ...definition(job),
        tags: sortedEntries(job.tags),
        executor_config: sortedEntries(job.executor_config),
        processors: sortedEntries(job.processors).map(([key, map]) => [key, sortedEntries(map)]),
        concurrency: job.concurrency || 'allow',
        expires_at: job.expires_at && Date.parse(job.expires_at),
      });
    fc.assert(
      fc.property(jobs, jobs, (one, other) => {
        expect(sameDefinition(one, other)).toBe(plain(one) === plain(other));
      }),
    );
  });
});

const sortedEntries = <T>(map: Record<string, T> | null): [string, T][] =>
  Object.entries(map ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));

describe('definition', () => {
  it('leaves out what Dkron computes and keeps what it does not know', () => {
    const kept = definition(aJob({ future: 1 }));
    expect(Object.keys(kept)).toEqual(
      expect.arrayContaining(['name', 'schedule', 'parent_job', 'executor_config', 'future']),
    );
    for (const computed of [
      'id',
      'next',
      'status',
      'success_count',
      'last_error',
      'dependent_jobs',
    ])
      expect(kept).not.toHaveProperty(computed);
  });
});

import { describe, expect, it } from 'vitest';
import {
  definedJob,
  looksLikeJob,
  nameIn,
  sentenceOf,
  serverJob,
} from '../../src/job/job-value.ts';
import { parseJson } from '../../src/json/numbers.ts';

const wrongOf = (read: ReturnType<typeof serverJob>): string | null =>
  'wrong' in read ? sentenceOf(read.wrong) : null;

describe('a job that a server gives', () => {
  it.each<[value: unknown, wrong: RegExp | null]>([
    [{ name: 'a' }, null],
    [{ name: '' }, null],
    [{ name: 'a', retries: 1, disabled: true, tags: null, next: null, newer: {} }, null],
    [{ name: 'a', dependent_jobs: ['b'] }, null],
    [7, /^it is /],
    [null, /^it is /],
    [[], /^it is /],
    [parseJson('1e400'), /^it is /],
    [{}, /^it has no name/],
    [{ name: 7 }, /^name must be text/],
    [{ Name: 'a' }, /^Name must be written name/],
    [{ name: 'a', schedule: 7 }, /^schedule must be text/],
    [{ name: 'a', disabled: 'true' }, /^disabled must be true or false/],
    [{ name: 'a', retries: '1' }, /^retries must be a number/],
    [parseJson('{"name":"a","retries":1e400}'), /^retries must be a number/],
    [{ name: 'a', next: 7 }, /^next must be a time/],
    [{ name: 'a', dependent_jobs: 'b' }, /^dependent_jobs must be a list/],
    [{ name: 'a', dependent_jobs: ['b', 7] }, /^dependent_jobs must be a list/],
    [{ name: 'a', tags: { b: 7 } }, /^tags\.b must be text/],
    [{ name: 'a', tags: [] }, /^tags must be /],
    [{ name: 'a', processors: { log: 7 } }, /^processors\.log must be /],
    [{ name: 'a', processors: { log: { b: 7 } } }, /^processors\.log\.b must be text/],
    [{ name: 'a', processors: 7 }, /^processors must be /],
    [{ name: 'a', owner: 7, retries: '1' }, /retries .*; owner |owner .*; retries /],
  ])('%j: %s', (value, wrong) => {
    if (wrong === null) expect(wrongOf(serverJob(value))).toBeNull();
    else expect(wrongOf(serverJob(value))).toMatch(wrong);
  });

  it('gets what an older Dkron leaves out, but nothing that came with a version', () => {
    const read = serverJob({ name: 'a', retries: null, newer: null });
    const job = 'job' in read ? read.job : null;
    expect(job).toMatchObject({ name: 'a', retries: 0, schedule: '', tags: null, disabled: false });
    expect(job).toHaveProperty('newer', null);
    expect(job).not.toHaveProperty('starts_at');
  });
});

describe('a job that a file defines', () => {
  it.each<[value: unknown, wrong: RegExp | null]>([
    [{ name: 'a' }, null],
    [{ name: 'a', id: 7, status: 7, success_count: 'many' }, null],
    [{ name: 'a', newer: [1], tags: null }, null],
    ['a', /^it is /],
    [{}, /^it has no name/],
    [{ name: '' }, /^it has no name/],
    [{ name: null }, /^it has no name/],
    [{ NAME: 'a' }, /^NAME must be written name/],
    [{ name: '', NAME: 'a' }, /^NAME must be written name/],
    [{ name: 7 }, /^name must be text/],
    [{ name: 'a', Retries: -1 }, /^Retries must be a whole number/],
    [{ name: 'a', retries: -1, disabled: 1 }, /; disabled must/],
  ])('%j: %s', (value, wrong) => {
    if (wrong === null) expect(wrongOf(definedJob(value))).toBeNull();
    else expect(wrongOf(definedJob(value))).toMatch(wrong);
  });

  it('is whole, without what Dkron decides itself', () => {
    const read = definedJob({ name: 'a', id: 'x', success_count: 7, newer: 1, tags: null });
    const job = 'job' in read ? read.job : null;
    expect(job).toMatchObject({ name: 'a', success_count: 0, newer: 1, tags: null, retries: 0 });
    expect(job).not.toHaveProperty('id');
  });
});

it.each<[value: unknown, job: boolean, name: string | null]>([
  [{ name: 'a' }, true, 'a'],
  [{ name: '' }, true, null],
  [{ name: 7 }, true, null],
  [{ Schedule: '' }, true, null],
  [{ id: 'x', status: 'ok' }, false, null],
  [{ other: 1 }, false, null],
  [[], false, null],
  ['name', false, null],
  [null, false, null],
])('%j looks like a job: %s, of the name %j', (value, job, name) => {
  expect([looksLikeJob(value), nameIn(value)]).toEqual([job, name]);
});

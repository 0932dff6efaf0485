import { describe, expect, it } from 'vitest';
import type { Job } from '../../../src/job/job.ts';
import { type Around, checkJob, newFindings } from '../../../src/job/lint/lint.ts';
import { parentsOf } from '../../../src/job/parent.ts';
import { moment } from '../../schedule/moment.ts';
import { aJob } from '../../support/jobs.ts';

const anHttpJob = (config: Record<string, string>, wanted: Partial<Job> = {}) =>
  aJob({
    executor: 'http',
    executor_config: { method: 'POST', url: 'http://cache', expectCode: '200', ...config },
    ...wanted,
  });

const aShellJob = (config: Record<string, string>) =>
  aJob({ executor_config: { command: 'true', ...config } });

const around = { now: moment('2026-11-26T10:00:00Z') };
const lintJob = (job: Job, more: Partial<Around> = {}) => checkJob(job, { ...around, ...more });

describe('checkJob', () => {
  it('has nothing to say about good jobs', () => {
    expect(lintJob(aJob())).toEqual([]);
    expect(
      lintJob(
        anHttpJob({
          headers: '["Content-Type: application/json"]',
          body: '{"a":1}',
          timeout: '5',
          expectCode: '200, 206',
          expectBody: '(?i)ok',
          tlsNoVerifyPeer: 'false',
        }),
      ),
    ).toEqual([]);
    expect(
      lintJob(
        aShellJob({
          command: 'a | b; c',
          shell: 'true',
          env: 'A=1,B=2',
          timeout: '1m30s',
          mem_limit: '1.5GB',
          payload: 'YWJj',
        }),
      ),
    ).toEqual([]);
  });

  it.each<[wanted: Partial<Job>, path: string, text: string]>([
    [{ name: '' }, 'name', 'name cannot be empty'],
    [{ name: 'Refresh' }, 'name', "name contains illegal character 'R'"],
    [{ NAME: 'other' }, 'NAME', 'is a second name, and Dkron uses it instead'],
    [
      { schedule: '* * * * *' },
      'schedule',
      "can't parse job schedule: expected exactly 6 fields, found 5: [* * * * *]",
    ],
    [{ timezone: 'Europe/Pariss' }, 'timezone', 'unknown time zone Europe/Pariss'],
    [
      { parent_job: 'refresh', schedule: '' },
      'parent_job',
      'the job can not have itself as parent',
    ],
    [
      { concurrency: 'never' },
      'concurrency',
      'invalid concurrency policy value, use "allow" or "forbid"',
    ],
    [{ retries: -1 }, 'retries', 'must be a whole number, 0 or more'],
    [{ retries: 1.5 }, 'retries', 'must be a whole number, 0 or more'],
    [{ expires_at: 'tomorrow' }, 'expires_at', 'must be a time like 2026-11-23T07:00:00Z, or null'],
    [
      { executor_config: { timeout: 5 } as never },
      'executor_config.timeout',
      'must be text in quotes: Dkron takes no numbers, flags or lists here',
    ],
    [
      { processors: { log: { forward: true } } as never },
      'processors.log.forward',
      'must be text in quotes: Dkron takes no numbers, flags or lists here',
    ],
    [{ tags: ['a'] as never }, 'tags', 'must be names with texts'],
    [
      { executor_config: { command: 'true', timeout: '30' } },
      'executor_config.timeout',
      'is not a duration: write 30s, 5m or 1h30m',
    ],
    [
      { executor_config: { command: 'true', mem_limit: '0' } },
      'executor_config.mem_limit',
      'is not an amount of memory: write bytes, or a number with KB, MB, GB or TB',
    ],
  ])('knows that Dkron refuses %j', (wanted, path, text) => {
    expect(lintJob(aJob(wanted))).toMatchObject([{ path, level: 'error', text }]);
  });

  it('names a wrong time zone once, whichever check finds it', () => {
    expect(lintJob(aJob({ schedule: '@daily', timezone: 'Mars' }))).toHaveLength(1);
    expect(lintJob(aJob({ schedule: '0 0 0 * * *', timezone: 'Mars' }))).toHaveLength(1);
  });

  it('takes no schedule for a child', () => {
    expect(lintJob(aJob({ schedule: '', parent_job: 'other' }))).toEqual([]);
    expect(lintJob(aJob({ schedule: '@manually', parent_job: 'other' }))).toEqual([]);
    expect(lintJob(aJob({ schedule: '@every 90s', parent_job: 'other' }))).toMatchObject([
      { rule: 'unused', path: 'schedule' },
    ]);
  });

  it.each<[config: Record<string, string>, path: string, text: RegExp]>([
    [{ url: '' }, 'url', /every run fails/],
    [{ method: '' }, 'method', /every run fails/],
    [{ method: 'post' }, 'method', /capitals/],
    [{ timeout: '5s' }, 'timeout', /Dkron uses 30/],
    [{ expectCode: '' }, 'expectCode', /any status is a success, even 500/],
    [{ expectCode: '200 ,206' }, 'expectCode', /right before a comma/],
    [{ expectCode: '2xx' }, 'expectCode', /right before a comma/],
    [
      { expectBody: 'ok(?!no)' },
      'expectBody',
      /unsupported Perl syntax: `\(\?!`; no answer would match/,
    ],
    [{ expectBody: '/success/' }, 'expectBody', /slashes/],
    [{ debug: 'false' }, 'debug', /secrets included/],
    [{ headers: '["X-Url: http://a"]' }, 'headers', /X-Url holds a colon/],
    [{ headers: 'X: y' }, 'headers', /sends no headers/],
    [
      { body: '{"a":1', headers: '["Content-Type: text/plain"]' },
      'body',
      /line 1, column 1: this { is never closed/,
    ],
    [{ body: '{"a":1}' }, 'headers', /no Content-Type/],
    [{ tlsNoVerifyPeer: 'yes' }, 'tlsNoVerifyPeer', /counts as false/],
    [{ expectcode: '200' }, 'expectcode', /it is written expectCode/],
    [{ retries: '3' }, 'retries', /the http executor does not know it$/],
  ])('warns of %j in an http job', (config, name, text) => {
    expect(lintJob(anHttpJob(config))).toMatchObject([
      { path: `executor_config.${name}`, level: 'warning', text: expect.stringMatching(text) },
    ]);
  });

  it('takes a header without a colon for an error: it breaks the other jobs too', () => {
    expect(lintJob(anHttpJob({ headers: '["Broken"]' }))).toMatchObject([
      { path: 'executor_config.headers', level: 'error' },
    ]);
  });

  it.each<[config: Record<string, string>, path: string, text: RegExp]>([
    [{ command: '' }, 'command', /every run fails/],
    [{ command: 'a; b' }, 'command', /before the ;$/],
    [{ command: 'a "x;y" > b', shell: 'false' }, 'command', /before the >$/],
    [{ env: 'A=1,B' }, 'env', /NAME=value/],
    [{ payload: 'no base64!' }, 'payload', /every run fails/],
  ])('warns of %j in a shell job', (config, name, text) => {
    expect(lintJob(aShellJob(config))).toMatchObject([
      { path: `executor_config.${name}`, level: 'warning', text: expect.stringMatching(text) },
    ]);
  });

  it('warns of what the server is too old for', () => {
    const job = aJob({
      schedule: '@manually',
      ephemeral: true,
      starts_at: '2030-01-01T00:00:00Z',
      executor_config: { command: 'true', mem_limit: '1GB' },
    });
    expect(lintJob(job, { version: '4.0.9' })).toEqual([]);
    expect(lintJob(job, { version: 'devel' })).toEqual([]);
    expect(lintJob(job, { version: '4.0.9-rc1' })).toEqual([]);
    expect(lintJob(job, { version: '4.0.9-beta1' }).map(({ path }) => path)).toEqual([
      'executor_config.mem_limit',
      'starts_at',
    ]);
    expect(lintJob(job, { version: '3.2.7' }).map(({ path }) => path)).toEqual([
      'executor_config.mem_limit',
      'starts_at',
    ]);
    expect(lintJob(aJob({ schedule: '@minutely' }), { version: '3.1.0' })).toMatchObject([
      { path: 'schedule', level: 'error' },
    ]);
  });

  it('says that an executor does not come with Dkron, and leaves its settings alone', () => {
    expect(lintJob(aJob({ executor: 'docker', executor_config: { image: 'x' } }))).toMatchObject([
      { rule: 'executor-unknown', level: 'warning', path: 'executor' },
    ]);
    expect(lintJob(aJob({ executor: 'HTTP' }))).toMatchObject([{ fix: 'http' }]);
    expect(lintJob(aJob({ executor: '', executor_config: null }))).toMatchObject([
      { path: 'executor', level: 'warning' },
    ]);
  });

  it.each([
    ['kafka', '3.1.5', '3.1.4'],
    ['nats', '3.1.5', '3.1.4'],
    ['rabbitmq', '3.0.5', '3.0.4'],
    ['gcppubsub', '3.1.7', '3.1.6'],
    ['grpc', '3.2.0', '3.1.11'],
  ])('says that %s came with %s', (executor, since, version) => {
    const found = (version: string) =>
      lintJob(aJob({ executor, executor_config: {} }), { version }).filter(
        ({ path }) => path === 'executor',
      );
    expect(found(version)).toMatchObject([{ rule: 'too-old', level: 'warning' }]);
    expect(found(version)[0]?.text).toContain(`came with Dkron ${since}`);
    expect(found(since)).toEqual([]);
  });

  it('knows what is past when it would be written', () => {
    const past = '2026-11-26T09:59:59Z';
    expect(lintJob(aJob({ schedule: `@at ${past}` }))).toMatchObject([{ rule: 'past' }]);
    expect(lintJob(aJob({ expires_at: past }))).toMatchObject([{ rule: 'expired' }]);
    expect(lintJob(aJob({ expires_at: '2026-11-26T10:00:00Z' }))).toMatchObject([
      { rule: 'expired' },
    ]);
    expect(lintJob(aJob({ expires_at: '2026-11-26T10:05:01Z' }))).toEqual([]);
  });

  it('looks for the parent where it knows the jobs', () => {
    const parents = parentsOf([aJob(), aJob({ name: 'child', parent_job: 'refresh' })]);
    const under = (parent_job: string) =>
      lintJob(aJob({ schedule: '', parent_job }), { parents }).map(({ rule }) => rule);
    expect(under('nobody')).toEqual(['parent-missing']);
    expect(under('child')).toEqual(['parent-circle']);
    expect(under('refresh')).toEqual(['parent-itself']);
  });

  it.each(['cache/refresh', 'https://', 'http://<host>/', 'http://a b/', 'ftp://a'])(
    'knows that nothing can be called at %s',
    (url) => {
      expect(lintJob(anHttpJob({ url }))).toMatchObject([{ rule: 'http-url', level: 'warning' }]);
    },
  );

  it.each(['https://a/', 'http://[::1]:80?x', 'HTTP://u@a:1#b'])('takes %s', (url) => {
    expect(lintJob(anHttpJob({ url }))).toEqual([]);
  });

  it('says of headers that are no list only that', () => {
    const rules = lintJob(anHttpJob({ headers: 'A: b', body: '{}' })).map(({ rule }) => rule);
    expect(rules).toEqual(['headers-list']);
  });

  it('never shows what a header or a body holds', () => {
    const job = anHttpJob({ headers: '["Authorization: s3cret:x", "s3cret"]', body: '{"s3cret' });
    expect(JSON.stringify(lintJob(job))).not.toContain('s3cret');
  });
});

describe('newFindings', () => {
  const news = (job: Job, seen?: Job) =>
    newFindings(checkJob(job, around), seen ? checkJob(seen, around) : []);
  const odd = aJob({ executor_config: { command: 'a | b' } });

  it('are all of a new job', () => {
    expect(news(odd)).toMatchObject([{ rule: 'shell-words' }]);
  });

  it('are of a change only what it brings', () => {
    expect(news({ ...odd, retries: 1 }, odd)).toEqual([]);
    const worse = { ...odd, timezone: 'Mars' };
    expect(news(worse, odd)).toMatchObject([{ rule: 'zone' }]);
  });
});

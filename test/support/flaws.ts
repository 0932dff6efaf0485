/** A job for every rule of the checks, each with that one thing wrong: no rule can be without. */

import type { Job } from '../../src/job/job.ts';
import type { JobRule } from '../../src/job/lint/finding.ts';
import { wholeJob } from '../../src/job/zero.ts';

export interface Flaw {
  /** As an operator writes it. */
  readonly job: Job;
  /** What it is without the flaw: something to change. */
  readonly sound: Job;
  /** Jobs that have to be there. */
  readonly others: readonly Job[];
  /** The server's, where it matters. */
  readonly version?: string;
}

export const name = 'job';

const sound = wholeJob({
  name,
  schedule: '@manually',
  executor: 'shell',
  executor_config: { command: 'true' },
});
const httpConfig = { method: 'GET', url: 'http://a/', expectCode: '200' };
const soundHttp = { ...sound, executor: 'http', executor_config: httpConfig };
const soundGrpc = { ...sound, executor: 'grpc', executor_config: { url: 'a:1/b.C/D' } };

const flaw = (
  wanted: Readonly<Record<string, unknown>>,
  more: Partial<Omit<Flaw, 'job'>> = {},
): Flaw => ({ job: { ...sound, ...wanted }, sound, others: [], ...more });

const at = (schedule: string, timezone = ''): Flaw => flaw({ schedule, timezone });
const shell = (config: Record<string, string>): Flaw =>
  flaw({ executor_config: { command: 'true', ...config } });
const http = (config: Record<string, string>): Flaw =>
  flaw({ executor: 'http', executor_config: { ...httpConfig, ...config } }, { sound: soundHttp });
const grpc = (config: Record<string, string>): Flaw =>
  flaw(
    { executor: 'grpc', executor_config: { url: 'a:1/b.C/D', ...config } },
    { sound: soundGrpc },
  );

const starting = { ...sound, starts_at: '2090-01-02T00:00:00Z' };

export const flaws: Readonly<Record<JobRule, Flaw>> = {
  schedule: at('*/5 * * * *'),
  zone: at('0 0 12 * * *', 'Europe/Pariss'),
  unused: flaw(
    { schedule: '@every 90s', parent_job: 'parent' },
    { others: [{ ...sound, name: 'parent' }], sound: { ...sound, parent_job: 'parent' } },
  ),
  never: at('0 0 12 30 2 *'),
  'zone-ignored': at('@daily', 'Asia/Tokyo'),
  'either-day': at('0 0 12 1 * MON'),
  'every-truncated': at('@every 1500ms'),
  'every-raised': at('@every 10ms'),
  phase: at('@every 90s'),
  past: at('@at 2020-01-01T00:00:00Z'),
  'tilde-spaces': at('0  ~ * * * *'),
  'tilde-step': at('0 ~/15 * * * *'),
  'runs-twice': at('@after 2099-01-01T00:00:00Z <PT1H'),
  'clock-skips': at('0 30 2 * * *', 'Europe/Paris'),
  'clock-twice': at('0 30 2 * * *', 'Europe/Paris'),
  'clock-loses': at('0 0 12 * * 5', 'Africa/Cairo'),
  'clock-strays': at('0 0 12 * * 4', 'Africa/Cairo'),
  'headers-list': http({ headers: '{"A": "b"}' }),
  'header-colon': http({ headers: '["Broken"]' }),
  'header-name': http({ headers: '["A b: c"]' }),
  'header-control': http({ headers: '["A: b\\nc"]' }),
  'header-cut': http({ headers: '["X-Url: http://a"]' }),
  'header-own': http({ headers: '["Host: a"]' }),
  'header-twice': http({ headers: '["A: b", "a: c"]' }),
  'setting-flag': shell({ shell: 'perhaps' }),
  'setting-debug': http({ debug: 'false' }),
  'setting-seconds': http({ timeout: '30s' }),
  'setting-count': grpc({ timeout: '30s' }),
  'setting-duration': shell({ timeout: '30' }),
  'setting-memory': shell({ mem_limit: 'much' }),
  'setting-environment': shell({ env: 'A=1,B' }),
  'setting-method': http({ method: 'get' }),
  'setting-body': http({ body: '{"a"' }),
  'setting-json': grpc({ body: 'a' }),
  'setting-base64': shell({ payload: 'a!' }),
  'setting-codes': http({ expectCode: '2xx' }),
  'setting-regexp': http({ expectBody: '/a/' }),
  shape: flaw({ retries: -1 }),
  'too-old': flaw({ starts_at: '2030-01-01T00:00:00Z' }, { version: '4.0.8' }),
  'field-unknown': flaw({ shell: true }),
  'field-case': flaw({ Owner: 'me' }),
  'count-cut': flaw({ retries: 4294967297 }),
  'not-unicode': flaw({ owner: 'a\ud800' }),
  name: flaw({ name: 'Job' }),
  'parent-itself': flaw({ parent_job: name, schedule: '' }),
  'parent-missing': flaw({ parent_job: 'nobody', schedule: '' }),
  'parent-circle': flaw(
    { parent_job: 'child', schedule: '' },
    { others: [{ ...sound, name: 'child', parent_job: name, schedule: '' }] },
  ),
  'parent-disabled': flaw(
    { parent_job: 'parent', schedule: '' },
    { others: [{ ...sound, name: 'parent', disabled: true }] },
  ),
  'tags-nowhere': flaw({ tags: { role: 'web:1' } }),
  'tags-few': flaw({ tags: { role: 'dkron:2' } }),
  'tag-count': flaw({ tags: { role: 'dkron:all' } }),
  concurrency: flaw({ concurrency: 'never' }),
  expired: flaw({ expires_at: '2020-01-01T00:00:00Z' }),
  window: flaw({ ...starting, expires_at: '2090-01-01T00:00:00Z' }, { sound: starting }),
  ephemeral: flaw(
    { schedule: '@every 24h', ephemeral: true },
    { sound: { ...sound, schedule: '@every 24h' } },
  ),
  'timeout-gap': flaw(
    { schedule: '@every 1m', executor_config: { command: 'true', timeout: '2m' } },
    { sound: { ...sound, schedule: '@every 1m' } },
  ),
  'forbid-stuck': flaw({ concurrency: 'forbid' }, { version: '4.0.9' }),
  hangs: flaw({ concurrency: 'forbid' }),
  'processor-unknown': flaw({ processors: { elastic: { forward: 'true' } } }),
  'executor-missing': flaw({ executor: '' }),
  'executor-unknown': flaw({ executor: 'htttp' }),
  'setting-missing': flaw({ executor_config: {} }),
  'setting-unknown': shell({ comand: 'true' }),
  'http-url': http({ url: 'http://<host>/' }),
  'http-any-status': flaw(
    { executor: 'http', executor_config: { method: 'GET', url: 'http://a/' } },
    { sound: soundHttp },
  ),
  'http-content-type': http({ body: '{"a":1}' }),
  'http-plain': http({ url: 'http://www.example.com/' }),
  'tls-unverified': http({ tlsNoVerifyPeer: 'true' }),
  'secret-in-clear': http({ headers: '["Authorization: Bearer a"]' }),
  'shell-words': shell({ command: 'date > /tmp/now' }),
};

export const everyFlaw = Object.entries(flaws) as (readonly [JobRule, Flaw])[];

import { describe, expect, it } from 'vitest';
import { checkJob } from '../../../src/job/lint/lint.ts';
import { instantFromMillis } from '../../../src/schedule/index.ts';
import { aJob } from '../../support/jobs.ts';

const found = (executor: string, config: Record<string, string>) =>
  checkJob(aJob({ executor, executor_config: config }), { now: instantFromMillis(0) });
const http = (config: Record<string, string>) =>
  found('http', { method: 'GET', expectCode: '200', ...config });

describe('a call without TLS', () => {
  it.each([
    ['http://www.example.com/', 'note'],
    ['http://api.partner.fr:8080/a', 'note'],
    ['http://partner.cloud', 'note'],
    ['http://8.8.8.8/', 'note'],
    ['http://user:pass@www.example.com/', 'warning'],
    ['https://www.example.com/', null],
    ['http://localhost:8080/', null],
    ['http://cache-manager:8080/v1', null],
    ['http://cache-manager.mobility.svc.cluster.local:8080/', null],
    ['http://cache-manager.mobility:8080/', null],
    ['http://printer.local/', null],
    ['http://10.1.2.3/', null],
    ['http://172.16.0.1/', null],
    ['http://172.32.0.1/', 'note'],
    ['http://192.168.1.1/', null],
    ['http://100.64.0.1/', null],
    ['http://127.0.0.1:9000/', null],
    ['http://[::1]/', null],
    ['http://[fd00::1]/', null],
  ])('to %s is a %s', (url, level) => {
    const [first] = http({ url }).filter(({ rule }) => rule === 'http-plain');
    expect(first?.level ?? null).toBe(level);
  });

  it('is worse with credentials', () => {
    const headers = '["Authorization: Bearer sesame"]';
    expect(http({ url: 'http://www.example.com/', headers })).toMatchObject([
      { rule: 'http-plain', level: 'warning', text: expect.stringContaining('its credentials') },
      { rule: 'secret-in-clear', level: 'note' },
    ]);
  });
});

describe('credentials in clear', () => {
  it.each([
    ['http', { headers: '["Authorization: Bearer sesame", "authorization: x"]' }, 2],
    ['http', { headers: '["X-Api-Key: sesame", "Accept: a"]' }, 1],
    ['http', { headers: '["Authorization:"]' }, 0],
    ['http', { url: 'https://user:sesame@a/' }, 1],
    ['http', { url: 'https://a/?at=user:sesame@b' }, 0],
    ['shell', { env: 'PGPASSWORD=sesame,LANG=C' }, 1],
    ['shell', { env: 'PGPASSWORD=,LANG=C' }, 0],
  ])('of a %s job with %j are told: %i', (executor, config, count) => {
    const secrets = found(executor, config).filter(({ rule }) => rule === 'secret-in-clear');
    expect(secrets).toHaveLength(count);
    expect(JSON.stringify(secrets)).not.toContain('sesame');
  });
});

import { describe, expect, it } from 'vitest';
import { httpRequest, targetText } from '../../src/job/http.ts';
import { aJob } from '../support/jobs.ts';

const request = (executor_config: Record<string, string> | null) =>
  httpRequest(aJob({ executor: 'http', executor_config }));

describe('httpRequest', () => {
  it('reads what Dkron stores as strings', () => {
    expect(
      request({
        method: 'POST',
        url: 'http://cache/refresh',
        headers: '["Content-Type: application/json", "X-Url:http://a:80"]',
        body: '{"a":1}',
        timeout: '5',
        expectCode: '200,206',
        expectBody: 'ok',
        debug: 'x',
      }),
    ).toEqual({
      method: 'POST',
      url: 'http://cache/refresh',
      headers: [
        { name: 'Content-Type', value: 'application/json' },
        { name: 'X-Url', value: 'http://a:80' },
      ],
      headersValid: true,
      body: '{"a":1}',
      bodyKind: 'json',
      expectCode: '200,206',
      expectBody: 'ok',
      timeout: 5,
      debug: true,
    });
  });

  it('has a plain meaning for no configuration', () => {
    expect(request(null)).toMatchObject({
      method: '',
      headers: [],
      bodyKind: 'none',
      timeout: 30,
      debug: false,
    });
  });

  it.each(['not json', '{"a":"b"}', '[1]'])(
    'shows headers that Dkron would not send: %s',
    (headers) => {
      expect(request({ headers })).toMatchObject({
        headersValid: false,
        headers: [{ name: '', value: headers }],
      });
    },
  );

  it('keeps a header without a colon by its name', () => {
    expect(request({ headers: '["Broken"]' }).headers).toEqual([{ name: 'Broken', value: '' }]);
  });

  it.each([
    ['http', { method: 'GET', url: 'http://a' }, 'GET http://a'],
    ['shell', { command: 'true' }, 'true'],
    ['shell', { command: '' }, ''],
    ['shell', null, 'shell'],
    ['kafka', { topic: 'a' }, 'kafka'],
  ])('of %s %j is told in a line', (executor, executor_config, text) => {
    expect(targetText(aJob({ executor, executor_config }))).toBe(text);
  });

  it.each([
    ['0', 30],
    ['5s', 5],
    ['-1', -1],
    ['soon', 30],
  ])('takes the timeout %s for %d', (timeout, seconds) => {
    expect(request({ timeout }).timeout).toBe(seconds);
  });

  it('knows a body that is text', () => {
    expect(request({ body: 'a=1&b=2' }).bodyKind).toBe('text');
  });
});

import { describe, expect, it } from 'vitest';
import { httpRequest } from '../../src/job/http.ts';
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

  it('knows a body that is text', () => {
    expect(request({ body: 'a=1&b=2' }).bodyKind).toBe('text');
  });
});

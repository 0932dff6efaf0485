import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HttpExecutor } from '../../src/demo/executor-http.ts';
import { listen, stop } from '../../src/demo/listen.ts';

const open = new AbortController().signal;
const asked: { url?: string | undefined; headers: object; body: string }[] = [];
const server = createServer(async (request, response) => {
  asked.push({ url: request.url, headers: request.headers, body: await text(request) });
  if (request.url === '/drop') request.socket.destroy();
  if (request.url === '/away') response.writeHead(302, { location: 'http://example.org/x' });
  if (request.url?.startsWith('/again'))
    response.writeHead(307, { location: request.url === '/again' ? '/again/1' : '/again' });
  if (request.url !== '/slow') response.end(request.method);
});
let url: string;
beforeAll(async () => {
  url = await listen(server, 0);
});
afterAll(() => stop(server));

const call = (config: Record<string, string>, executor = new HttpExecutor()) =>
  executor.execute(new Map(Object.entries({ method: 'POST', url, ...config })), open);

test('sends the method, the body and the headers as Dkron cuts them', async () => {
  const headers = '["content-type: application/json", "X-Url: http://a/b", "Host: x"]';
  expect(await call({ url: `${url}/p?q=1`, headers, body: '{"a":"é"}' })).toMatchObject({
    success: true,
    output: 'POST',
  });
  const { headers: sent, ...rest } = asked.at(-1)!;
  expect(rest).toEqual({ url: '/p?q=1', body: '{"a":"é"}' });
  expect(sent).toMatchObject({
    'content-type': 'application/json',
    'x-url': 'http',
    host: url.slice('http://'.length),
    'user-agent': 'Go-http-client/1.1',
  });
});

test.each([
  'http://example.org/x',
  'http://10.0.0.1:1/',
  'http://cache-manager.mobility.svc.cluster.local:8086/v1',
  'http://127.0.0.1.example.org/',
  'http://[2001:db8::1]/',
])('%s is not called', async (elsewhere) => {
  const { success, output } = await call({ url: elsewhere });
  expect(success).toBe(false);
  expect(output).toContain('the demo server calls loopback addresses only');
});

test('a redirect to another machine is not followed', async () => {
  const { success, output } = await call({ url: `${url}/away` });
  expect({ success, output }).toEqual({
    success: false,
    output: `Post "${url}/away": the demo server calls loopback addresses only; example.org was not called\n`,
  });
});

test('localhost is this machine, whatever the name service says', async () => {
  const port = new URL(url).port;
  expect(await call({ url: `http://localhost:${port}/` })).toMatchObject({ success: true });
});

describe('what goes wrong', () => {
  test.each([
    [{ url: '' }, 'url is empty\n'],
    [{ method: '' }, 'method is empty\n'],
    [
      { url: 'http://127.0.0.1:1/' },
      /^Post "http:\/\/127.0.0.1:1\/": dial tcp 127.0.0.1:1: connect: connection refused\n$/,
    ],
    [{ url: 'http://me:secret@127.0.0.1:1/' }, /^Post "http:\/\/me:\*\*\*@127/],
    [{ url: '/drop' }, /: EOF\n$/],
    [
      { url: '/slow', timeout: '1' },
      /context deadline exceeded \(Client.Timeout exceeded while awaiting headers\)\n$/,
    ],
    [{ url: '/again' }, 'Post "/again": stopped after 10 redirects\n'],
    [{ headers: '["no colon"]' }, /^rpc error: code = Unavailable/],
    [{ expectCode: '201' }, 'received response code does not match the expected code\nPOST'],
    [{ expectBody: '^GET' }, 'received response body did not match the expected body\nPOST'],
  ])('%j', async (config: Record<string, string>, output) => {
    const path = config['url']?.startsWith('/') ? { url: url + config['url'] } : {};
    const result = await call({ ...config, ...path });
    expect(result.success).toBe(false);
    if (typeof output === 'string') expect(result.output).toBe(output);
    else expect(result.output).toMatch(output);
  });
});

test('a bad timeout is warned of by the first call only', async () => {
  const executor = new HttpExecutor();
  const warned = async () => (await call({ timeout: 'soon' }, executor)).output;
  expect(await warned()).toBe(
    'Warning: invalid timeout value: "soon" not understood (strconv.Atoi: parsing "soon": invalid syntax), using default value of 30.\nPOST',
  );
  expect(await warned()).toBe('POST');
});

test('a call that is under way ends when the server closes', async () => {
  const closing = new AbortController();
  const config = new Map(Object.entries({ method: 'GET', url: `${url}/slow`, timeout: '0' }));
  const result = new HttpExecutor().execute(config, closing.signal);
  closing.abort();
  expect(await result).toMatchObject({ success: false });
});

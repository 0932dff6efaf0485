/** The way to a target: proxies of the environment, and what is shown to whom. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { OperatorError, Unreachable } from '../../src/base/errors.ts';
import { bareTarget, type Target } from '../../src/config/target.ts';
import { routeOf } from '../../src/contexts/route.ts';
import { createClient } from '../../src/dkron/client.ts';
import { serve } from '../dkron/scripted.ts';
import { authority, hasOpenssl } from '../support/authority.ts';
import { httpProxy } from '../support/http-proxy.ts';

const node = '{"agent":{"name":"n1","version":"4.1.2"},"serf":{},"tags":{}}';
const portOf = (url: string): number => Number(new URL(url).port);

function client(target: Target, env: Record<string, string>) {
  const dkron = createClient({ route: routeOf(target, { env, warn: () => {} }) });
  onTestFinished(() => dkron.close());
  return dkron;
}

const failure = (dkron: ReturnType<typeof client>): Promise<OperatorError> =>
  dkron.server().then(
    () => {
      throw new Error('it answered');
    },
    (error: OperatorError) => error,
  );

const token = {
  credentials: { basic: null, bearer: { env: 'TOKEN' }, headers: {} },
} as const;

describe('the way through a proxy', () => {
  it('is taken for another machine, and the proxy gets its own credentials', async () => {
    const { url, came } = await serve(() => ({ body: node }));
    const proxy = await httpProxy(portOf(url));
    const target = bareTarget('http://dkron.test/base', token);
    const env = { http_proxy: `http://u:p%40@${proxy.host}`, TOKEN: 's3cr3t' };
    await client(target, env).server();
    expect(proxy.asked).toEqual(['GET http://dkron.test/base/v1']);
    expect(proxy.shown).toEqual([`Basic ${Buffer.from('u:p@').toString('base64')}`]);
    expect(came[0]?.headers).toMatchObject({ host: 'dkron.test', authorization: 'Bearer s3cr3t' });
    expect(came[0]?.headers['proxy-authorization']).toBeUndefined();
  });

  it.each([
    ['no_proxy names it', 'http://127.0.0.2', { no_proxy: '127.0.0.0/8' }, true],
    ['it is this machine', 'http://127.0.0.1', {}, true],
    ['the context says so', 'http://127.0.0.1', {}, false],
  ])('is not taken when %s', async (_, host, more, proxied) => {
    const { url, came } = await serve(() => ({ body: node }));
    const proxy = await httpProxy(portOf(url), 503);
    const address = `${host}:${portOf(url)}`.replace('127.0.0.2', '127.0.0.1');
    const target = bareTarget(address, { proxy: proxied });
    await client(target, { all_proxy: `http://${proxy.host}`, ...more }).server();
    expect(came).toHaveLength(1);
    expect(proxy.asked).toEqual([]);
  });

  it('is named when it is closed', async () => {
    const target = bareTarget('http://dkron.test');
    const error = await failure(client(target, { http_proxy: 'http://127.0.0.1:1' }));
    expect(error).toBeInstanceOf(Unreachable);
    expect(error.message).toBe(
      'http://dkron.test cannot be reached through the proxy 127.0.0.1:1: connection refused',
    );
  });

  it.each([
    [
      'http',
      407,
      'the proxy requires its own user and password, or does not accept those it got (407)',
    ],
    [
      'https',
      407,
      'the proxy requires its own user and password, or does not accept those it got (407)',
    ],
    ['https', 503, 'the proxy does not connect to it (503)'],
  ])('of %s, which answers %i', async (scheme, status, message) => {
    const proxy = await httpProxy(1, status);
    const target = bareTarget(`${scheme}://dkron.test`);
    const error = await failure(client(target, { all_proxy: `http://u:planted@${proxy.host}` }));
    expect(error.message).toBe(
      `${scheme}://dkron.test cannot be reached through the proxy ${proxy.host}: ${message}`,
    );
  });

  it('is no address that cannot be read', async () => {
    const target = bareTarget('http://dkron.test');
    const error = await failure(client(target, { http_proxy: 'socks5://a:planted@b' }));
    expect(error).toBeInstanceOf(OperatorError);
    expect(error.message).toBe(
      'http_proxy names a proxy of the kind socks5: which is not supported',
    );
  });

  it.runIf(hasOpenssl)('is a tunnel for TLS, which sees nothing of it', async () => {
    const ca = authority();
    const pair = ca.sign({ name: 'dkron', names: 'DNS:dkron.test' });
    const shown: (string | undefined)[] = [];
    const [cert, key] = [readFileSync(pair.cert), readFileSync(pair.key)];
    const server = createServer({ cert, key }, (request, response) => {
      shown.push(request.headers.authorization);
      response.end(node);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onTestFinished(() => void server.close().closeAllConnections());
    const proxy = await httpProxy((server.address() as AddressInfo).port);
    const tls = { ...bareTarget('x').tls, ca: ca.root.cert };
    const env = { https_proxy: `http://${proxy.host}`, TOKEN: 's3cr3t' };
    await client(bareTarget('https://dkron.test', { ...token, tls }), env).server();
    expect(shown).toEqual(['Bearer s3cr3t']);
    expect(proxy.asked).toEqual(['CONNECT dkron.test:443']);
    const strange = await failure(client(bareTarget('https://dkron.test', token), env));
    expect(strange.message).toContain('its certificate is signed by an unknown authority');
    expect(shown).toHaveLength(1);
  });
});

it('says once what an operator should know of a source', async () => {
  const { url } = await serve(({ headers }) =>
    headers['authorization'] === 'Bearer right' ? { body: node } : { status: 401, whom: null },
  );
  const warnings: string[] = [];
  const source = { file: 'package.json' };
  const credentials = { basic: { user: 'a', password: source }, bearer: null, headers: {} };
  const route = routeOf(bareTarget(url, { credentials }), {
    env: {},
    warn: (text) => void warnings.push(text),
  });
  const dkron = createClient({ route });
  onTestFinished(() => dkron.close());
  await dkron.server().catch(() => {});
  await dkron.server().catch(() => {});
  expect(warnings).toHaveLength(1);
});

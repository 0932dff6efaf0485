/** What comes to a server while a console starts on it: each read once, with all that lets in, to no other place. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Came } from '../../dkron/scripted.ts';
import { authority, hasOpenssl } from '../../support/authority.ts';
import { type CountedServer, counted } from '../../support/counted-server.ts';
import { httpProxy } from '../../support/http-proxy.ts';
import { type FakeKubectl, fakeKubectl } from '../../support/kubectl.ts';
import { nginx, nginxLine, startNginx } from '../../support/nginx.ts';
import { type ConsoleOptions, startConsole, startProgram } from '../driver/console.ts';
import { folder } from '../driver/folder.ts';
import { demo } from '../driver/server.ts';

console.log(`the start of a console: ${nginxLine()}`);

const server = demo([{ name: 'alpha' }]);
const other = demo([{ name: 'bravo' }]);

const paths = (came: readonly Came[]): string[] => came.map(({ path }) => path.replace(/\?.*/, ''));

/** What comes from now on. */
function newAt({ came }: CountedServer): () => readonly Came[] {
  const before = came.length;
  return () => came.slice(before);
}

/** Whole, and nothing of it twice. */
function expectOnce(came: readonly Came[]): void {
  const read = paths(came);
  expect(read.filter((path) => path.endsWith('/v1/jobs'))).toHaveLength(1);
  expect(read.toSorted()).toEqual([...new Set(read)].toSorted());
}

describe('the first look of a console', () => {
  it.each([
    ['early', {}],
    ['the long way', { ALL_PROXY: 'http://127.0.0.1:1' }],
  ])('asks for each thing once, %s', async (_, env) => {
    const { url, came } = await counted(server.url);
    const on = await startConsole({ url }, { env });
    await on.sees('live');
    await on.quit();
    expectOnce(came);
  });
});

describe('a console that is opened by a context', () => {
  let door: CountedServer;
  let config: string;
  let env: Record<string, string>;

  beforeEach(async () => {
    door = await counted(server.url);
    config = join(folder(), 'config.yaml');
    env = { DKRON_TUI_CONFIG: config, XDG_STATE_HOME: folder(), TOKEN: 'planted-1' };
  });

  const context = (text: string): void =>
    writeFileSync(config, `current: c\ncontexts: { c: { ${text} } }\n`);

  /** The second of two consoles; what came to the server since it began. */
  async function second(options: ConsoleOptions = {}, job = 'alpha') {
    const open = async () => {
      const on = await startProgram({ ...options, env: { ...env, ...options.env } });
      await on.sees('live · ', job);
      await on.idle();
      await on.quit();
      return on.written;
    };
    await open();
    const came = newAt(door);
    const written = await open();
    expect(written.slice(0, written.indexOf('\x1b[?2026l'))).toMatch(/rows of .*, from \d{4}/);
    return came();
  }

  it('asks for each thing once, before the program is there', async () => {
    context(`url: "${door.url}"`);
    const came = await second();
    expectOnce(came);
    // What the program asks keeps its connections.
    const early = came.filter(({ headers }) => headers['connection'] === 'close');
    expect(paths(early)).toContain('/v1/jobs');
    expect(early.length).toBeGreaterThan(4);
  });

  it.each([
    ['bearer', 'bearer: { env: TOKEN }', 'authorization', 'Bearer planted-1'],
    [
      'basic',
      'basic: { user: ops, password: { env: TOKEN } }',
      'authorization',
      `Basic ${Buffer.from('ops:planted-1').toString('base64')}`,
    ],
    ['a header', 'headers: { X-Token: { env: TOKEN } }', 'x-token', 'planted-1'],
  ])('asks nothing without its credentials: %s', async (_, text, header, value) => {
    context(`url: "${door.url}", ${text}`);
    const came = await second();
    expectOnce(came);
    for (const { headers } of came) expect(headers[header]).toBe(value);
  });

  it('asks nothing without the user of its address', async () => {
    context(`url: "${door.url}"`);
    const url = door.url.replace('http://', 'http://ops:planted-1@');
    const came = await second({ env: { DKRON_URL: url } });
    expectOnce(came);
    for (const { headers } of came)
      expect(headers['authorization']).toBe(
        `Basic ${Buffer.from('ops:planted-1').toString('base64')}`,
      );
  });

  it('asks nothing early by what the file said before', async () => {
    context(`url: "${door.url}"`);
    await second();
    const came = newAt(door);
    context(`url: "${door.url}", basic: { user: ops, password: { env: TOKEN } }`);
    const on = await startProgram({ env });
    await on.sees('live · ');
    await on.quit();
    expect(on.written).not.toMatch(/rows of .*, from \d{4}/);
    expectOnce(came());
    for (const { headers } of came()) expect(headers['authorization']).toMatch(/^Basic /);
  });

  it('asks the new place alone where the file names another', async () => {
    context(`url: "${door.url}"`);
    await second();
    const came = newAt(door);
    const there = await counted(other.url);
    context(`url: "${there.url}"`);
    const on = await startProgram({ env });
    await on.sees('bravo');
    await on.quit();
    expect(came()).toEqual([]);
    expect(there.came.length).toBeGreaterThan(0);
  });

  it.each(['--url', 'DKRON_URL'])('and by %s asks that alone', async (how) => {
    context(`url: "${door.url}"`);
    await second();
    const came = newAt(door);
    const there = await counted(other.url);
    const on = await startProgram(
      how === '--url'
        ? { args: ['--url', there.url], env }
        : { env: { ...env, DKRON_URL: there.url } },
    );
    await on.sees('live · ', 'bravo');
    await on.quit();
    expect(came()).toEqual([]);
    expectOnce(there.came);
  });

  it('goes through the proxy of the environment with all of it', async () => {
    context('url: "http://dkron.test:8080"');
    const proxy = await httpProxy(Number(new URL(door.url).port));
    const came = await second({ env: { http_proxy: `http://${proxy.host}` } });
    expectOnce(came);
    expect(proxy.asked.length).toBeGreaterThanOrEqual(came.length);
  });

  it('goes past the proxy where the context says so', async () => {
    context(`url: "${door.url}", proxy: none`);
    const proxy = await httpProxy(1);
    expectOnce(await second({ env: { http_proxy: `http://${proxy.host}` } }));
    expect(proxy.asked).toEqual([]);
  });

  describe('behind a port-forward', () => {
    let kubectl: FakeKubectl;
    beforeEach(() => {
      kubectl = fakeKubectl({ to: door.url });
    });
    afterEach(() => kubectl.stop());

    it('asks through it alone', async () => {
      context('port-forward: { namespace: a, resource: svc/dkron, port: 8080 }');
      const read = paths(await second({ env: { PATH: kubectl.env['PATH']! } }));
      expect(kubectl.starts()).toHaveLength(2);
      expect(read.filter((path) => path === '/v1/jobs')).toHaveLength(1);
      // The forward is tried with one of its own.
      expect(read.filter((path) => path === '/v1').length).toBeLessThanOrEqual(2);
    });
  });

  describe.runIf(nginx !== undefined)('behind nginx', () => {
    const behind = async (servers: (port: number, at: string) => string, files = {}) => {
      const one = await startNginx(1, ([port], at) => servers(port!, at), files);
      onTestFinished(one.stop);
      return one.ports[0]!;
    };

    it('below a base path asks for each thing once', async () => {
      const port = await behind(
        (port) => `server { listen 127.0.0.1:${port};
          location /tools/dkron/ { proxy_pass ${door.url}/; } }`,
      );
      context(`url: "http://127.0.0.1:${port}/tools/dkron/"`);
      expectOnce(await second());
      // The same without a name.
      const address = `http://127.0.0.1:${port}/tools/dkron`;
      expectOnce(await second({ args: ['--url', address] }));
    });

    describe.runIf(hasOpenssl)('with TLS', () => {
      const ca = authority();

      it('of an authority of its own asks for each thing once, with the token', async () => {
        const own = ca.sign({ name: 'proxy' });
        const port = await behind(
          (port) => `server { listen 127.0.0.1:${port} ssl;
            ssl_certificate ${own.cert}; ssl_certificate_key ${own.key};
            location / { proxy_pass ${door.url}; } }`,
        );
        context(
          `url: "https://127.0.0.1:${port}", tls: { ca: "${ca.root.cert}" }, bearer: { env: TOKEN }`,
        );
        const came = await second();
        expectOnce(came);
        for (const { headers } of came) expect(headers['authorization']).toBe('Bearer planted-1');
      });

      it('that is not trusted sends nothing, and tells so over the rows of before', async () => {
        const own = ca.sign({ name: 'proxy' });
        const port = await behind(
          (port) => `server { listen 127.0.0.1:${port} ssl;
            ssl_certificate ${own.cert}; ssl_certificate_key ${own.key};
            location / { proxy_pass ${door.url}; } }`,
        );
        const url = `https://127.0.0.1:${port}`;
        context(`url: "${url}", tls: { ca: "${ca.root.cert}" }`);
        await second();
        const came = newAt(door);
        context(`url: "${url}"`);
        const on = await startProgram({ env });
        await on.sees('alpha', /rows of c, \d+s old · its cert/);
        await on.quit();
        expect(came()).toEqual([]);
      });
    });
  });
});

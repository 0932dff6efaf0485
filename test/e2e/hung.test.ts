import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  onTestFinished,
} from 'vitest';
import { placesBelow } from '../../src/config/places.ts';
import { openJournal } from '../../src/journal/file.ts';
import { type HangingServer, hangingServer } from '../support/hanging.ts';
import { closeScreens, type Screen, startScreen } from '../support/screen.ts';
import { ask, demoServer, type RunningServer } from '../support/servers.ts';

const program = fileURLToPath(new URL('../../bin/dkron-tui.js', import.meta.url));

let demo: RunningServer;
beforeAll(async () => {
  demo = await demoServer({ empty: true });
});
afterAll(() => demo.stop());
afterEach(closeScreens);

const aJob = (name: string) => ({
  name,
  schedule: '@every 7h',
  executor: 'shell',
  executor_config: { command: 'true' },
});

/** What the journal has for each change: its outcome, null for none. */
async function outcomes(screen: Screen, url: string): Promise<(string | null)[]> {
  const changes = await openJournal(
    placesBelow('', join(screen.home, '.local/state')).journal(url),
  ).changes();
  return changes.map(({ result }) => result?.outcome ?? null);
}

describe('a console whose change hangs at a server that answers no more', () => {
  let server: HangingServer;
  beforeEach(async () => {
    await ask(`${demo.url}/v1/jobs`, 'POST', aJob('zones'));
    server = await hangingServer(demo.url);
  });
  afterEach(() => server.stop());

  async function disabling(): Promise<Screen> {
    const screen = await startScreen({ args: ['--url', server.url] });
    await screen.waitFor('live');
    await screen.press('s');
    await screen.waitFor('Disable zones');
    await screen.answer('y');
    await server.hangs();
    return screen;
  }

  it.each([
    ['ctrl-c', (screen: Screen) => screen.send('\x03'), 0],
    ['q', (screen: Screen) => screen.send('q'), 0],
    ['SIGTERM', (screen: Screen) => screen.signal('SIGTERM'), 143],
    ['SIGQUIT', (screen: Screen) => screen.signal('SIGQUIT'), 131],
  ])(
    'waits a few seconds on %s, says for what, and what is not known',
    async (_, leave, status) => {
      const screen = await disabling();
      leave(screen);
      await screen.waitFor('waiting for the answer to zones, 5 s at most; ctrl-c again');
      expect(screen.alternate()).toBe(false);
      expect(await screen.ended()).toEqual({ status, left: [] });
      expect(screen.text()).toContain('zones: sent, but no answer came: it may have happened');
      expect(await outcomes(screen, server.url)).toEqual(['unknown']);
    },
  );

  it('ends at once on a second Ctrl-C, and says that it may have happened', async () => {
    const screen = await disabling();
    screen.send('\x03');
    await screen.waitFor('waiting for the answer to zones');
    screen.send('\x03');
    expect(await screen.ended()).toEqual({ status: 130, left: [] });
    expect(screen.text()).toContain('left without waiting: what was sent last may have happened');
    expect(await outcomes(screen, server.url)).toEqual([null]);
  });

  it('ends from the schedule editor, too', async () => {
    const screen = await startScreen({ args: ['--url', server.url] });
    await screen.waitFor('live');
    await screen.press('i', 'end', 'ctrl-u');
    await screen.type('@every 9h');
    screen.send('\r');
    await server.hangs();
    screen.send('\x03');
    expect(await screen.ended()).toEqual({ status: 0, left: [] });
    expect(await outcomes(screen, server.url)).toEqual(['unknown']);
  });
});

it('a console that is left right after a change ends', async () => {
  await ask(`${demo.url}/v1/jobs`, 'POST', aJob('zones'));
  const screen = await startScreen({ args: ['--url', demo.url] });
  await screen.waitFor('live');
  await screen.press('s');
  await screen.waitFor('Disable zones');
  await screen.answer('y');
  screen.send('\x03');
  expect(await screen.ended()).toMatchObject({ left: [] });
});

describe('a restore that hangs', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'says on %s what was written, what was not, and what is not known',
    async (signal) => {
      const server = await hangingServer(demo.url, 1);
      const folder = mkdtempSync(join(tmpdir(), 'dkron-tui-hung-'));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      const file = join(folder, 'snap');
      const names = Array.from({ length: 40 }, (_, at) => `${signal.toLowerCase()}-${at}`);
      writeFileSync(file, names.map((name) => `${JSON.stringify(aJob(name))}\n`).join(''));
      const restoring = await startScreen({
        args: ['--url', server.url, 'restore', file, '--yes'],
        rows: 60,
      });
      await server.hangs();
      restoring.signal(signal);
      await restoring.waitFor('waiting for the answer to what was sent, 5 s at most');
      const { status } = await restoring.ended();
      expect(status).toBe({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }[signal]);
      const text = restoring.text();
      expect(text).toMatch(/not sent: interrupted/);
      expect(text).toMatch(/unknown|not known/);
      const noted = await outcomes(restoring, server.url);
      expect(noted).toHaveLength(40);
      expect(noted).not.toContain(null);
      await server.stop();
    },
  );
});

describe('a backup that is interrupted', () => {
  /** As a Node that is too old sees it: it starts the pinned one. */
  const old = `--import=data:text/javascript,${encodeURIComponent(
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.0.0' } })",
  )}`;

  it.each([
    ['by Ctrl-C', [], (screen: Screen) => screen.send('\x03'), 130],
    ['by Ctrl-C, through an older Node', [old], (screen: Screen) => screen.send('\x03'), 130],
    ['by SIGINT to an older Node alone', [old], (screen: Screen) => screen.signal('SIGINT'), 130],
    ['by SIGTERM to an older Node alone', [old], (screen: Screen) => screen.signal('SIGTERM'), 143],
    ['by SIGTERM', [], (screen: Screen) => screen.signal('SIGTERM'), 143],
    ['by SIGQUIT', [], (screen: Screen) => screen.signal('SIGQUIT'), 131],
  ])('%s leaves no file behind', async (_, node, interrupt, status) => {
    const server = createServer((request, response) => {
      response.setHeader('X-Whom', 'n1');
      if (request.url !== '/v1/jobs') return void response.end('{}');
      const job = JSON.stringify(aJob('zones'));
      response.write(`[${Array.from({ length: 4_000 }, () => job).join(',')}`);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const [first = program, ...rest] = [...node, program];
    const screen = await startScreen({
      script: first,
      args: [...rest, '--url', url, 'backup', 'snap'],
    });
    const files = () => readdirSync(screen.home).filter((name) => name.includes('snap'));
    await expect.poll(files, { timeout: 15_000 }).toHaveLength(1);
    interrupt(screen);
    expect((await screen.ended()).status).toBe(status);
    expect(files()).toEqual([]);
    server.close();
    server.closeAllConnections();
  });
});

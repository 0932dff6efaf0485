import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeScreens, startScreen } from '../support/screen.ts';
import { ask, demoServer, type RunningServer } from '../support/servers.ts';

let server: RunningServer;
beforeEach(async () => {
  server = await demoServer();
});
afterEach(async () => {
  await closeScreens();
  await server.stop();
});

const open = (...args: string[]) =>
  startScreen({ args: ['--url', server.url, '--refresh', '0.5', ...args] });

describe('a server that goes away', () => {
  it('leaves the rows on screen, and comes back by itself', async () => {
    const screen = await open();
    await screen.waitFor('live');
    await screen.waitFor('karos-journeys');
    const port = Number(new URL(server.url).port);
    await server.stop();
    await screen.waitFor(/lost|refused|no answer/i);
    expect(screen.text()).toContain('karos-journeys');
    await screen.press('j', 'enter');
    await screen.waitFor('Schedule');
    await screen.press('esc');
    server = await demoServer({ port });
    await screen.waitFor('live');
  });

  it('that was never there is waited for', async () => {
    const port = Number(new URL(server.url).port);
    await server.stop();
    const screen = await open();
    await screen.waitFor(/refused|cannot|no answer/i);
    server = await demoServer({ port });
    await screen.waitFor('karos-journeys');
    await screen.press('q');
    expect(await screen.ended()).toEqual({ status: 0, left: [] });
  });
});

describe('a clock that is not the one of the server', () => {
  it('is told of, and stands in the header until it is set right', async () => {
    const clock = { off: -15 * 60_000 };
    const between = createServer((asked, answer) => {
      asked.pipe(
        request(server.url + asked.url, { method: asked.method }, (came) => {
          const date = new Date(Date.now() + clock.off).toUTCString();
          answer.writeHead(came.statusCode!, { ...came.headers, date });
          came.pipe(answer);
        }),
      );
    });
    await new Promise<void>((done) => between.listen(0, '127.0.0.1', done));
    const { port } = between.address() as AddressInfo;
    const screen = await startScreen({
      args: ['--url', `http://127.0.0.1:${port}`, '--refresh', '0.5'],
    });
    await screen.waitFor("This machine's clock is 15m ahead of the server's;");
    await screen.waitFor('clock 15m ahead · live');
    await screen.press('enter');
    await screen.waitFor("by this machine's clock, which is 15m ahead of the server's");
    clock.off = 0;
    await screen.waitFor((now) => !now.text().includes('ahead'));
    between.closeAllConnections();
    between.close();
  });
});

describe('what changes on the server', () => {
  it('shows by itself, under a cursor that stays on its job', async () => {
    const screen = await open();
    await screen.waitFor('karos-journeys');
    await screen.press('G', 'k');
    const before = screen
      .text()
      .split('\n')
      .find((line) => line.startsWith('▌'));
    const name = before?.split(/\s+/)[1];
    await ask(`${server.url}/v1/jobs`, 'POST', {
      name: 'aaa-new',
      schedule: '@every 24h',
      executor: 'shell',
      executor_config: { command: 'true' },
    });
    await screen.waitFor('Jobs  43');
    const after = screen
      .text()
      .split('\n')
      .find((line) => line.startsWith('▌'));
    expect(after?.split(/\s+/)[1]).toBe(name);
  });

  it('cannot bring control characters to the terminal', async () => {
    const evil = '\x1b]0;owned\x07\x1b[2J\x1b[31mred\u202e\u200b';
    await ask(`${server.url}/v1/jobs`, 'POST', {
      name: 'evil',
      displayname: evil,
      owner: evil,
      metadata: { note: evil },
      schedule: '@every 24h',
      executor: 'shell',
      executor_config: { command: `echo "${evil}"` },
    });
    const screen = await open();
    await screen.waitFor('karos-journeys');
    await screen.type('/evil\r');
    for (const key of ['enter', 'y', 'esc']) {
      await screen.press(key);
      expect(screen.text()).toMatch(/red/);
      expect(screen.text()).not.toMatch(/[\u202e\u200b]/);
      expect(screen.text()).not.toBe('');
      expect(screen.title).toBe('');
    }
  });
});

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

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closeScreens, type Screen, startScreen } from '../support/screen.ts';
import { demoServer, type RunningServer } from '../support/servers.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server.stop());
afterEach(closeScreens);

const sizes = [
  [40, 10],
  [80, 24],
  [59, 10],
  [60, 10],
  [250, 80],
  [100, 30],
  [200, 50],
  [20, 4],
  [120, 12],
  [60, 80],
] as const;

/** Nothing was drawn below the last row or behind the last column. */
function expectFits(screen: Screen, what: string) {
  expect(screen.pushedOff, `${what} is taller than the screen`).toBe(0);
  expect(screen.wrappedRows(), `${what} is wider than the screen`).toEqual([]);
}

describe('whatever the size of the terminal', () => {
  it.each([
    ['the jobs', []],
    ['a job', ['enter']],
    ['its executions', ['x']],
    ['an output', ['o']],
    ['a body', ['b']],
    ['the schedule editor', ['i']],
    ['the help', ['?']],
    ['the palette', [':']],
    ['a question', ['s']],
    ['the snapshots', ['R']],
  ])('%s fits it', async (what, keys) => {
    const screen = await startScreen({ args: ['--url', server.url], cols: 100, rows: 30 });
    await screen.waitFor('live');
    await screen.press('j', ...keys);
    for (const [cols, rows] of sizes) {
      await screen.resize(cols, rows);
      const size = `${what} at ${cols}×${rows}`;
      expectFits(screen, size);
      expect(screen.text(), size).not.toBe('');
      await screen.press('ctrl-l');
      expectFits(screen, `${size}, redrawn,`);
    }
    await screen.resize(100, 30);
    await screen.waitFor('live');
  });

  it('says that a terminal is too small to work in', async () => {
    const screen = await startScreen({ args: ['--url', server.url], cols: 30, rows: 8 });
    await screen.waitFor('at least');
    await screen.resize(100, 30);
    await screen.waitFor('live');
  });
});

import { describe, expect, it } from 'vitest';
import { type Console, openConsole, startConsole } from '../driver/console.ts';
import { demo } from '../driver/server.ts';

const server = demo();

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
function expectFits(on: Console, what: string) {
  expect(on.pushedOff, `${what} is taller than the screen`).toBe(0);
  expect(on.wrappedRows(), `${what} is wider than the screen`).toEqual([]);
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
    const on = await openConsole(server, { cols: 100, rows: 30 });
    await on.press('j', ...keys);
    for (const [cols, rows] of sizes) {
      await on.resize(cols, rows);
      const size = `${what} at ${cols}×${rows}`;
      expectFits(on, size);
      expect(on.text(), size).not.toBe('');
      await on.press('ctrl-l');
      expectFits(on, `${size}, redrawn,`);
    }
    await on.resize(100, 30);
    await on.sees('live');
  });

  it('says that a terminal is too small to work in', async () => {
    const on = await startConsole(server, { cols: 30, rows: 8 });
    await on.sees('at least');
    await on.resize(100, 30);
    await on.sees('live');
  });
});

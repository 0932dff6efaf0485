import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Console, type ConsoleOptions, openConsole } from '../driver/console.ts';
import { before } from '../driver/node.ts';
import { demo } from '../driver/server.ts';

const server = demo([
  { name: 'zones', schedule: '@every 24h' },
  { name: 'stations', schedule: '@every 12h' },
  { name: 'vehicles', schedule: '@manually' },
]);

async function listen(options: ConsoleOptions = {}): Promise<Console> {
  const on = await openConsole(server, { args: ['--screen-reader'], ...options });
  on.written = '';
  return on;
}

/** What one key wrote. */
async function heard(on: Console, ...keys: string[]): Promise<string> {
  on.written = '';
  await on.press(...keys);
  return on.written.replaceAll('\r\r\n', '\n').replaceAll('\r\n', '\n');
}

/** The line that the terminal's own cursor is in. */
const here = (on: Console): string => on.line(on.cursor().row);

describe('--screen-reader', () => {
  it('one key writes one line, and the cursor rests at its beginning', async () => {
    const on = await listen();
    expect(here(on)).toMatch(/^stations, never, .*@every 12h/);
    expect(await heard(on, 'j')).toMatch(/^\nvehicles, never, never, none, [^\n]*\r$/);
    expect(here(on)).toMatch(/^vehicles, /);
    expect(on.cursor()).toMatchObject({ column: 0, visible: true });
    expect(await heard(on, 'j', 'j')).toMatch(/^\nzones, [^\n]*\r$/);
  });

  it('writes nothing while nothing happens', async () => {
    const on = await listen();
    // Longer than a look at the server takes to come again, and all ages grow.
    await sleep(3_000);
    expect(on.written).toBe('');
  });

  it('reads a job that is opened, and says where one is again', async () => {
    const on = await listen();
    const text = await heard(on, 'enter');
    expect(text).toMatch(/\nSchedule, @every 12h\n/);
    expect(text).not.toMatch(/[\u2500-\u259f]/);
    await heard(on, 'esc');
    expect(here(on)).toMatch(/^stations, /);
  });

  it('a run is asked about, answered, and its end is told', async () => {
    const on = await listen();
    expect(await heard(on, 't')).toMatch(/\nRun stations now on .*\? y run, esc cancel\r$/);
    expect(here(on)).toMatch(/^Run stations now/);
    await on.answer('y');
    await on.sees('stations: finished');
    await on.idle();
    expect(here(on)).toMatch(/^stations, success, /);
  });

  it('a schedule is typed where it stands, and saved', async () => {
    const on = await listen();
    await on.press('i', 'ctrl-u');
    expect(await heard(on, '@')).toBe('@');
    await on.type('every 6h');
    expect(here(on)).toMatch(/^ {3}schedule {2}@every 6h /);
    expect(on.cursor().column).toBe('   schedule  @every 6h'.length);
    await on.sees('every 6 hours');
    await on.press('enter');
    await on.sees('written and verified');
    expect(await server.job('stations')).toMatchObject({ schedule: '@every 6h' });
  });

  it.each([['q'], ['ctrl-c']])('leaves a sane terminal on %s', async (key) => {
    const on = await listen();
    expect(on.alternate()).toBe(false);
    await on.press(key);
    await on.endsWith(0);
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('and on %s', async (signal, status) => {
    const on = await listen();
    on.signal(signal);
    await on.endsWith(status);
  });

  it('and when it fails', async () => {
    const env = before("process.on('SIGALRM', () => { throw new Error('a defect') })");
    const on = await listen({ env });
    on.signal('SIGALRM');
    await on.endsWith(1);
    expect(on.text()).toContain('dkron-tui failed because of a defect of its own');
  });

  it('ctrl-z gives the terminal to the shell, and fg tells where one is', async () => {
    const on = await listen();
    await on.press('j', 'ctrl-z');
    expect(await on.stopped()).toEqual({ status: 148, left: [] });
    await on.foreground();
    await on.until(() => here(on).startsWith('vehicles, '), 'the row that was chosen');
    await on.quit();
  });
});

it('ACCESSIBLE=1 says the same', async () => {
  const on = await listen({ args: [], env: { ACCESSIBLE: '1' } });
  expect(on.alternate()).toBe(false);
  expect(await heard(on, 'j')).toMatch(/^\nvehicles, .*\r$/);
});

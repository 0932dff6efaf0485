import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { faultProxy } from '../../support/fault-proxy.ts';
import { type Console, type ConsoleOptions, openConsole, startConsole } from '../driver/console.ts';
import { leftByKey, leftBySignal, stoppedAndBack } from '../driver/instants.ts';
import { demo } from '../driver/server.ts';

const server = demo(
  ['alpha', 'bravo', 'charlie'].map((name) => ({ name, schedule: '@every 1m', status: 'success' })),
);
const size = { cols: 120, rows: 36 };
const state = mkdtempSync(join(tmpdir(), 'first-frame-'));
const env = { XDG_STATE_HOME: state };
/** What only the frame of before says: when that was, as a date. */
const sign = /rows of .*, from \d{4}-\d\d-\d\d \d\d:\d\d/;
/** From before the program is read until after its first frame, ms. */
const instants = Array.from({ length: 12 }, (_, at) => at * 15);

/** A console that keeps its rows, once. */
let kept: Promise<void> | null = null;
async function keep(): Promise<void> {
  const on = await openConsole(server, { env, ...size });
  await on.jobs.shows('charlie');
  await on.quit();
}

async function start(options: ConsoleOptions = {}): Promise<Console> {
  kept ??= keep();
  await kept;
  return startConsole(server, { ...size, ...options, env: { ...env, ...options.env } });
}

/** Of a program on the screen, whose first bytes came in one frame. */
const firstPainted = (written: string): string => written.slice(0, written.indexOf('\x1b[?2026l'));

afterAll(() => rmSync(state, { recursive: true }));

describe('the rows of the console before', () => {
  it('are there first, and live ones take their place on the same screen', async () => {
    const on = await start();
    await on.sees('live · ', 'alpha');
    await on.idle();
    const first = firstPainted(on.written);
    expect(first).toMatch(sign);
    expect(first).toContain('charlie');
    expect(first).not.toContain('▌');
    expect(on.text()).not.toMatch(sign);
    await on.quit();
    expect(on.written.split('\x1b[?1049h')).toHaveLength(2);
    expect(on.written.split('\x1b[?1049l')).toHaveLength(2);
    expect(on.pushedOff).toBe(0);
  });

  it.each<[what: string, options: ConsoleOptions]>([
    ['of another size', { cols: 121 }],
    ['of another height', { rows: 35 }],
    ['to which nothing is written', { args: ['--read-only'] }],
    ['that a reader of screens listens to', { env: { ACCESSIBLE: '1' } }],
  ])('are not shown so in a console %s', async (_, options) => {
    const on = await start(options);
    await on.until(() => on.text().includes('alpha'), 'its rows');
    await on.idle();
    expect(on.written).not.toMatch(sign);
    on.send('\x03');
    expect((await on.ended()).left).toEqual([]);
  });

  it('are shown in the theme of the config file, and not where that is another since', async () => {
    const config = join(state, 'config.yaml');
    const settled = { env: { DKRON_TUI_CONFIG: config } };
    for (const [theme, look] of [
      ['dark', null],
      ['dark', '\x1b[38;5;77m✓'],
      ['color-blind', null],
    ] as const) {
      if (look === null) writeFileSync(config, `theme: ${theme}\n`);
      const on = await start(settled);
      await on.sees('live · ');
      if (look === null) expect(on.written).not.toMatch(sign);
      else expect(firstPainted(on.written)).toContain(look);
      await on.quit();
      await on.close();
    }
    kept = null;
  });

  it('are kept for the size that the terminal has in the end', async () => {
    const on = await start();
    await on.sees('live · ');
    await on.resize(90, 30);
    await on.quit();
    const again = await start({ cols: 90, rows: 30 });
    await again.sees('live · ');
    expect(firstPainted(again.written)).toMatch(sign);
    await again.quit();
  });

  it('have the colours of now', async () => {
    for (const [colours, look] of [
      [{ NO_COLOR: '1' }, '\x1b[m\x1b[H'],
      [{ DKRON_TUI_THEME: 'color-blind' }, '\x1b[38;5;27m✓'],
      [{ DKRON_TUI_THEME: 'dark' }, '\x1b[38;5;77m✓'],
    ] as const) {
      const on = await start({ env: colours });
      await on.sees('live · ');
      const first = firstPainted(on.written);
      expect(first).toMatch(sign);
      expect(first).toContain(look);
      if ('NO_COLOR' in colours) expect(first).not.toContain('38;5');
      await on.quit();
      await on.close();
    }
  });

  it.each(['q', '\x03'])('leave a sane terminal on %j, whenever it is typed', (key) =>
    leftByKey(instants, start, key),
  );

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGQUIT', 131],
  ] as const)('leave a sane terminal on %s, whenever it comes', (signal, status) =>
    leftBySignal(instants, start, signal, status),
  );

  it('give the terminal to the shell on SIGTSTP, whenever they are on the screen', () =>
    stoppedAndBack([0, 5, 10, 20, 40, 80, 160], start, async (on) => {
      await on.press('j');
      await on.jobs.isOn('bravo');
    }));

  it('give it also on a SIGTSTP that comes right before the console takes it', async () => {
    const sudden = join(state, 'sudden.cjs');
    writeFileSync(
      sudden,
      `const { off } = process;
       process.off = function (name, listener) {
         if (name !== 'SIGTSTP') return off.call(this, name, listener);
         process.off = off;
         process.kill(process.pid, name);
         return this.off(name, listener);
       };`,
    );
    const on = await start({ node: ['--require', sudden] });
    expect((await on.stopped()).left).toEqual([]);
    await on.foreground();
    await on.press('j');
    await on.jobs.isOn('bravo');
    await on.quit();
  });

  it('make way for an error that nobody caught', async () => {
    const broken = join(state, 'broken.cjs');
    writeFileSync(
      broken,
      `const vm = require('node:vm');
       vm.Script = class extends vm.Script {
         constructor(source, options) {
           if (options?.filename.endsWith('dkron-tui.cjs')) throw new Error('broken');
           super(source, options);
         }
       };`,
    );
    const on = await start({ node: ['--require', broken] });
    expect(await on.ended()).toEqual({ status: 1, left: [] });
    expect(on.written).toMatch(sign);
    expect(on.text()).toContain('Error: broken');
  });

  it('are not shown where the file holds what is no text', async () => {
    const folder = join(state, 'dkron-tui/first-frames');
    const file = join(folder, readdirSync(folder).find((name) => name.endsWith(',120x36'))!);
    const kept = readFileSync(file, 'utf8');
    writeFileSync(file, kept.replace('charlie', 'char\\u001b]0;x\\u0007lie'));
    const on = await start();
    await on.sees('live · ');
    expect(on.written).not.toMatch(sign);
    await on.quit();
    writeFileSync(file, kept);
  });
});

it.each([
  ['at once', 0],
  ['late', 400],
])('wait with the keys that are typed over them until they count, read %s', async (_, late) => {
  const slow = join(state, `disk-${late}.cjs`);
  writeFileSync(
    slow,
    `const files = require('node:fs/promises');
     const { open } = files;
     files.open = async (path, ...more) => {
       if (String(path).endsWith('last-seen.json')) await new Promise((done) => setTimeout(done, ${late}));
       return open(path, ...more);
     };`,
  );
  const line = await faultProxy(server.url);
  const before = await openConsole(line, { env });
  await before.quit();
  await line.break({ kind: 'hold' });
  const on = await startConsole(line, { env, node: ['--require', slow] });
  await on.until(() => on.alternate(), 'its screen');
  on.send('j');
  on.send('j');
  await on.jobs.isOn('charlie');
  await line.mend();
  await on.sees('live · ');
  await on.jobs.isOn('charlie');
  await on.quit();
});

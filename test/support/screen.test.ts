import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { activityOf, byPs } from './activity.ts';
import { closeScreens, startScreen } from './screen.ts';
import { svgOf } from './svg.ts';

afterEach(closeScreens);

const folder = mkdtempSync(join(tmpdir(), 'dkron-tui-fixture-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A small full-screen program: shows each chunk of input, obeys `q`, `t`, `w`, `r`, `z`, `m`. */
const script = join(folder, 'small.mjs');
writeFileSync(
  script,
  `
  const { stdin, stdout } = process;
  const leave = () => { stdin.setRawMode(false); stdout.write('\\x1b[?25h\\x1b[?2004l\\x1b[?1049l'); };
  const enter = () => { stdin.setRawMode(true); stdout.write('\\x1b[?1049h\\x1b[?25l\\x1b[?2004h\\x1b[2J\\x1b[H'); };
  enter();
  stdout.write('size ' + stdout.columns + 'x' + stdout.rows + ' args ' + process.argv.slice(2).join(','));
  stdout.on('resize', () => stdout.write('\\x1b[2J\\x1b[Hsize ' + stdout.columns + 'x' + stdout.rows));
  process.on('SIGCONT', () => { enter(); stdout.write('back'); });
  stdin.on('data', (data) => {
    const text = String(data);
    if (text === 'q') { leave(); process.exit(3); }
    if (text === 'x') process.exit(0);
    if (text === 'z') { leave(); process.kill(process.pid, 'SIGSTOP'); return; }
    if (text === 't') stdout.write('\\n'.repeat(stdout.rows + 2) + 'too tall');
    if (text === 'w') stdout.write('\\x1b[1;7mwide\\x1b[0m' + '.'.repeat(stdout.columns));
    if (text === 'b') { const end = Date.now() + 300; while (Date.now() < end); stdout.write('worked'); }
    stdout.write('\\x1b[3;1H\\x1b[K' + JSON.stringify(text));
  });
  `,
);

describe('a screen', () => {
  it('shows what the program draws and hands over keys, text and pastes', async () => {
    const screen = await startScreen({ script, args: ['a', 'b'], cols: 80, rows: 24 });
    await screen.waitFor('size 80x24 args a,b');
    expect(screen.alternate()).toBe(true);
    expect(screen.cursor()).toMatchObject({ visible: false });
    await screen.press('down');
    expect(screen.line(2)).toBe(JSON.stringify('\x1b[B'));
    await screen.type('yes\r');
    expect(screen.line(2)).toBe(JSON.stringify('yes\r'));
    await screen.paste('two\nlines');
    expect(screen.line(2)).toBe(JSON.stringify('\x1b[200~two\rlines\x1b[201~'));
    expect(screen.rowOf('two')).toBe(2);
  });

  it('tells a clean end from a messy one', async () => {
    const clean = await startScreen({ script });
    await clean.waitFor('size');
    await clean.press('q');
    expect(await clean.ended()).toEqual({ status: 3, left: [] });

    const messy = await startScreen({ script });
    await messy.waitFor('size');
    messy.signal('SIGKILL');
    expect(await messy.ended()).toEqual({
      status: 137,
      left: [
        'the alternate screen',
        'a hidden cursor',
        'changed terminal modes (stty)',
        'bracketed paste',
      ],
    });
  });

  it('stops and comes back like a shell’s job', async () => {
    const screen = await startScreen({ script });
    await screen.waitFor('size');
    await screen.press('z');
    expect(await screen.stopped()).toMatchObject({ left: [] });
    await screen.foreground();
    await screen.waitFor('back');
  });

  it('notices frames that do not fit', async () => {
    const screen = await startScreen({ script, cols: 40, rows: 10 });
    await screen.waitFor('size 40x10');
    expect(screen.pushedOff).toBe(0);
    await screen.press('t');
    expect(screen.pushedOff).toBeGreaterThan(0);
    expect(screen.wrappedRows()).toEqual([]);
    await screen.press('w');
    expect(screen.wrappedRows()).not.toEqual([]);
  });

  it('resizes, without calling a smaller screen an overflow', async () => {
    const screen = await startScreen({ script, cols: 120, rows: 40 });
    await screen.waitFor('size 120x40');
    await screen.resize(40, 10);
    await screen.waitFor('size 40x10');
    await screen.resize(250, 80);
    await screen.waitFor('size 250x80');
    expect(screen.pushedOff).toBe(0);
  });

  it.each([
    ['as this machine can', activityOf],
    ['by ps, where there is no /proc', byPs],
  ])('waits for a busy program to become idle, seen %s', async (_, activity) => {
    const screen = await startScreen({ script, activity });
    await screen.waitFor('size');
    await screen.press('b');
    expect(screen.text()).toContain('worked');
  });

  it('draws what it sees', async () => {
    const screen = await startScreen({ script });
    await screen.waitFor('size');
    await screen.press('w');
    const picture = svgOf(screen);
    expect(picture).toMatch(/<text [^>]*font-weight="bold"[^>]*>wide</);
    expect(picture).toContain('>size 100x30 args<');
  });

  it('reports the whole screen when it waits in vain', async () => {
    const screen = await startScreen({ script, patience: 1_000 });
    await expect(screen.waitFor('never shown')).rejects.toThrow(/never shown[\s\S]*size 100x30/);
  });

  it('hangs up like a closing window', async () => {
    const screen = await startScreen({ script });
    await screen.waitFor('size');
    await screen.hangUp();
    await expect.poll(() => screen.alive()).toBe(false);
  });
});

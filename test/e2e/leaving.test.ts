import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closeScreens, type ScreenOptions, startScreen } from '../support/screen.ts';
import { demoServer, type RunningServer } from '../support/servers.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server.stop());
afterEach(closeScreens);

async function open(options: ScreenOptions = {}) {
  const screen = await startScreen({ args: ['--url', server.url], ...options });
  await screen.waitFor('live');
  return screen;
}

/** Makes the program fail as a defect of ours would, when it gets SIGALRM. */
const crashing = (how: string) => ({
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(`process.on('SIGALRM', () => { ${how} })`)}`,
});

describe('the console leaves a sane terminal', () => {
  it.each([['q'], ['ctrl-c']])('on %s', async (key) => {
    const screen = await open();
    await screen.press(key);
    expect(await screen.ended()).toEqual({ status: 0, left: [] });
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGQUIT', 131],
  ] as const)('on %s', async (signal, status) => {
    const screen = await open();
    await screen.idle();
    screen.signal(signal);
    expect(await screen.ended()).toEqual({ status, left: [] });
  });

  it('on SIGTERM while it edits', async () => {
    const screen = await open();
    await screen.press('i', 'x');
    screen.signal('SIGTERM');
    expect(await screen.ended()).toEqual({ status: 143, left: [] });
  });

  it.each([
    ['an exception', "throw new Error('a defect')"],
    ['a rejection', "Promise.reject(new Error('a defect'))"],
  ])('on %s that nobody caught, and says where its details are', async (_, how) => {
    const screen = await open({ env: crashing(how) });
    await screen.idle();
    screen.signal('SIGALRM');
    const { status, left } = await screen.ended();
    expect({ status, left }).toEqual({ status: 1, left: [] });
    const text = screen.text();
    expect(text).toContain('dkron-tui failed because of a defect of its own');
    expect(text).toContain('.local/state/dkron-tui/defects/');
    expect(text).not.toMatch(/node:|^ +at /m);
  });

  it('when its server cannot be reached and it is left', async () => {
    const screen = await startScreen({ args: ['--url', 'http://127.0.0.1:1'] });
    await screen.waitFor(/refused|cannot|unreachable|no answer/i);
    await screen.press('q');
    expect(await screen.ended()).toEqual({ status: 0, left: [] });
  });
});

describe('a window that is closed', () => {
  it('ends the console', async () => {
    const screen = await open();
    await screen.hangUp();
    await expect.poll(() => screen.alive()).toBe(false);
  });
});

describe('Ctrl-Z', () => {
  it('gives the terminal to the shell, and fg draws the console again', async () => {
    const screen = await open();
    await screen.press('j');
    await screen.press('ctrl-z');
    expect(await screen.stopped()).toEqual({ status: 148, left: [] });
    await screen.foreground();
    await screen.waitFor('Jobs');
    expect(screen.alternate()).toBe(true);
    await screen.press('?');
    await screen.waitFor('edit fields');
    await screen.press('ctrl-c');
    expect(await screen.ended()).toEqual({ status: 0, left: [] });
  });
});

describe("Ctrl-C in the operator's own editor", () => {
  /** As a Node that is too old sees it: it starts the pinned one. */
  const old = `--import=data:text/javascript,${encodeURIComponent(
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.0.0' } })",
  )}`;
  const program = fileURLToPath(new URL('../../bin/dkron-tui.js', import.meta.url));

  it.each([
    ['the console itself', program, []],
    ['an older Node', old, [program]],
  ])('ends that and not the console, started by %s', async (_, script, args) => {
    const screen = await open({
      script,
      args: [...args, '--url', server.url],
      env: { EDITOR: "sh -c 'echo in the editor; exec sleep 60'" },
    });
    await screen.press('e');
    await screen.waitFor('in the editor');
    screen.send('\x03');
    await screen.waitFor('was ended by SIGINT');
    expect(screen.alternate()).toBe(true);
    await screen.press('q');
    expect(await screen.ended()).toEqual({ status: 0, left: [] });
  });
});

describe("a signal for all of a terminal's job, in the operator's own editor", () => {
  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s ends both, and leaves a sane terminal', async (signal, status) => {
    const screen = await open({ env: { EDITOR: "sh -c 'echo in the editor; exec sleep 60'" } });
    await screen.press('e');
    await screen.waitFor('in the editor');
    process.kill(-screen.pid!, signal);
    expect(await screen.ended()).toEqual({ status, left: [] });
  });
});

describe("the end of the operator's own editor", () => {
  it('gives the keys back to a console that was resized meanwhile', async () => {
    const screen = await open({ env: { EDITOR: "sh -c 'echo in the editor; read line'" } });
    await screen.press('e');
    await screen.waitFor('in the editor');
    for (const cols of [90, 110, 100]) await screen.resize(cols, 30);
    screen.send('\r');
    await screen.waitFor('nothing was');
    await screen.press('?');
    await screen.waitFor('edit fields');
    await screen.press('q', 'q');
    expect(await screen.ended()).toEqual({ status: 0, left: [] });
  });
});

/** A terminal that talks by itself, and a job that is stopped and continued by others. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closeScreens, type Screen, type ScreenOptions, startScreen } from '../support/screen.ts';
import { ask, demoServer, type RunningServer } from '../support/servers.ts';

let server: RunningServer;
const names = ['alpha', 'bravo', 'charlie'];

beforeAll(async () => {
  server = await demoServer({ empty: true });
  for (const name of names)
    await ask(`${server.url}/v1/jobs`, 'POST', {
      name,
      schedule: '@every 24h',
      executor: 'http',
      executor_config: { method: 'GET', url: 'http://localhost:1/', body: '{"a": 1}' },
    });
});
afterAll(() => server.stop());
afterEach(closeScreens);

async function open(options: ScreenOptions = {}) {
  const screen = await startScreen({ args: ['--url', server.url], cols: 80, rows: 24, ...options });
  await screen.waitFor('charlie');
  await screen.idle();
  return screen;
}

const body = (screen: Screen): string => screen.text().split('\n').slice(1).join('\n');

const reports = [
  '\x1b]11;rgb:1e1e/1e1e/1e1e\x07',
  '\x1b]10;rgb:d4d4/d4d4/d4d4\x1b\\',
  '\x1bP>|XTerm(390)\x1b\\',
  '\x1b_Gi=1;OK\x1b\\',
  '\x1b^private\x1b\\',
  '\x1bXstring\x1b\\',
  '\x1b[M !!',
  '\x1b[<0;10;5M\x1b[<0;10;5m',
  '\x1b[32;10;5M',
  '\x1b[I\x1b[O',
  '\x1b[5;10R\x1b[0n\x1b[?1;2c\x1b[?2026;2$y\x1b[8;24;80t\x1b[?1u',
];

describe('what a terminal says by itself', () => {
  it.each<[string, string[]]>([
    ['the jobs', []],
    ['an editor', ['b']],
    ['a filter', ['/']],
  ])(
    'changes nothing on %s: whole, byte by byte, and broken off for a while',
    async (_where, keys) => {
      const screen = await open();
      await screen.press(...keys);
      const before = body(screen);
      await screen.type(reports.join(''));
      for (const report of reports) {
        for (const byte of report) screen.send(byte);
        const half = Math.ceil(report.length / 2);
        screen.send(report.slice(0, half));
        await sleep(150);
        screen.send(report.slice(half));
        await sleep(20);
      }
      await screen.idle();
      expect(body(screen)).toBe(before);
      await screen.press('esc', 'j');
      expect(screen.text()).toMatch(/^▌ +bravo/m);
    },
  );

  it('is swallowed when it comes late behind its own Esc', async () => {
    const screen = await open();
    const before = body(screen);
    for (const report of reports.slice(0, 3)) {
      await screen.press('esc');
      await screen.type(report.slice(1));
    }
    expect(body(screen)).toBe(before);
  });
});

describe('Enter as a line feed', () => {
  it.each(['\n', '\r\n', '\x1b[13u', '\x1b[27;5;13~'])(
    '%j keeps a filter, and what follows are keys',
    async (enter) => {
      const screen = await open();
      await screen.press('/');
      await screen.type('l');
      await screen.type(enter);
      await screen.press('j');
      expect(screen.text()).toMatch(/^▌ +charlie/m);
      expect(screen.text()).toContain('/l ');
    },
  );
});

describe('keys typed while the console starts', () => {
  it('are not lost', async () => {
    const screen = await startScreen({ args: ['--url', server.url], cols: 80, rows: 24 });
    await screen.until(() => screen.bytes > 0, 'its first byte');
    screen.send('/');
    screen.send('l');
    screen.send('j');
    await screen.waitFor((now) => now.alternate() && /^ \/lj$/m.test(now.text()));
  });
});

describe('a console that is stopped from outside', () => {
  const isWhole = async (screen: Screen, frame: string) => {
    await screen.waitFor('charlie');
    await screen.idle();
    expect(screen.alternate()).toBe(true);
    expect(body(screen)).toBe(frame);
    await screen.press('j');
    expect(screen.text()).toMatch(/^▌ +bravo/m);
    await screen.press('q');
    expect(await screen.ended()).toEqual({ status: 0, left: [] });
  };

  it.each(['SIGSTOP', 'SIGTSTP'] as const)(
    'by %s works on when it is continued',
    async (signal) => {
      const screen = await open();
      const frame = body(screen);
      screen.signal(signal);
      const { left } = await screen.stopped();
      if (signal === 'SIGTSTP') expect(left).toEqual([]);
      await screen.foreground();
      await isWhole(screen, frame);
    },
  );

  it('because it was started in the background works when it is brought forward', async () => {
    const screen = await startScreen({
      args: ['--url', server.url],
      cols: 80,
      rows: 24,
      env: { IN_BACKGROUND: 'yes' },
    });
    const { left } = await screen.stopped();
    expect(left).toEqual([]);
    await screen.foreground();
    await screen.waitFor('charlie');
    await screen.idle();
    await isWhole(screen, body(screen));
  });

  it('and continued in the background draws nothing there, and works when it comes forward', async () => {
    const screen = await open();
    const frame = body(screen);
    await screen.press('ctrl-z');
    await screen.stopped();
    await screen.background();
    const { left } = await screen.stopped();
    expect(left).toEqual([]);
    await screen.foreground();
    await isWhole(screen, frame);
  });
});

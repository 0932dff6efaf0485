import { describe, expect, it } from 'vitest';
import { openConsole, startConsole } from '../driver/console.ts';
import { before } from '../driver/node.ts';
import { demo } from '../driver/server.ts';

const server = demo();

/** Makes the program fail as a defect of ours would, when it gets SIGALRM. */
const crashing = (how: string) => before(`process.on('SIGALRM', () => { ${how} })`);

describe('the console leaves a sane terminal', () => {
  it.each([['q'], ['ctrl-c']])('on %s', async (key) => {
    const on = await openConsole(server);
    await on.press(key);
    await on.endsWith(0);
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGQUIT', 131],
  ] as const)('on %s', async (signal, status) => {
    const on = await openConsole(server);
    on.signal(signal);
    await on.endsWith(status);
  });

  it('on SIGTERM while it edits', async () => {
    const on = await openConsole(server);
    await on.press('i', 'x');
    on.signal('SIGTERM');
    await on.endsWith(143);
  });

  it.each([
    ['an exception', "throw new Error('a defect')"],
    ['a rejection', "Promise.reject(new Error('a defect'))"],
  ])('on %s that nobody caught, and says where its details are', async (_, how) => {
    const on = await openConsole(server, { env: crashing(how) });
    on.signal('SIGALRM');
    await on.endsWith(1);
    expect(on.text()).toContain('dkron-tui failed because of a defect of its own');
    expect(on.text()).toContain('.local/state/dkron-tui/defects/');
    expect(on.text()).not.toMatch(/node:|^ +at /m);
  });

  it('when its server cannot be reached and it is left', async () => {
    const on = await startConsole({ url: 'http://127.0.0.1:1' });
    await on.sees(/refused|cannot|unreachable|no answer/i);
    await on.quit();
  });
});

describe('a window that is closed', () => {
  it('ends the console', async () => {
    const on = await openConsole(server);
    await on.hangUp();
    await expect.poll(() => on.alive()).toBe(false);
  });
});

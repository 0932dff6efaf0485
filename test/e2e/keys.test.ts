import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closeScreens, type Screen, startScreen } from '../support/screen.ts';
import { ask, demoServer, type RunningServer } from '../support/servers.ts';

let server: RunningServer;
const names = ['alpha', 'bravo', 'charlie', 'delta', 'echo'];

beforeAll(async () => {
  server = await demoServer({ empty: true });
  for (const name of names)
    await ask(`${server.url}/v1/jobs`, 'POST', {
      name,
      schedule: '@every 24h',
      executor: 'shell',
      executor_config: { command: 'true' },
    });
});
afterAll(() => server.stop());
afterEach(closeScreens);

async function open() {
  const screen = await startScreen({ args: ['--url', server.url], cols: 120, rows: 30 });
  await screen.waitFor('echo');
  await screen.idle();
  return screen;
}

/** The row of the cursor, by its bar. */
const current = (screen: Screen) =>
  screen
    .text()
    .split('\n')
    .find((line) => line.startsWith('▌'))
    ?.split(/\s+/)[1];

const jobs = () =>
  ask<{ name: string; schedule: string; disabled: boolean }[]>(`${server.url}/v1/jobs`);

describe('keys that arrive in one chunk', () => {
  it('each do their work: jjj', async () => {
    const screen = await open();
    expect(current(screen)).toBe('alpha');
    await screen.type('jjj');
    expect(current(screen)).toBe('delta');
    await screen.type('kG');
    expect(current(screen)).toBe('echo');
  });

  it('type and enter: a filter with its Enter', async () => {
    const screen = await open();
    await screen.type('/charl\r');
    await screen.waitFor((now) => !now.text().includes('delta'));
    expect(current(screen)).toBe('charlie');
  });

  it('never confirm: a question and its answer', async () => {
    const screen = await open();
    const before = await jobs();
    await screen.type('sd');
    await screen.type('sd\r');
    await screen.type('yes\r');
    await screen.type('tt');
    await screen.press('esc', 'ctrl-r');
    expect(await jobs()).toEqual(before);
    expect(await ask(`${server.url}/v1/jobs/alpha/executions`)).toEqual([]);
  });

  it('read Esc and a letter as two keys', async () => {
    const screen = await open();
    await screen.press('/');
    await screen.type('bravo');
    await screen.press('enter');
    expect(screen.text()).not.toContain('charlie');
    await screen.type('\x1bj');
    await screen.waitFor('charlie');
  });
});

describe('a paste', () => {
  it('does nothing in normal mode, whatever it says', async () => {
    const screen = await open();
    const before = await jobs();
    const cursor = current(screen);
    await screen.paste('jjjsd\nyes\n:quit\nq');
    expect(current(screen)).toBe(cursor);
    await screen.press('j');
    expect(current(screen)).toBe('bravo');
    expect(await jobs()).toEqual(before);
  });

  it('goes into a field as one line', async () => {
    const screen = await open();
    await screen.press('/');
    await screen.paste('char\nlie');
    await screen.waitFor('char lie');
  });

  it('of 5 000 lines does not stop the console', async () => {
    const screen = await open();
    await screen.paste('{"lat": 48.85}\n'.repeat(5000));
    await screen.press('j');
    expect(current(screen)).toBe('bravo');
  });
});

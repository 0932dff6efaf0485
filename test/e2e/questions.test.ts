/** A key that asks never answers: held down, in bunches, or typed ahead. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closeScreens, type Screen, startScreen } from '../support/screen.ts';
import { ask, demoServer, type RunningServer } from '../support/servers.ts';

let server: RunningServer;

beforeAll(async () => {
  server = await demoServer({ empty: true });
  for (const name of ['alpha', 'bravo'])
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
  const screen = await startScreen({ args: ['--url', server.url], cols: 80, rows: 24 });
  await screen.waitFor('bravo');
  await screen.idle();
  return screen;
}

/** As a keyboard repeats: the first report, a pause, then many. */
async function hold(screen: Screen, key: string, { pause = 500, gap = 33, times = 15 } = {}) {
  screen.send(key);
  await sleep(pause);
  for (let at = 0; at < times; at++) {
    screen.send(key);
    await sleep(gap);
  }
}

const runs = async () => (await ask<unknown[]>(`${server.url}/v1/jobs/alpha/executions`)).length;

describe('a key held down', () => {
  it.each([
    { pause: 0, gap: 33 },
    { pause: 500, gap: 33 },
    { pause: 250, gap: 67 },
    { pause: 660, gap: 25 },
    // A stall, and then all of it at once.
    { pause: 700, gap: 0, times: 40 },
  ])('asks once and runs nothing: %j', async (rate) => {
    const screen = await open();
    await hold(screen, 't', rate);
    await screen.waitFor('y  run');
    expect(screen.text()).toContain('Run alpha now');
    await sleep(400);
    expect(await runs()).toBe(0);
    await screen.press('esc');
    expect(screen.text()).not.toContain('Run alpha now');
  });

  it('is no answer either when it is the one that answers', async () => {
    const screen = await open();
    screen.send('t');
    await sleep(40);
    for (let at = 0; at < 20; at++) {
      screen.send('y');
      await sleep(40);
    }
    await screen.waitFor('came too early');
    expect(await runs()).toBe(0);
  });
});

describe('what is typed ahead', () => {
  it.each(['ty', 's', 'ctrl-d'])('%s and its answer at once change nothing', async (asks) => {
    const screen = await open();
    const before = await ask(`${server.url}/v1/jobs`);
    if (asks === 'ctrl-d') await screen.type('\x04alpha\r');
    else await screen.type(`${asks}y`);
    expect(await ask(`${server.url}/v1/jobs`)).toEqual(before);
  });

  it('is answered once one has looked', async () => {
    const screen = await open();
    await screen.press('s');
    await screen.answer('y');
    await screen.waitFor('disabled and verified');
    await screen.press('s');
    await screen.answer('y');
    await screen.waitFor('enabled and verified');
  });
});

/** A key that asks never answers: held down, or in bunches. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Console, openConsole } from '../driver/console.ts';
import { demo } from '../driver/server.ts';

const server = demo([{ name: 'alpha' }, { name: 'bravo' }]);

/** As a keyboard repeats: the first report, a pause, then many; ms. */
async function hold(on: Console, key: string, { pause = 500, gap = 33, times = 15 } = {}) {
  on.send(key);
  await sleep(pause);
  for (let at = 0; at < times; at++) {
    on.send(key);
    await sleep(gap);
  }
}

describe('a key held down', () => {
  it.each([
    { pause: 0, gap: 33 },
    { pause: 500, gap: 33 },
    { pause: 250, gap: 67 },
    { pause: 660, gap: 25 },
    // A stall, and then all of it at once.
    { pause: 700, gap: 0, times: 40 },
  ])('asks once and runs nothing: %j', async (rate) => {
    const on = await openConsole(server);
    await hold(on, 't', rate);
    await on.sees('y  run', 'Run alpha now');
    await sleep(400);
    expect(await server.runs('alpha')).toEqual([]);
    await on.press('esc');
    await on.seesNot('Run alpha now');
  });

  it('is no answer either when it is the one that answers', async () => {
    const on = await openConsole(server);
    on.send('t');
    await sleep(40);
    await hold(on, 'y', { pause: 40, gap: 40, times: 19 });
    await on.told('came too early');
    expect(await server.runs('alpha')).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { startConsole } from '../driver/console.ts';
import { leftByKey, leftBySignal, stoppedAndBack } from '../driver/instants.ts';
import { demo } from '../driver/server.ts';

const server = demo();
/** Nothing of it changes by itself. */
const still = demo([
  { name: 'a', schedule: '@manually' },
  { name: 'b', schedule: '@manually' },
]);
const start = () => startConsole(server);

/** From before the program listens to signals until after Ink has come, ms. */
const instants = Array.from({ length: 12 }, (_, at) => at * 30);

describe('a console that has only just been started', () => {
  it.each(['q', '\x03'])('leaves a sane terminal on %j, whenever it is typed', (key) =>
    leftByKey(instants, start, key),
  );

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('leaves a sane terminal on %s, whenever it comes', (signal, status) =>
    leftBySignal(instants, start, signal, status),
  );

  it('gives the terminal to the shell on SIGTSTP, whenever it is on the screen', () =>
    stoppedAndBack([0, 20, 60, 150, 300], start, async () => {}));

  it('enters its screen once each time, and its frame stays when Ink comes', async () => {
    const on = await startConsole(still);
    await on.sees('live', 'never ran');
    const frame = on.belowTheTop();
    await on.press('ctrl-z');
    await on.stopped();
    await on.foreground();
    await on.until(() => on.alternate(), 'its screen again');
    await on.idle();
    expect(on.written.split('\x1b[?1049h')).toHaveLength(1 + 2);
    expect(on.written.split('\x1b[?1049l')).toHaveLength(1 + 1);
    expect(on.belowTheTop()).toBe(frame);
    expect(on.pushedOff).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import { type Console, openConsole, startConsole } from '../driver/console.ts';
import { demo } from '../driver/server.ts';

const server = demo(['alpha', 'bravo', 'charlie'].map((name) => ({ name })));

describe('a console that is stopped from outside', () => {
  const isWhole = async (on: Console, frame: string) => {
    await on.jobs.shows('charlie');
    await on.idle();
    expect(on.alternate()).toBe(true);
    expect(on.belowTheTop()).toBe(frame);
    await on.press('j');
    await on.jobs.isOn('bravo');
    await on.quit();
  };

  it.each(['SIGSTOP', 'SIGTSTP'] as const)(
    'by %s works on when it is continued',
    async (signal) => {
      const on = await openConsole(server);
      const frame = on.belowTheTop();
      on.signal(signal);
      const { left } = await on.stopped();
      if (signal === 'SIGTSTP') expect(left).toEqual([]);
      await on.foreground();
      await isWhole(on, frame);
    },
  );

  it('because it was started in the background works when it is brought forward', async () => {
    const on = await startConsole(server, { env: { IN_BACKGROUND: 'yes' } });
    expect((await on.stopped()).left).toEqual([]);
    await on.foreground();
    await on.jobs.shows('charlie');
    await on.idle();
    await isWhole(on, on.belowTheTop());
  });

  it('and continued in the background draws nothing there, and works when it comes forward', async () => {
    const on = await openConsole(server);
    const frame = on.belowTheTop();
    await on.press('ctrl-z');
    await on.stopped();
    await on.background();
    expect((await on.stopped()).left).toEqual([]);
    await on.foreground();
    await isWhole(on, frame);
  });
});

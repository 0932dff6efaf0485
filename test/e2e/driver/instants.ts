/** A console that is ended at many instants of its start: the terminal is sane whenever it is. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Console } from './console.ts';

/** Starts one for each instant, ms after its start, and does something to it then. */
async function atEach(
  instants: readonly number[],
  start: () => Promise<Console>,
  then: (on: Console, instant: number) => Promise<void>,
): Promise<void> {
  for (const instant of instants) {
    const on = await start();
    await sleep(instant);
    await then(on, instant);
    await on.close();
  }
}

export const leftByKey = (
  instants: readonly number[],
  start: () => Promise<Console>,
  key: string,
): Promise<void> =>
  atEach(instants, start, async (on, instant) => {
    on.send(key);
    const { status, left } = await on.ended();
    expect({ instant, left }).toEqual({ instant, left: [] });
    expect([0, 130]).toContain(status);
  });

/** `status` as of the shell's `$?`. */
export const leftBySignal = (
  instants: readonly number[],
  start: () => Promise<Console>,
  signal: NodeJS.Signals,
  status: number,
): Promise<void> =>
  atEach(instants, start, async (on, instant) => {
    on.signal(signal);
    expect({ instant, ...(await on.ended()) }).toEqual({ instant, status, left: [] });
  });

/** The instants count from when its screen is there; `back`: what holds once it is again. */
export const stoppedAndBack = (
  instants: readonly number[],
  start: () => Promise<Console>,
  back: (on: Console) => Promise<void>,
): Promise<void> =>
  atEach(
    instants,
    async () => {
      const on = await start();
      await on.until(() => on.alternate(), 'its screen');
      return on;
    },
    async (on, instant) => {
      on.signal('SIGTSTP');
      expect({ instant, left: (await on.stopped()).left }).toEqual({ instant, left: [] });
      await on.foreground();
      await on.sees('live');
      await back(on);
      await on.quit();
    },
  );

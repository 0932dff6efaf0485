import { describe, expect, it } from 'vitest';
import { topLine } from '../../src/console/frame/header.ts';
import type { State } from '../../src/console/state/model.ts';
import { createStore } from '../../src/console/store.ts';
import { startTicking } from '../../src/console/ticking.ts';
import { fakeClock } from '../support/clock.ts';
import { refreshed, started } from './states.ts';

const jobs = [{ name: 'a' }];

/** A console whose clock has ticked for a while before rows came in, some ms after a tick. */
function ticking(afterTick: number) {
  const clock = fakeClock();
  const store = createStore(started(), () => {});
  const stop = startTicking(store, clock);
  /** Rows come in that were the server's so many ms ago. */
  const arrive = (ago = 0) => {
    const now = clock.now();
    store.dispatch(refreshed(jobs, { at: now - ago, now, nextAt: now + 60_000 }));
  };
  const age = () => /live · (\d+)s/.exec(headerText(store.state()))?.[1];
  clock.advance(afterTick);
  return { clock, arrive, age, stop };
}

const headerText = (state: State): string =>
  topLine(state)
    .map(({ text }) => text)
    .join('');

describe('the age of the rows', () => {
  it.each([
    [0, 0],
    [1, 0],
    [500, 0],
    [999, 0],
    [50, 850],
    [900, 1_950],
  ])(
    'is right at every moment, when rows come %d ms after a tick and are %d ms old',
    (afterTick, ago) => {
      const { clock, arrive, age } = ticking(afterTick);
      arrive(ago);
      for (let ms = 0; ms < 5_000; ms += 50) {
        expect(age()).toBe(String(Math.floor((ago + ms) / 1_000)));
        clock.advance(50);
      }
    },
  );

  it('is told on after the clock was set back', () => {
    const { clock, arrive, age } = ticking(0);
    arrive(-10_500);
    clock.advance(12_000);
    expect(age()).toBe('1');
  });

  it('costs one alarm, and none when it has ended', () => {
    const { clock, arrive, stop } = ticking(300);
    arrive();
    arrive(100);
    expect(clock.waiting()).toEqual([900]);
    stop();
    arrive(200);
    expect(clock.waiting()).toEqual([]);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from '../../src/console/store.ts';
import { openScreen } from '../../src/ui/screen.ts';
import { now, showing } from '../console/states.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** A screen that was shown a while ago, and when each frame of it was painted since. */
function shown() {
  const store = createStore(showing([{ name: 'a' }]), () => {});
  const painted: number[] = [];
  const host = { session: () => ({ store }), subscribe: () => () => {} };
  const painter = { paint: () => void painted.push(performance.now()), forget: () => {} };
  const sheet = { columns: 80, rows: 24, write: () => true };
  const screen = openScreen(host as never, painter as never, sheet);
  screen.release();
  vi.advanceTimersByTime(1_000);
  painted.length = 0;
  const start = performance.now();
  const change = (): void => store.dispatch({ type: 'clock', now });
  return {
    change,
    key: () => screen.answer(change),
    pass: (ms: number) => vi.advanceTimersByTime(ms),
    painted: () => painted.map((at) => Math.round(at - start)),
  };
}

describe('the frames of a screen', () => {
  it('are sixty a second at most, and always the last', () => {
    const { change, pass, painted } = shown();
    for (let at = 0; at < 100; at++) {
      change();
      pass(1);
    }
    pass(100);
    expect(painted()).toEqual([0, 16, 32, 48, 64, 80, 96, 112]);
  });

  it('that answer a key wait for none of what changes by itself', () => {
    const { change, key, pass, painted } = shown();
    change();
    pass(3);
    change();
    key();
    expect(painted()).toEqual([0, 3]);
    pass(2);
    change();
    pass(100);
    expect(painted()).toEqual([0, 3, 19]);
  });

  it('that answer keys wait for each other, and are not more often than sixty a second', () => {
    const { change, key, pass, painted } = shown();
    for (let at = 0; at < 50; at++) {
      key();
      change();
      pass(1);
    }
    pass(100);
    expect(painted()).toEqual([0, 16, 32, 48, 64]);
  });
});

import { describe, expect, it, vi } from 'vitest';
import type { Effect, State } from '../../src/console/state/model.ts';
import { createStore, type Store } from '../../src/console/store.ts';
import { keyOf } from '../terminal/press.ts';
import { showing } from './states.ts';

const key = (name: string) => ({ type: 'key', key: keyOf(name), at: 0 }) as const;
const start = showing([{ name: 'a' }, { name: 'b' }, { name: 'c' }]);

describe('the store', () => {
  it('tells of a batch once, when all of it is done', () => {
    const seen: (string | null)[] = [];
    const store = createStore(start, () => {});
    store.subscribe(() => seen.push(store.state().screens[0].cursor.key));
    store.batch([key('j'), key('j')]);
    expect(seen).toEqual(['c']);
  });

  it('runs effects after the screen was told, in their order', () => {
    const happened: string[] = [];
    const store = createStore(start, ({ type }) => happened.push(type));
    store.subscribe(() => happened.push('told'));
    store.batch([key('ctrl-r'), key('S')]);
    expect(happened).toEqual(['told', 'refresh', 'snapshot']);
  });

  it('takes messages that an effect sends at once', () => {
    const states: State[] = [];
    const runEffect = (effect: Effect): void => {
      if (effect.type === 'copy')
        store.dispatch({ type: 'flash', flash: { level: 'ok', text: effect.text } });
    };
    const store: Store = createStore(start, runEffect);
    store.subscribe(() => states.push(store.state()));
    store.dispatch(key('c'));
    expect(states.map(({ flash }) => flash?.text)).toEqual([undefined, 'a']);
  });

  it('tells nobody who left', () => {
    const store = createStore(start, () => {});
    const listener = vi.fn();
    const leave = store.subscribe(listener);
    leave();
    store.dispatch(key('j'));
    expect(listener).not.toHaveBeenCalled();
  });
});

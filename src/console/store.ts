/** Holds the state and runs the effects; one notification a batch of messages. */
import type { Recorder } from './log/recorder.ts';
import type { Effect, Message, State } from './state/model.ts';
import { update } from './update/update.ts';

export interface Store {
  readonly state: () => State;
  readonly dispatch: (message: Message) => void;
  /** Several messages, one notification. */
  readonly batch: (messages: readonly Message[]) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

/** `recorder` hears of every message before it counts, and of every effect. */
export function createStore(
  start: State,
  runEffect: (effect: Effect) => void,
  recorder?: Recorder,
): Store {
  let state = start;
  const listeners = new Set<() => void>();
  const batch = (messages: readonly Message[]): void => {
    const effects: Effect[] = [];
    for (const message of messages) {
      recorder?.message(state, message);
      const [next, wanted] = update(state, message);
      state = next;
      effects.push(...wanted);
    }
    for (const listener of listeners) listener();
    for (const effect of effects) {
      recorder?.effect(effect);
      runEffect(effect);
    }
  };
  return {
    state: () => state,
    dispatch: (message) => batch([message]),
    batch,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

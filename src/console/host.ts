/**
 * The sessions of one console: one is shown. Another context, or another cluster at the same
 * address, is another session: nothing of one is left in the next. The one before ends behind it.
 */
import type { Cluster } from '../cluster/identify.ts';
import type { Target } from '../config/target.ts';
import type { Terminal } from './effects/terminal.ts';
import type { Session } from './session.ts';

export interface Host {
  /** The one that is shown. */
  readonly session: () => Session;
  /** Told when another is shown. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Hands over the terminal, once there is one. */
  readonly attach: (terminal: Terminal) => void;
  /** What was sent and has no answer yet, for a sentence; null for nothing. */
  readonly underway: () => string | null;
  /** As of a session: those that ended behind the shown one are waited for, too. */
  readonly close: (giveUp: AbortSignal) => Promise<string[]>;
}

/** Opens a session; `show` shows another in its place. */
export type OpenSession = (target: Target, show: Show, chosen?: Cluster) => Session;

/** `chosen`: the cluster to show there; else whichever answers. */
export type Show = (target: Target, chosen?: Cluster) => void;

export function openHost(open: OpenSession, first: Target): Host {
  const listeners = new Set<() => void>();
  const ending = new Map<Session, Promise<string[]>>();
  const givenUp = new AbortController();
  let terminal: Terminal | null = null;
  let closed = false;
  let shown = open(first, show);

  function show(target: Target, chosen?: Cluster): void {
    if (closed) return;
    const before = shown;
    shown = open(target, show, chosen);
    if (terminal !== null) shown.attach(terminal);
    for (const listener of listeners) listener();
    const ended = before.close(givenUp.signal);
    ending.set(before, ended);
    void ended.then((lines) => {
      if (closed) return;
      ending.delete(before);
      for (const text of lines)
        shown.store.dispatch({ type: 'flash', flash: { level: 'info', text } });
    });
  }

  return {
    session: () => shown,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    attach: (attached) => {
      terminal = attached;
      shown.attach(attached);
    },
    underway: () => {
      const all = [...ending.keys(), shown].map((session) => session.underway());
      return all.filter((one) => one !== null).join(', ') || null;
    },
    close: async (giveUp) => {
      closed = true;
      const stop = (): void => givenUp.abort();
      if (giveUp.aborted) stop();
      else giveUp.addEventListener('abort', stop, { once: true });
      const lines = await Promise.all([...ending.values(), shown.close(givenUp.signal)]);
      giveUp.removeEventListener('abort', stop);
      return lines.flat();
    },
  };
}

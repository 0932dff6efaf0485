/**
 * The sessions of one console: the one on top is shown. Another context, or another cluster at the same
 * address, is another session in place of it: nothing of one is left in the next, and the one before ends
 * behind it. A snapshot is looked into over the session of a server, which goes on below.
 */
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

/** What a session can ask for of the host that it is in. */
export interface Stage {
  /** Another in its place; it ends. */
  readonly replace: (open: OpenSession) => void;
  /** Another over it, which it goes on below; nothing happens unless it is the one that is shown. */
  readonly cover: (open: OpenSession) => void;
  /** What lies below it is shown again; it ends. */
  readonly leave: () => void;
}

export type OpenSession = (stage: Stage) => Session;

export function openHost(first: OpenSession): Host {
  const listeners = new Set<() => void>();
  const ending = new Map<Session, Promise<string[]>>();
  const givenUp = new AbortController();
  let terminal: Terminal | null = null;
  let closed = false;
  /** The last is shown. */
  const stack: Session[] = [];
  const shown = (): Session => stack.at(-1)!;
  stack.push(opened(first));

  function opened(open: OpenSession): Session {
    const session: Session = open({
      replace: (next) => change(session, () => void stack.splice(at(session), 1, opened(next))),
      cover: (next) => {
        if (shown() === session) change(null, () => void stack.push(opened(next)));
      },
      leave: () => {
        if (stack.length > 1) change(session, () => void stack.splice(at(session), 1));
      },
    });
    return session;
  }

  const at = (session: Session): number => stack.indexOf(session);

  /** `before` ends, when there is another in its place. */
  function change(before: Session | null, turn: () => void): void {
    if (closed || (before !== null && at(before) < 0)) return;
    turn();
    if (terminal !== null) shown().attach(terminal);
    for (const listener of listeners) listener();
    if (before === null) return;
    const ended = before.close(givenUp.signal);
    ending.set(before, ended);
    void ended.then((lines) => {
      if (closed) return;
      ending.delete(before);
      for (const text of lines)
        shown().store.dispatch({ type: 'flash', flash: { level: 'info', text } });
    });
  }

  return {
    session: shown,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    attach: (attached) => {
      terminal = attached;
      shown().attach(attached);
    },
    underway: () => {
      const all = [...ending.keys(), ...stack].map((session) => session.underway());
      return all.filter((one) => one !== null).join(', ') || null;
    },
    close: async (giveUp) => {
      closed = true;
      const stop = (): void => givenUp.abort();
      if (giveUp.aborted) stop();
      else giveUp.addEventListener('abort', stop, { once: true });
      const all = [...ending.values(), ...stack.map((session) => session.close(givenUp.signal))];
      const lines = await Promise.all(all);
      giveUp.removeEventListener('abort', stop);
      return lines.flat();
    },
  };
}

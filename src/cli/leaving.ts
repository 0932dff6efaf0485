/** Leaving by a signal: what is under way has a moment to end tidily, a second Ctrl-C does not wait. */
import { constants } from 'node:os';
import process from 'node:process';

export interface Leaving {
  /** Aborted when the program is asked to end: start nothing new. */
  readonly signal: AbortSignal;
  /** Aborted when what was sent is no longer waited for; its outcome is unknown then. */
  readonly giveUp: AbortSignal;
  /** Leaves without a signal, by a key. From here on one Ctrl-C ends the program at once. */
  begin(): void;
  /** The shell's `$?` of a program that a signal ended; null for none. */
  readonly status: number | null;
  /** Gives the terminal back before something is said on it; null while it is the shell's own. */
  restore: (() => void) | null;
  /** What was sent and has no answer yet, for a sentence; null for nothing, or when nobody tells. */
  waitsFor: (() => string | null) | null;
}

/** How long what was sent is waited for, ms. */
const patience = 5_000;
/** How long what was given up has for its last words, ms. */
const lastWords = 2_000;
/** The wait is announced only when it can be noticed, ms. */
const unnoticed = 300;

/** What each says that ended the program. An older Node that started us passes its SIGINT on as SIGUSR2. */
export const endings = {
  SIGINT: 'SIGINT',
  SIGUSR2: 'SIGINT',
  SIGTERM: 'SIGTERM',
  SIGHUP: 'SIGHUP',
  SIGQUIT: 'SIGQUIT',
} as const;

/** Takes over the signals that end a program. `say` puts a line on the terminal. */
export function leaveOnSignals(say: (line: string) => void): Leaving {
  const asked = new AbortController();
  const givenUp = new AbortController();
  let interruptions = 0;
  const leaving = {
    signal: asked.signal,
    giveUp: givenUp.signal,
    status: null as number | null,
    restore: null as Leaving['restore'],
    waitsFor: null as Leaving['waitsFor'],
    begin: () => {
      interruptions++;
      begin();
    },
  };

  function begin(): void {
    if (asked.signal.aborted) return;
    asked.abort();
    setTimeout(() => say(waiting(leaving.waitsFor?.() ?? 'what was sent')), unnoticed);
    setTimeout(() => givenUp.abort(), patience);
    setTimeout(leaveNow, patience + lastWords);
  }

  function leaveNow(): void {
    leaving.restore?.();
    say(atOnce);
    process.exit(leaving.status ?? 0);
  }

  for (const [name, meant] of Object.entries(endings))
    process.on(name, () => {
      leaving.status ??= 128 + constants.signals[meant];
      // Only Ctrl-C counts twice: a closing window and a dying shell send several signals at once.
      if (name === 'SIGINT' && ++interruptions > 1) leaveNow();
      begin();
    });
  return leaving;
}

const waiting = (what: string): string =>
  `waiting for the answer to ${what}, ${patience / 1_000} s at most; ctrl-c again quits at once`;
const atOnce =
  "quit without waiting: the last change may have been made; 'dkron-tui journal' shows it";

/** For a program within another: it ends as the signal says, and waits as long as it takes. */
export const leavingOn = (signal: AbortSignal): Leaving => ({
  signal,
  giveUp: new AbortController().signal,
  status: null,
  begin: () => {},
  restore: null,
  waitsFor: null,
});

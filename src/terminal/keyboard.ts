/** The keyboard of a terminal: raw mode, and what is typed from then on, nothing of it lost. */
import { createInputParser } from './input.ts';
import type { Input } from './taken.ts';

/** The part of `process.stdin` that is used here. */
export interface TerminalInput {
  readonly setRawMode: (raw: boolean) => unknown;
  readonly on: (event: 'data', listener: (chunk: Uint8Array | string) => void) => unknown;
  readonly off: (event: 'data', listener: (chunk: Uint8Array | string) => void) => unknown;
  readonly resume: () => unknown;
  readonly pause: () => unknown;
}

export interface Keyboard {
  /** Takes what is typed, and first what was typed before. @returns what ends that. */
  readonly listen: (listener: (inputs: readonly Input[]) => void) => () => void;
  /** Gives the terminal back as it was, to another program or for good. */
  readonly release: () => void;
  /** Takes the terminal again. */
  readonly take: () => void;
}

/** Bracketed paste, and reports of the focus: tmux passes these on with `focus-events on`. */
const modes = (on: boolean): string =>
  [2004, 1004].map((mode) => `\x1b[?${mode}${on ? 'h' : 'l'}`).join('');

/** Takes the keyboard at once: what is typed while the first frame is made waits for its listener. */
export function openKeyboard(stdin: TerminalInput, write: (text: string) => unknown): Keyboard {
  const parser = createInputParser();
  let listener: ((inputs: readonly Input[]) => void) | null = null;
  const waiting: Input[] = [];
  let timer: NodeJS.Timeout | undefined;
  let taken = false;
  let pushes = 0;

  const hand = (inputs: Input[]): void => {
    if (inputs.length === 0) return;
    if (listener === null) waiting.push(...inputs);
    else listener(inputs);
  };

  const read = (chunk: Uint8Array | string): void => {
    pushes += 1;
    hand(parser.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk));
    wait();
  };

  /** After a stall the timer is due before what has arrived was read: it lets that come first. */
  function wait(): void {
    clearTimeout(timer);
    const patience = parser.patience();
    if (patience === undefined) return;
    const before = pushes;
    timer = setTimeout(() => {
      setImmediate(() => {
        if (pushes !== before || !taken) return;
        hand(parser.silence());
        wait();
      });
    }, patience);
  }

  function take(): void {
    if (taken) return;
    taken = true;
    stdin.setRawMode(true);
    write(modes(true));
    stdin.on('data', read);
    stdin.resume();
  }

  function release(): void {
    if (!taken) return;
    taken = false;
    clearTimeout(timer);
    stdin.off('data', read);
    stdin.pause();
    stdin.setRawMode(false);
    write(modes(false));
  }

  take();
  return {
    listen: (wanted) => {
      listener = wanted;
      hand(waiting.splice(0));
      return () => {
        listener = null;
      };
    },
    release,
    take,
  };
}

/** How far a command is, on the terminal of an operator: one line that is written over, and goes at the end. */
import process from 'node:process';
import type { Io } from './io.ts';
import { hasScreenReader } from './look.ts';
import { printNote, printOver, tabOf } from './output.ts';

export interface ProgressLine {
  /** `share` from 0 to 1; null where nobody knows. */
  readonly tell: (text: string, share: number | null) => void;
  /** A note that stays, above the line where there is one. */
  readonly note: (text: string) => void;
  /** Leaves nothing of it; also the other ways out do. */
  readonly end: () => void;
}

/** What is over sooner is not worth a line, ms. */
const unnoticed = 300;

/**
 * A line on stderr. Nothing in a pipe, a log, a terminal that cannot write over a line, and for who
 * listens; nor where it is unwanted: `--quiet`, `--json`.
 */
export function progressLine(io: Io, isWanted: boolean): ProgressLine {
  const { stderr, env } = io;
  const isShown = stderr.isTTY === true && env['TERM'] !== 'dumb' && !env['CI'];
  const note = (text: string): void => printNote(io, text);
  if (!isWanted || !isShown || hasScreenReader(io)) return { tell: () => {}, note, end: () => {} };
  const tab = tabOf(io);
  const began = performance.now();
  let isThere = false;
  const clear = (): void => {
    if (isThere) printOver(io, null);
    isThere = false;
  };
  const end = (): void => {
    process.off('exit', end);
    tab.show(null);
    clear();
  };
  // Also where the program is made to end at once, or breaks.
  process.once('exit', end);
  return {
    tell: (text, share) => {
      if (performance.now() - began < unnoticed) return;
      tab.show(share);
      isThere = true;
      printOver(io, text);
    },
    note: (text) => {
      clear();
      note(text);
    },
    end,
  };
}

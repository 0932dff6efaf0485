/** Prints the outputs of a run while it runs: each byte once, and what was missed is told. */
import { runKey } from '../dkron/execution.ts';
import { cutText } from '../dkron/kept-output.ts';
import { remainder, wholeOf } from '../dkron/remainder.ts';
import type { Execution } from '../dkron/shapes.ts';
import { cleanLines } from '../terminal/cell.ts';
import type { Io } from './io.ts';
import { printNote, printPiece } from './output.ts';

export interface LiveOutput {
  /** A piece, as what runs tells it. */
  readonly piece: (run: Execution) => void;
  /** The execution has ended: what follows the pieces is printed, and all of it where none was told. */
  readonly end: (run: Execution) => void;
}

/**
 * Pieces go to standard output as they come: exact, and on a terminal in lines of their own. Whose they
 * are is told where it changes; from the first one on where there are several.
 */
export function liveOutput(io: Io, name: string, isOfSeveral: boolean): LiveOutput {
  const told = new Map<string, string[]>();
  let last = isOfSeveral ? '' : null;
  const print = (run: Execution, text: string): void => {
    if (text === '') return;
    const key = runKey(run);
    if (last !== null && last !== key) printNote(io, `${name}: ${whereOf(run)}:`);
    last = key;
    printPiece(io, text);
  };
  return {
    piece: (run) => {
      const text = wholeOf(run.output);
      const key = runKey(run);
      told.set(key, [...(told.get(key) ?? []), text]);
      print(run, text);
    },
    end: (run) => {
      const { rest, missed, isOther } = remainder(told.get(runKey(run)) ?? [], run);
      print(run, rest);
      const all = `'dkron-tui output ${name} ${run.id}' prints all of it`;
      if (isOther) printNote(io, `${name}: another output is stored than was told; ${all}`);
      else if (missed === null) printNote(io, `${name}: some of it may be missing here; ${all}`);
      else if (missed > 0)
        printNote(
          io,
          `${name}: ${missed} bytes were not told in time and are missing here; ${all}`,
        );
      noteCut(io, name, run);
    },
  };
}

/** For people who wait: the lines of each piece on standard error. */
export function notedOutput(io: Io, name: string): Pick<LiveOutput, 'piece'> {
  let last: string | null = null;
  return {
    piece: (run) => {
      const key = runKey(run);
      if (last !== null && last !== key) printNote(io, `${name}: ${whereOf(run)}:`);
      last = key;
      for (const line of cleanLines(wholeOf(run.output).replace(/\r?\n$/, ''))) printNote(io, line);
    },
  };
}

/** Where Dkron cut the beginning of an output, it is said. */
export function noteCut(io: Io, name: string, { output }: Execution): void {
  const cut = cutText(output);
  if (cut !== null) printNote(io, `${name}: ${cut}`);
}

const whereOf = ({ node_name, attempt }: Execution): string =>
  attempt > 1 ? `${node_name}, try ${attempt}` : node_name;

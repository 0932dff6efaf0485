/** What of a stored output was not told in mid-run: nothing is shown twice. */
import { cutText } from './kept-output.ts';

export interface Remainder {
  /** What follows the last piece that was told; all of it where none was. */
  readonly rest: string;
  /** Bytes that lay before and between the pieces; null where that is not known, for the beginning is cut. */
  readonly missed: number | null;
  /** What is stored is something else: a processor made it. There is no rest then. */
  readonly isOther: boolean;
}

/** Half a character at an end of a piece came as U+FFFD. */
const half = /^\ufffd{1,3}|\ufffd{1,3}$/g;

/** A piece without the halves of characters at its ends: the whole ones are in another piece, or missing. */
export const wholeOf = (piece: string): string => piece.replace(half, '');

/**
 * `pieces` as they were told (`wholeOf`), `whole` as it is stored. Before the output of a run that
 * failed stands why, in a line of its own: no piece of it.
 */
export function remainder(
  pieces: readonly string[],
  { output: whole, success }: { readonly output: string; readonly success: boolean },
): Remainder {
  if (pieces.length === 0) return { rest: whole, missed: 0, isOther: false };
  const isCut = cutText(whole) !== null;
  let at = success || isCut ? 0 : whole.indexOf('\n') + 1;
  let missed = 0;
  for (const piece of pieces) {
    const found = whole.indexOf(piece, at);
    if (found < 0) return isCut ? afterLast(pieces, whole) : { rest: '', missed: 0, isOther: true };
    missed += Buffer.byteLength(whole.slice(at, found));
    at = found + piece.length;
  }
  return { rest: whole.slice(at), missed: isCut ? null : missed, isOther: false };
}

/** Pieces were told that are cut by now. */
function afterLast(pieces: readonly string[], whole: string): Remainder {
  const last = pieces.at(-1)!;
  const found = whole.lastIndexOf(last);
  return {
    rest: found < 0 ? whole : whole.slice(found + last.length),
    missed: null,
    isOther: false,
  };
}

/** Why a run failed, as Dkron writes it before the output; "" for one that ended well, or was cut. */
export const reasonIn = ({
  output,
  success,
}: {
  readonly output: string;
  readonly success: boolean;
}): string => (success || cutText(output) !== null ? '' : (output.split('\n', 1)[0] ?? ''));

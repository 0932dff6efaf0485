/** A long text as the rows of its screen: JSON formatted, escape codes gone, lines wrapped or whole. */
import { laidOutJson } from '../../../json/pretty.ts';
import { cleanLines, slice, wrap } from '../../../terminal/cell.ts';
import { matchesIn } from '../../../terminal/search.ts';
import { memo } from '../../../view/memo.ts';
import type { TextScreen } from '../../state/model.ts';

export interface TextRows {
  /** The lines of the text, each clean. */
  readonly lines: readonly string[];
  readonly rows: readonly TextRow[];
}

/** What one row of the screen shows of a line: all of it, or a piece. */
export interface TextRow {
  /** Index of its line. */
  readonly line: number;
  /** Where its text begins in the line, in UTF-16 units. */
  readonly from: number;
  readonly text: string;
}

/** Where the words searched for stand: a line, and from which unit to which. */
export interface Match {
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

const prettyOf = memo(laidOutJson);

/** Only outputs: bodies and jobs are laid out already. */
export const hasPretty = ({ what, text }: TextScreen): boolean =>
  what === 'output' && text !== null && prettyOf(text) !== null;

/** What the screen shows of the text. */
export const shownText = (screen: TextScreen): string =>
  screen.what === 'output' && !screen.raw && screen.text !== null
    ? (prettyOf(screen.text) ?? screen.text)
    : (screen.text ?? '');

export const textRows = memo((text: string, wrapped: boolean, columns: number): TextRows => {
  const lines = cleanLines(text);
  if (lines.length > 1 && lines.at(-1) === '') lines.pop();
  const rows = lines.flatMap((whole, line): TextRow[] => {
    if (!wrapped) return [{ line, from: 0, text: whole }];
    let from = 0;
    return wrap(whole, columns).map((piece) => {
      const row = { line, from, text: piece };
      from += piece.length;
      return row;
    });
  });
  return { lines, rows };
});

/** Every match of the text, also those that a wrapped line breaks in two. */
export const matchesOf = memo((lines: readonly string[], search: string): readonly Match[] =>
  search === ''
    ? []
    : lines.flatMap((text, line) =>
        matchesIn(text, search).map(([from, to]) => ({ line, from, to })),
      ),
);

/** The row that shows the beginning of a match. */
export function rowOfMatch({ rows }: TextRows, { line, from }: Match): number {
  const first = firstRowOf(rows, line);
  let at = first;
  while (rows[at + 1]?.line === line && rows[at + 1]!.from <= from) at++;
  return at;
}

/** Rows are in the order of their lines. */
export function firstRowOf(rows: readonly TextRow[], line: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]!.line < line) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a line goes on beyond so many cells. */
export const goesOn = (text: string, cells: number): boolean => slice(text, cells, 1) !== '';

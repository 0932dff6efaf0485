/** A one-line editor: filter, palette, schedule. The text editor with a single line, and its view. */
import { withoutEnd } from '../base/trimmed.ts';
import { edit } from './editing.ts';
import type { Key } from './keys.ts';
import { showLine } from './line-cells.ts';
import { stretchAt, stretchOf } from './stretches.ts';
import { contentOf, insert, moveTo, replace, type TextState, textOf } from './text.ts';

export type LineState = TextState;

/** An editor over `text`, the cursor behind it. Newlines become spaces. */
export function lineOf(text = ''): LineState {
  return textOf(oneLine(text), 'end');
}

export function lineText(state: LineState): string {
  return contentOf(state);
}

/** The state after a key; the same state when the key means nothing to a line editor. */
export function editLine(state: LineState, key: Key): LineState {
  return edit(state, key);
}

/** Pasted text in one piece; its newlines become spaces, one at its end is dropped. */
export function pasteLine(state: LineState, text: string): LineState {
  return insert(state, oneLine(withoutEnd(text, /[\r\n]/)));
}

/** The text from column `start` to `end` replaced, the cursor behind it or at `cursor`; undo takes it back. */
export function replaceInLine(
  state: LineState,
  { start, end }: { readonly start: number; readonly end: number },
  text: string,
  cursor = start + text.length,
): LineState {
  const replaced = replace(state, { line: 0, column: start }, { line: 0, column: end }, text);
  return moveTo(replaced, { line: 0, column: cursor });
}

export interface LineView {
  /** At most as many cells as asked for, fit for the screen. */
  readonly text: string;
  /** The cell the cursor stands on, from 0; it may be one behind the text. */
  readonly cursor: number;
  /** Text is hidden to the left, to the right. */
  readonly clipped: readonly [left: boolean, right: boolean];
}

/**
 * The part of the line that shows in `columns` cells, with the cursor in it. It scrolls by half its
 * width, so that the text stays still while one types; of a long line one stretch shows.
 */
export function lineView(state: LineState, columns: number): LineView {
  const line = state.lines[0]!;
  const { from: begin, to: end } = stretchOf(line, stretchAt(line, state.cursor.column));
  const shown = showLine(line.slice(begin, end));
  const column = shown.columnOf(state.cursor.column - begin);
  const step = Math.max(1, Math.floor(columns / 2));
  const from = column < columns ? 0 : (Math.floor((column - columns) / step) + 1) * step;
  return {
    text: shown.part(from, columns),
    cursor: column - from,
    clipped: [begin + from > 0, end < line.length || shown.width > from + columns],
  };
}

function oneLine(text: string): string {
  return text.replace(/\r\n|[\r\n]/g, ' ');
}

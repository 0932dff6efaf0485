/**
 * Where the text of an editor lies on the screen: lines broken softly into rows of a width, and the
 * window of rows that shows. Only lines near the window are laid out, however long the text.
 */
import { slice } from './cell.ts';
import { showLine } from './shown.ts';
import { isBefore, moveTo, type Position, selection, type TextState } from './text.ts';

/** A row of the screen: the `row`-th piece of a line. */
export interface Place {
  readonly line: number;
  readonly row: number;
}

export interface TextWindow {
  /** The place shown first. */
  readonly top: Place;
  readonly columns: number;
  readonly rows: number;
}

export interface TextRow extends Place {
  /** The cell of the shown line that the row starts at, for colouring a part of it. */
  readonly start: number;
  /** At most as wide as the window, fit for the screen. */
  readonly text: string;
  /** The cells of this row that are selected: from, to. */
  readonly selected: readonly [from: number, to: number] | undefined;
}

/** Where the cursor lies: its place, and the cell within the row. */
export function cursorPlace(state: TextState, columns: number): Place & { column: number } {
  const { line, column } = state.cursor;
  const starts = rowStarts(state.lines[line]!, columns);
  const cell = showLine(state.lines[line]!).columnOf(column);
  const row = starts.findLastIndex((start) => start <= cell);
  return { line, row, column: cell - starts[row]! };
}

/** The cursor moved by rows of the screen, keeping to its column where a row is long enough. */
export function moveRows(state: TextState, by: number, columns: number, extend = false): TextState {
  const from = cursorPlace(state, columns);
  const goal = state.goal ?? from.column;
  const to = step(state.lines, from, by, columns);
  const cursor = positionAt(state.lines, to, goal, columns);
  return { ...moveTo(state, cursor, extend), goal };
}

/** The window moved as little as needed to show the cursor, and to begin at a row there is. */
export function follow(window: TextWindow, state: TextState): TextWindow {
  const { columns, rows } = window;
  const cursor = cursorPlace(state, columns);
  const highest = step(state.lines, cursor, 1 - rows, columns);
  if (isAbove(window.top, highest)) return { ...window, top: highest };
  if (isAbove(cursor, window.top))
    return { ...window, top: { line: cursor.line, row: cursor.row } };
  return window;
}

/** The rows in the window, fewer when the text ends before. */
export function visibleRows(state: TextState, window: TextWindow): TextRow[] {
  const rows: TextRow[] = [];
  let { line, row } = window.top;
  while (rows.length < window.rows && line < state.lines.length) {
    const starts = rowStarts(state.lines[line]!, window.columns);
    for (; row < starts.length && rows.length < window.rows; row += 1)
      rows.push(rowAt(state, line, row, starts, window.columns));
    line += 1;
    row = 0;
  }
  return rows;
}

function rowAt(
  state: TextState,
  line: number,
  row: number,
  starts: readonly number[],
  columns: number,
): TextRow {
  const start = starts[row]!;
  const width = Math.min(columns, (starts[row + 1] ?? Infinity) - start);
  const text = slice(showLine(state.lines[line]!).text, start, width);
  return { line, row, start, text, selected: selectedCells(state, line, start, columns) };
}

/** A selected newline shows as one cell behind its line. */
function selectedCells(
  state: TextState,
  line: number,
  start: number,
  columns: number,
): [number, number] | undefined {
  const range = selection(state);
  if (range === undefined) return undefined;
  const [from, to] = range;
  if (line < from.line || line > to.line) return undefined;
  const shown = showLine(state.lines[line]!);
  const first = line === from.line ? shown.columnOf(from.column) : 0;
  const last = line === to.line ? shown.columnOf(to.column) : shown.width + 1;
  const cells: [number, number] = [Math.max(0, first - start), Math.min(columns, last - start)];
  return cells[0] < cells[1] ? cells : undefined;
}

/**
 * The cells at which the rows of a line start. A line whose last row is full has an empty one more,
 * where the cursor behind its end stands.
 */
function rowStarts(line: string, columns: number): number[] {
  const rows = [0];
  const { width, starts } = showLine(line);
  if (starts === undefined) {
    for (let start = columns; start <= width; start += columns) rows.push(start);
    return rows;
  }
  for (let index = 1; index < starts.length; index += 1) {
    const tooWide = starts[index]! - rows.at(-1)! > columns;
    if (tooWide && starts[index - 1] !== rows.at(-1)) rows.push(starts[index - 1]!);
  }
  if (width - rows.at(-1)! >= columns) rows.push(width);
  return rows;
}

/** The place so many rows further down (or up), or the last (or first) there is. */
function step(lines: readonly string[], from: Place, by: number, columns: number): Place {
  let { line, row } = from;
  row += by;
  while (row < 0 && line > 0) {
    line -= 1;
    row += rowStarts(lines[line]!, columns).length;
  }
  let rows = rowStarts(lines[line]!, columns).length;
  while (row >= rows && line < lines.length - 1) {
    row -= rows;
    line += 1;
    rows = rowStarts(lines[line]!, columns).length;
  }
  return { line, row: Math.max(0, Math.min(row, rows - 1)) };
}

/** The position in a row that is nearest to a cell, but not beyond the row's end. */
function positionAt(
  lines: readonly string[],
  { line, row }: Place,
  cell: number,
  columns: number,
): Position {
  const starts = rowStarts(lines[line]!, columns);
  const next = starts[row + 1];
  const shown = showLine(lines[line]!);
  const column = shown.offsetAt(starts[row]! + cell);
  const beyond = next !== undefined && shown.columnOf(column) >= next;
  return { line, column: beyond ? shown.offsetAt(next - 1) : column };
}

function isAbove(a: Place, b: Place): boolean {
  return isBefore({ line: a.line, column: a.row }, { line: b.line, column: b.row });
}

/**
 * Where the text of an editor lies on the screen: lines broken softly into rows of a width, and the
 * window of rows that shows. Only what is near the window is laid out, however long the text or one
 * line of it: a long line is laid out in stretches of a fixed length, each from a row of its own.
 */
import { type ShownLine, showLine } from './line-cells.ts';
import { stretchAt, stretchesIn, stretchOf } from './stretches.ts';
import { isBefore, moveTo, type Position, selection, type TextState } from './text.ts';

/** A row of the screen. Rows of a line ascend, but are counted from anew in each of its stretches. */
export interface RowAt {
  readonly line: number;
  /** The stretch of the line times `rowsAtMost`, and the row within it. */
  readonly row: number;
}

/** More rows than a stretch can have, in one column. */
const rowsAtMost = 100_000;

export interface TextWindow {
  /** The place shown first. */
  readonly top: RowAt;
  readonly columns: number;
  readonly rows: number;
}

export interface TextRow extends RowAt {
  /** The stretch of the line that the row is of, as offsets: the whole of a line that is not long. */
  readonly from: number;
  readonly to: number;
  /** The cell of the shown stretch that the row starts at, for colouring a part of it. */
  readonly start: number;
  /** At most as wide as the window, fit for the screen. */
  readonly text: string;
  /** The cells of this row that are selected: from, to. */
  readonly selected: readonly [from: number, to: number] | undefined;
}

/** A stretch of a line, and the cells that its rows start at. */
interface Laid {
  readonly from: number;
  readonly to: number;
  readonly shown: ShownLine;
  readonly starts: readonly number[];
}

function layOut(line: string, index: number, columns: number): Laid {
  const { from, to } = stretchOf(line, index);
  const shown = showLine(line.slice(from, to));
  return { from, to, shown, starts: rowStarts(shown, columns, to === line.length) };
}

/** Where the cursor lies: its place, and the cell within the row. */
export function cursorPlace(state: TextState, columns: number): RowAt & { column: number } {
  const { line, column } = state.cursor;
  const text = state.lines[line]!;
  const stretch = stretchAt(text, column);
  const { from, shown, starts } = layOut(text, stretch, columns);
  const cell = shown.columnOf(column - from);
  const row = starts.findLastIndex((start) => start <= cell);
  return { line, row: stretch * rowsAtMost + row, column: cell - starts[row]! };
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
  let { line } = window.top;
  let stretch = Math.floor(window.top.row / rowsAtMost);
  let row = window.top.row % rowsAtMost;
  while (rows.length < window.rows && line < state.lines.length) {
    const text = state.lines[line]!;
    const laid = layOut(text, stretch, window.columns);
    for (; row < laid.starts.length && rows.length < window.rows; row += 1)
      rows.push(rowAt(state, { line, row: stretch * rowsAtMost + row }, laid, window.columns));
    const isLast = laid.to === text.length;
    stretch = isLast ? 0 : stretch + 1;
    line += isLast ? 1 : 0;
    row = 0;
  }
  return rows;
}

function rowAt(state: TextState, place: RowAt, laid: Laid, columns: number): TextRow {
  const { from, to, shown, starts } = laid;
  const row = place.row % rowsAtMost;
  const start = starts[row]!;
  const width = Math.min(columns, (starts[row + 1] ?? Infinity) - start);
  const text = shown.part(start, width);
  const selected = selectedCells(state, place.line, laid, start, columns);
  return { ...place, from, to, start, text, selected };
}

/** A selected newline shows as one cell behind its line. */
function selectedCells(
  state: TextState,
  line: number,
  { from: begin, to: end, shown }: Laid,
  start: number,
  columns: number,
): [number, number] | undefined {
  const range = selection(state);
  if (range === undefined) return undefined;
  const [from, to] = range;
  if (line < from.line || line > to.line) return undefined;
  const cellAt = (offset: number): number =>
    offset <= begin ? 0 : offset > end ? shown.width : shown.columnOf(offset - begin);
  const newline = end === state.lines[line]!.length ? 1 : 0;
  const first = line === from.line ? cellAt(from.column) : 0;
  const last = line === to.line ? cellAt(to.column) : shown.width + newline;
  const cells: [number, number] = [Math.max(0, first - start), Math.min(columns, last - start)];
  return cells[0] < cells[1] ? cells : undefined;
}

/**
 * The cells at which the rows of a stretch start. A line whose last row is full has an empty one
 * more, where the cursor behind its end stands.
 */
function rowStarts({ width, starts }: ShownLine, columns: number, endsLine: boolean): number[] {
  const rows = [0];
  if (starts === undefined) {
    const end = endsLine ? width : width - 1;
    for (let start = columns; start <= end; start += columns) rows.push(start);
    return rows;
  }
  for (let index = 1; index < starts.length; index += 1) {
    const tooWide = starts[index]! - rows.at(-1)! > columns;
    if (tooWide && starts[index - 1] !== rows.at(-1)) rows.push(starts[index - 1]!);
  }
  if (endsLine && width - rows.at(-1)! >= columns) rows.push(width);
  return rows;
}

/** The place so many rows further down (or up), or the last (or first) there is. */
function step(lines: readonly string[], from: RowAt, by: number, columns: number): RowAt {
  const rowsIn = (at: Stretch): number =>
    layOut(lines[at.line]!, at.stretch, columns).starts.length;
  let at: Stretch = { line: from.line, stretch: Math.floor(from.row / rowsAtMost) };
  let row = (from.row % rowsAtMost) + by;
  for (let above = before(lines, at); row < 0 && above !== null; above = before(lines, at)) {
    at = above;
    row += rowsIn(at);
  }
  let rows = rowsIn(at);
  for (let below = after(lines, at); row >= rows && below !== null; below = after(lines, at)) {
    row -= rows;
    at = below;
    rows = rowsIn(at);
  }
  const within = Math.max(0, Math.min(row, rows - 1));
  return { line: at.line, row: at.stretch * rowsAtMost + within };
}

interface Stretch {
  readonly line: number;
  readonly stretch: number;
}

function before(lines: readonly string[], { line, stretch }: Stretch): Stretch | null {
  if (stretch > 0) return { line, stretch: stretch - 1 };
  return line === 0 ? null : { line: line - 1, stretch: stretchesIn(lines[line - 1]!) - 1 };
}

function after(lines: readonly string[], { line, stretch }: Stretch): Stretch | null {
  if (stretch + 1 < stretchesIn(lines[line]!)) return { line, stretch: stretch + 1 };
  return line + 1 < lines.length ? { line: line + 1, stretch: 0 } : null;
}

/** The position in a row that is nearest to a cell, but not beyond the row's end. */
function positionAt(
  lines: readonly string[],
  { line, row: place }: RowAt,
  cell: number,
  columns: number,
): Position {
  const text = lines[line]!;
  const { from, to, shown, starts } = layOut(text, Math.floor(place / rowsAtMost), columns);
  const row = place % rowsAtMost;
  const endsLine = to === text.length;
  const next = starts[row + 1] ?? (endsLine ? undefined : shown.width);
  const offset = shown.offsetAt(starts[row]! + cell);
  const beyond = next !== undefined && shown.columnOf(offset) >= next;
  return { line, column: from + (beyond ? shown.offsetAt(next - 1) : offset) };
}

function isAbove(a: RowAt, b: RowAt): boolean {
  return isBefore({ line: a.line, column: a.row }, { line: b.line, column: b.row });
}

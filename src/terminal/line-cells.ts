/**
 * How an editor shows a line it may change: unlike in `clean`, nothing is left out, every grapheme
 * takes at least one cell, and cells lead back to the grapheme.
 */
import { clean, width } from './cell.ts';
import { graphemesOf, simpleWidth } from './graphemes.ts';

export interface ShownLine {
  readonly text: string;
  readonly width: number;
  /** So many cells from this one on; half of a wide character at an edge becomes a space. */
  readonly part: (from: number, cells: number) => string;
  /** The cell where each grapheme starts, and the end; undefined when every cell is one. */
  readonly starts: readonly number[] | undefined;
  /** The cell where the grapheme at this offset of the real line starts. */
  readonly columnOf: (offset: number) => number;
  /** The offset of the grapheme that covers this cell; the line's length behind its end. */
  readonly offsetAt: (column: number) => number;
}

/** A fixed width, so that a soft break cannot change it. */
const tab = ' '.repeat(4);

/** Lines that are not plain ASCII are looked at several times a frame; long ones take a while. */
const remembered = new Map<string, ShownLine>();
const rememberAtMost = 256;

export function showLine(line: string): ShownLine {
  if (/^[\x20-\x7e]*$/.test(line)) return plainLine(line);
  const known = remembered.get(line);
  if (known !== undefined) return known;
  if (remembered.size >= rememberAtMost) remembered.clear();
  const shown = mappedLine(line);
  remembered.set(line, shown);
  return shown;
}

function plainLine(line: string): ShownLine {
  const within = (at: number) => Math.min(at, line.length);
  return {
    text: line,
    width: line.length,
    part: (from, cells) => line.slice(from, from + cells),
    starts: undefined,
    columnOf: within,
    offsetAt: within,
  };
}

function mappedLine(line: string): ShownLine {
  const offsets: number[] = [];
  const columns: number[] = [];
  const shown: string[] = [];
  let column = 0;
  const add = (text: string, offset: number, cells: number) => {
    offsets.push(offset);
    columns.push(column);
    shown.push(text);
    column += cells;
  };
  for (let at = 0; at < line.length; ) {
    const cells = simpleWidth(line.charCodeAt(at));
    let end = at + 1;
    while (end < line.length && simpleWidth(line.charCodeAt(end)) === 0) end += 1;
    if (cells > 0 && end === at + 1) add(line[at]!, at, cells);
    else
      for (const { segment, index } of graphemesOf(line.slice(at, end))) {
        const text = showGrapheme(segment);
        add(text, at + index, width(text));
      }
    at = end;
  }
  offsets.push(line.length);
  columns.push(column);
  return {
    text: shown.join(''),
    width: column,
    part: (from, cells) => {
      let part = '';
      for (let at = lastAtMost(columns, from); at < shown.length; at += 1) {
        const [start, end] = [columns[at]!, columns[at + 1]!];
        if (start >= from + cells) break;
        const isWhole = start >= from && end <= from + cells;
        part += isWhole
          ? shown[at]!
          : ' '.repeat(Math.min(end, from + cells) - Math.max(start, from));
      }
      return part;
    },
    starts: columns,
    columnOf: (offset) => columns[lastAtMost(offsets, offset)]!,
    offsetAt: (cell) => offsets[lastAtMost(columns, cell)]!,
  };
}

function showGrapheme(grapheme: string): string {
  if (grapheme === '\t') return tab;
  const shown = clean(grapheme);
  return width(shown) === 0 ? '\ufffd' : shown;
}

/** The index of the last of the ascending `numbers` that is not above `limit`; the first is 0. */
function lastAtMost(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (numbers[middle]! <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * How an editor shows a line it may change: unlike in `clean`, nothing is left out, every grapheme
 * takes at least one cell, and cells lead back to the grapheme.
 */
import { clean, width } from './cell.ts';

export interface ShownLine {
  readonly text: string;
  readonly width: number;
  /** The cell where the grapheme at this offset of the real line starts. */
  readonly columnOf: (offset: number) => number;
  /** The offset of the grapheme that covers this cell; the line's length behind its end. */
  readonly offsetAt: (column: number) => number;
}

const segmenter = new Intl.Segmenter();
const tabStop = 8;

export function showLine(line: string): ShownLine {
  return /^[\x20-\x7e]*$/.test(line) ? plainLine(line) : mappedLine(line);
}

function plainLine(line: string): ShownLine {
  const within = (at: number) => Math.min(at, line.length);
  return { text: line, width: line.length, columnOf: within, offsetAt: within };
}

function mappedLine(line: string): ShownLine {
  const offsets: number[] = [];
  const columns: number[] = [];
  let text = '';
  let column = 0;
  for (const { segment, index } of segmenter.segment(line)) {
    offsets.push(index);
    columns.push(column);
    const shown = showGrapheme(segment, column);
    text += shown;
    column += width(shown);
  }
  offsets.push(line.length);
  columns.push(column);
  return {
    text,
    width: column,
    columnOf: (offset) => columns[lastAtMost(offsets, offset)]!,
    offsetAt: (cell) => offsets[lastAtMost(columns, cell)]!,
  };
}

function showGrapheme(grapheme: string, column: number): string {
  if (grapheme === '\t') return ' '.repeat(tabStop - (column % tabStop));
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

/** Building blocks of the views: lines of an exact width. */
import { cell, clean, isOneCellEach, slice, width, wrap } from '../terminal/cell.ts';
import { type Line, plain, quiet, type Span, toned } from './line.ts';

export const blank: Line = [];

/** One thin rule where two kinds of content meet, with an optional word in it. */
export function rule(columns: number, word = ''): Line {
  const start = word === '' ? '' : `─ ${word} `;
  return [quiet(start + '─'.repeat(Math.max(0, columns - width(start))))];
}

/** How wide each line is that was made to fit: it is clean, and is not measured again. */
const fitted = new WeakMap<Line, number>();

function fitting(line: Line, columns: number): Line {
  fitted.set(line, columns);
  return line;
}

export const spanWidth = (line: Line): number =>
  fitted.get(line) ?? line.reduce((sum, span) => sum + width(span.text), 0);

/** A span in exactly so many cells. */
export const fitSpan = (span: Span, columns: number, align: 'left' | 'right' = 'left'): Span => ({
  ...span,
  text: cell(span.text, columns, align),
});

/**
 * The line cut or padded to the width; the last visible span carries the ellipsis. One that fits is
 * the very same, so that who paints it sees at once that nothing changed.
 */
export function fitLine(line: Line, columns: number): Line {
  if (fitted.get(line) === columns) return line;
  const spans: Span[] = [];
  let left = columns;
  for (const [at, span] of line.entries()) {
    if (left <= 0) break;
    const isPlain = isOneCellEach(span.text);
    const size = isPlain ? span.text.length : width(span.text);
    // A mark without a letter would fall on the one before it.
    const text = isPlain ? span.text : size === 0 ? '' : clean(span.text);
    const isCut = size > left || (size === left && isVisible(line, at + 1));
    spans.push(isCut ? cutSpan(span, text, left) : text === span.text ? span : { ...span, text });
    left -= size;
  }
  if (left > 0) spans.push(plain(' '.repeat(left)));
  const same = spans.length === line.length && spans.every((span, at) => span === line[at]);
  return fitting(same ? line : spans, columns);
}

const isVisible = (line: Line, from: number): boolean =>
  line.some(({ text }, at) => at >= from && width(text) > 0);

/** What is left out is longer than the room for it, or stands behind. */
const cutSpan = (span: Span, text: string, columns: number): Span => ({
  ...span,
  text: cell(`${text} …`, columns),
});

/** Lines beside each other, each as wide as it is. */
export const beside = (...lines: readonly Line[]): Line => {
  const columns = lines.reduce((sum, line) => sum + (fitted.get(line) ?? Number.NaN), 0);
  const line = lines.flat();
  return Number.isNaN(columns) ? line : fitting(line, columns);
};

/** The text from a cell on, `…` in place of what is left out before it. Clean text in, clean text out. */
export const from = (text: string, left: number): string =>
  left === 0 ? text : `…${slice(text, left + 1, width(text))}`;

/** The bar at the left of the part that the keys act on. */
export const bar = (focused: boolean | undefined): Span =>
  focused ? toned('▌', 'attention') : plain(' ');

/** Two ends of a line: the right one keeps its place, the left one gives way. */
export function spread(left: Line, right: Line, columns: number): Line {
  const kept = Math.min(spanWidth(right), columns);
  return beside(fitLine(left, Math.max(0, columns - kept)), fitLine(right, kept));
}

/** Exactly `rows` lines: cut, or filled with blank ones. */
export const fillRows = (lines: readonly Line[], rows: number): Line[] =>
  Array.from({ length: rows }, (_, at) => lines[at] ?? blank);

/**
 * `text` in lines of at most so many cells, broken at spaces where there are any. A word that fits
 * no line goes on from where it is: an address stays beside its method.
 */
export function paragraph(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of clean(text).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (width(longer) <= columns) {
      line = longer;
      continue;
    }
    const fitsNoLine = width(word) > columns;
    if (line !== '' && !fitsNoLine) lines.push(line);
    const pieces = wrap(fitsNoLine ? longer : word, columns);
    line = pieces.pop() ?? '';
    lines.push(...pieces);
  }
  return [...lines, line];
}

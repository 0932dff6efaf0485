/** A line as the cells of the terminal that it takes. */
import { type Cluster, clusters, isAgreed, isOneCellEach } from '../terminal/cell.ts';
import type { Line } from '../view/line.ts';
import type { Looks } from './looks.ts';

export interface Cells {
  /** What stands in each cell; "" in the second one of a wide character. */
  readonly texts: string | readonly string[];
  /** How each cell looks, a character of `Looks` each. */
  readonly looks: string;
  /** Whether every terminal gives these characters the same cells. */
  readonly certain: boolean;
}

export const noCells: Cells = { texts: '', looks: '', certain: true };

/** `columns` at most, without the blanks at the end that show nothing. */
export function cellsOf(line: Line, columns: number, looksOf: Looks['of']): Cells {
  let texts = '';
  let looks = '';
  let end = 0;
  for (const span of line) {
    if (!isOneCellEach(span.text)) return anyCells(line, columns, looksOf);
    texts += span.text;
    looks += looksOf(span).repeat(span.text.length);
    if (isSolid(span)) end = texts.length;
    else if (span.text.trimEnd() !== '') end = texts.trimEnd().length;
  }
  end = Math.min(end, columns);
  return { texts: texts.slice(0, end), looks: looks.slice(0, end), certain: true };
}

function anyCells(line: Line, columns: number, looksOf: Looks['of']): Cells {
  const texts: string[] = [];
  let looks = '';
  let certain = true;
  let end = 0;
  for (const span of line) {
    certain &&= isAgreed(span.text);
    const start = texts.length;
    for (const cluster of clusters(span.text)) place(texts, start, cluster);
    looks += looksOf(span).repeat(texts.length - looks.length);
    end = isSolid(span) ? texts.length : lastShown(texts, end);
  }
  if (end > columns && texts[columns] === '') texts[columns - 1] = ' ';
  texts.length = Math.min(end, columns);
  return { texts, looks: looks.slice(0, texts.length), certain };
}

/** Whether its blanks are seen where a line ends: those of a bar, and of a badge. */
const isSolid = ({ inverse, badge }: Line[number]): boolean =>
  inverse === true || badge !== undefined;

/** What takes no cell of its own stands in the one before, if that is of the same span. */
function place(texts: string[], start: number, { grapheme, cells }: Cluster): void {
  if (cells > 0) texts.push(grapheme);
  else if (texts.length > start) texts[texts.length - 1] += grapheme;
  if (cells === 2) texts.push('');
}

function lastShown(texts: readonly string[], from: number): number {
  let end = texts.length;
  while (end > from && texts[end - 1] !== '' && texts[end - 1]!.trim() === '') end--;
  return end;
}

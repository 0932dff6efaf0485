/**
 * Text from elsewhere on its way to the screen. Every string of a server, a file or an operator
 * passes here, so that it cannot move the cursor, hide a part of itself or push a column aside.
 * Widths are in terminal cells and agree with Ink's, which measures with the same string-width.
 */
import stringWidth from 'string-width';
import { graphemesOf, narrowLetters, wideLetters } from './graphemes.ts';

/** A control sequence (colour, cursor), a control string (title, link, clipboard), another escape. */
const sequences =
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x90\x98\x9c-\x9f]*(?:\x07|\x1b\\|\x9c)|\x1b[ -/]*[0-OQ-WYZ\\`-~]/g;

/*
 * Patterns that need Unicode's tables are read where they are first used: few texts get there, and to read them
 * takes V8 a millisecond of every start.
 */

/** What terminals disagree about: variation selectors, joiners, skin tones, keycaps, mark floods. */
const disputed = () =>
  /[\ufe00-\ufe0f\u20e3\u{e0100}-\u{e01ef}]|(?<=[^\0-\x7f])[\u200c\u200d](?=[^\0-\x7f])|(?<=\p{Emoji_Modifier_Base}\ufe0f?)\p{Emoji_Modifier}|(?<=\p{M}{4})\p{M}/gu;

/** What shows nothing, reverses its neighbours, or is not a character at all. */
const unshowable = () =>
  /[\x80-\x9f\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Line_Separator}\p{Paragraph_Separator}\p{Noncharacter_Code_Point}\p{Surrogate}\ufff9-\ufffb]/gu;

const tabStop = 8;

/**
 * One line made fit for the screen: escape sequences go, tabs become spaces, other control
 * characters become their pictures (`␀`), invisible and bidirectional ones `\ufffd`, and emoji lose
 * what terminals measure differently. For showing only: never write the result anywhere.
 */
export function clean(text: string): string {
  if (onlyOneCell.test(text)) return text;
  const shown = text
    .replace(sequences, '')
    .replace(disputed(), '')
    .replace(unshowable(), '\ufffd')
    .replace(/[\0-\x08\x0a-\x1f]/g, (control) =>
      String.fromCharCode(0x2400 + control.charCodeAt(0)),
    )
    .replaceAll('\x7f', '\u2421');
  return shown.includes('\t') ? expandTabs(shown) : shown;
}

/** The lines of a longer text, each clean. A lone CR (a progress bar's) ends a line too. */
export function cleanLines(text: string): string[] {
  return text.split(/\r\n|[\n\r\u2028\u2029]/).map(clean);
}

/** The cells that `clean(text)` takes. */
export function width(text: string): number {
  if (onlyOneCell.test(text)) return text.length;
  let cells = 0;
  for (const { segment } of graphemesOf(clean(text))) cells += cellsOf(segment);
  return cells;
}

const measured = new Map<string, number>();
const [longest, most] = [8, 4096];

/** The cells of a grapheme, remembered: string-width asks a dozen of Unicode's tables about each. */
function cellsOf(grapheme: string): number {
  const known = measured.get(grapheme);
  if (known !== undefined) return known;
  const cells = stringWidth(grapheme);
  if (measured.size >= most) measured.clear();
  if (grapheme.length <= longest) measured.set(grapheme, cells);
  return cells;
}

/**
 * The text in exactly `columns` cells: cut at a grapheme with `…` in the last cell when it is
 * longer, padded with spaces when it is shorter.
 */
export function cell(
  text: string,
  columns: number,
  align: 'left' | 'right' = 'left',
  ellipsis = '…',
): string {
  if (columns <= 0) return '';
  const isPlain = onlyOneCell.test(text);
  const shown = isPlain ? text : clean(text);
  const cells = isPlain ? text.length : width(shown);
  if (cells === columns) return shown;
  if (cells > columns) return cut(shown, columns, ellipsis);
  const padding = ' '.repeat(columns - cells);
  return align === 'left' ? shown + padding : padding + shown;
}

/** A clean line broken into pieces of at most `columns` cells; an empty line is one empty piece. */
export function wrap(line: string, columns: number): string[] {
  if (onlyOneCell.test(line)) return wrapCells(line, Math.max(1, columns));
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  for (const { grapheme, cells } of clusters(line)) {
    if (used + cells > columns && piece !== '') {
      pieces.push(piece);
      piece = '';
      used = 0;
    }
    piece += grapheme;
    used += cells;
  }
  return [...pieces, piece];
}

/**
 * The cells `from` to `from + columns` of a clean line, for scrolling sideways. Half of a wide
 * character at an edge becomes a space; a line that ends earlier is not padded.
 */
export function slice(line: string, from: number, columns: number): string {
  if (onlyOneCell.test(line)) return line.slice(from, from + columns);
  const to = from + columns;
  let shown = '';
  let column = 0;
  for (const { grapheme, cells } of clusters(line)) {
    const end = column + cells;
    if (column >= from && end <= to) shown += grapheme;
    else shown += ' '.repeat(Math.max(0, Math.min(end, to) - Math.max(column, from)));
    column = end;
    if (column >= to) break;
  }
  return shown;
}

/** Letters, arrows, frames, bars and ticks that take one cell each, as they are, whatever stands beside them. */
const oneCell =
  '\\x20-\\x7e\\xa1-\\xac\\xae-\\u02ff\\u2010-\\u2016\\u2018-\\u2027\\u2030-\\u203a\\u2190-\\u21ff\\u2500-\\u25fc\\u2713\\u2717';
const onlyOneCell = new RegExp(`^[${oneCell}]*$`);
const onlyAgreed = new RegExp(`^[${oneCell}${narrowLetters}${wideLetters}]*$`);

/** Whether each of its UTF-16 units is a character of one cell. */
export const isOneCellEach = (text: string): boolean => onlyOneCell.test(text);

/** Whether all terminals give a clean text the same cells. */
export const isAgreed = (text: string): boolean => onlyAgreed.test(text);

const lone = `[\\x20-\\x7e${narrowLetters}${wideLetters}]`;
const isWide = new RegExp(`[${wideLetters}]`);
/** A run of characters that each stand alone, or of all else: what follows may combine with a last one. */
const runs = new RegExp(`((?:${lone}(?=${lone}|$))+)|(?:(?!${lone}(?:${lone}|$))[^])+`, 'g');

export interface Cluster {
  readonly grapheme: string;
  /** 1 or 2; 0 for marks that nothing stands before. */
  readonly cells: number;
}

/** The parts of a clean line that stay together, with the cells that each takes. */
export function* clusters(line: string): Generator<Cluster> {
  for (const [run, alone] of line.matchAll(runs)) {
    if (alone === undefined) yield* clustersOf(run);
    else for (const grapheme of run) yield { grapheme, cells: isWide.test(grapheme) ? 2 : 1 };
  }
}

function* clustersOf(line: string): Generator<Cluster> {
  for (const { segment } of graphemesOf(line)) {
    const cells = cellsOf(segment);
    // A few scripts spell wide clusters with marks that take room of their own.
    if (cells <= 2) yield { grapheme: segment, cells };
    else for (const part of segment) yield { grapheme: part, cells: cellsOf(part) };
  }
}

function cut(shown: string, columns: number, ellipsis: string): string {
  const room = Math.max(0, columns - width(ellipsis));
  const kept = slice(shown, 0, room);
  return kept + ' '.repeat(Math.max(0, room - width(kept))) + ellipsis;
}

function wrapCells(line: string, columns: number): string[] {
  const pieces = [line.slice(0, columns)];
  for (let at = columns; at < line.length; at += columns) pieces.push(line.slice(at, at + columns));
  return pieces;
}

function expandTabs(line: string): string {
  const parts = line.split('\t');
  const last = parts.pop() ?? '';
  const stopped = parts.map((part) => part + ' '.repeat(tabStop - (stringWidth(part) % tabStop)));
  return stopped.join('') + last;
}

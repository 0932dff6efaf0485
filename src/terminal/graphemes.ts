/**
 * Where an editor's cursor may stand in a string: offsets are UTF-16 units on grapheme boundaries,
 * where printable ASCII and the letters of the commonest scripts always start a grapheme of their
 * own. Long lines are common (a compact body of 200 KB), so nothing here looks further than it moves.
 */

/** Letters that a grapheme always begins with, and that take one cell, as the inside of a pattern. */
export const narrowLetters = '\\u00c0-\\u024f\\u0410-\\u044f';
/** The same, two cells wide. */
export const wideLetters =
  '\\u3041-\\u3096\\u30a1-\\u30fa\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3';
const loneLetter = new RegExp(`[${narrowLetters}${wideLetters}]`);

let segmenter: Intl.Segmenter | undefined;

/** The graphemes of a text. Made when it is first asked for: ICU takes 8 ms for it. */
export function graphemesOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter();
  return segmenter.segment(text);
}

/** The boundary after the grapheme at `at`; the end of the text stays. */
export function after(text: string, at: number): number {
  if (at >= text.length) return text.length;
  if (at + 1 === text.length || isPlain(text, at + 1)) return at + 1;
  const { index, segment } = graphemeAt(text, at);
  let end = at + 1;
  while (end < index + segment.length && !isPlain(text, end)) end += 1;
  return end;
}

/** The boundary before the grapheme that ends at `at`; the start stays. */
export function before(text: string, at: number): number {
  if (at <= 0) return 0;
  if (isPlain(text, at - 1)) return at - 1;
  const { index } = graphemeAt(text, at - 1);
  let start = at - 1;
  while (start > index && !isPlain(text, start)) start -= 1;
  return start;
}

/** The boundary at `at`, or the next one when `at` falls inside a grapheme. */
export function boundary(text: string, at: number): number {
  if (at <= 0) return 0;
  return after(text, before(text, at)) === at ? at : after(text, before(text, at));
}

/** The end of the word at or after `at`. */
export function wordAfter(text: string, at: number): number {
  const word = /[^\p{L}\p{N}\p{M}_]*[\p{L}\p{N}\p{M}_]*/uy;
  word.lastIndex = at;
  word.test(text);
  return boundary(text, word.lastIndex);
}

/** The start of the word at or before `at`. */
export function wordBefore(text: string, at: number): number {
  // A line of a megabyte may be one word: a step goes only so far.
  const least = Math.max(0, at - far);
  let offset = at;
  while (offset > least && !endsWord(text, offset)) offset -= 1;
  while (offset > least && endsWord(text, offset)) offset -= 1;
  return boundary(text, offset) === offset ? offset : before(text, offset);
}

/** Letters beyond the basic plane have halves that are not letters; they are rare and do not count as words. */
function endsWord(text: string, at: number): boolean {
  return /[\p{L}\p{N}\p{M}_]/u.test(text[at - 1]!);
}

/** So much of the text around is looked at, and so much where that is nothing but combining marks. */
const near = 128;
const far = 4096;

/** The grapheme that holds the unit at `at`; given the whole text the segmenter would copy it. */
function graphemeAt(text: string, at: number): { index: number; segment: string } {
  let start = Math.max(0, at - near);
  while (start > 0 && start < at && simpleWidth(text.charCodeAt(start)) === 0) start += 1;
  const within = start === 0 || start < at ? graphemeIn(text, at, start, at + near) : null;
  return within ?? graphemeIn(text, at, Math.max(0, at - far), at + far, true)!;
}

/** As far as can be told between two offsets; null when it may go on behind them. */
function graphemeIn(text: string, at: number, from: number, to: number, asItIs = false) {
  const { index, segment } = graphemesOf(text.slice(from, to)).containing(at - from)!;
  const isWhole = to >= text.length || from + index + segment.length < to;
  return isWhole || asItIs ? { index: from + index, segment } : null;
}

/**
 * The cells of a character of the commonest scripts, which always is a grapheme of its own when the
 * next one is such a character too; 0 for any other, of which only the segmenter knows.
 */
export function simpleWidth(code: number): 0 | 1 | 2 {
  if (code < 0x7f) return code < 0x20 ? 0 : 1;
  if (code < 0x482) return (code > 0xad && code < 0x300) || code >= 0x400 ? 1 : 0;
  if (code >= 0x4e00 && code <= 0x9fff) return 2;
  if (code >= 0xac00 && code <= 0xd7a3) return 2;
  return code >= 0x3041 && code <= 0x30fa && (code < 0x3097 || code > 0x30a0) ? 2 : 0;
}

function isPlain(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code >= 0x20 && code < 0x7f) || (code >= 0xc0 && loneLetter.test(text[at]!));
}

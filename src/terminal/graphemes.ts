/**
 * Where an editor's cursor may stand in a string: offsets are UTF-16 units on grapheme boundaries.
 * Long lines are common (a compact body of 200 KB), so nothing here looks further than it moves.
 */
const segmenter = new Intl.Segmenter();
const wordCharacter = /[\p{L}\p{N}\p{M}_\u200c\u200d]/u;

/** The boundary after the grapheme at `at`; the end of the text stays. */
export function after(text: string, at: number): number {
  if (at >= text.length) return text.length;
  if (isPlain(text, at) && (at + 1 === text.length || isPlain(text, at + 1))) return at + 1;
  const { index, segment } = segmenter.segment(text).containing(at)!;
  return index + segment.length;
}

/** The boundary before the grapheme that ends at `at`; the start stays. */
export function before(text: string, at: number): number {
  if (at <= 0) return 0;
  if (isPlain(text, at - 1) && (at === text.length || isPlain(text, at))) return at - 1;
  return segmenter.segment(text).containing(at - 1)!.index;
}

/** The boundary at `at`, or the next one when `at` falls inside a grapheme. */
export function boundary(text: string, at: number): number {
  if (at <= 0) return 0;
  return after(text, before(text, at)) === at ? at : after(text, before(text, at));
}

/** The end of the word at or after `at`. */
export function wordAfter(text: string, at: number): number {
  let offset = at;
  while (offset < text.length && !isWord(text, offset)) offset = after(text, offset);
  while (offset < text.length && isWord(text, offset)) offset = after(text, offset);
  return offset;
}

/** The start of the word at or before `at`. */
export function wordBefore(text: string, at: number): number {
  let offset = at;
  while (offset > 0 && !isWord(text, before(text, offset))) offset = before(text, offset);
  while (offset > 0 && isWord(text, before(text, offset))) offset = before(text, offset);
  return offset;
}

function isWord(text: string, at: number): boolean {
  return wordCharacter.test(String.fromCodePoint(text.codePointAt(at)!));
}

/** Printable ASCII; two of them in a row never combine. */
function isPlain(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x20 && code < 0x7f;
}

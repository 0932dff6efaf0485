/**
 * Texts without what stands at their ends. A regular expression for that, `x+$`, tries again at each character of a
 * long run in the middle: of 70 000 spaces that takes ten seconds.
 */

/** Without the characters at its end that match. */
export function withoutEnd(text: string, character: RegExp): string {
  let end = text.length;
  while (end > 0 && character.test(text[end - 1]!)) end--;
  return text.slice(0, end);
}

/** Without those at both ends. */
export function withoutEnds(text: string, character: RegExp): string {
  let start = 0;
  while (start < text.length && character.test(text[start]!)) start++;
  return withoutEnd(text.slice(start), character);
}

/** Text as Go's strings, strconv and unicode packages see it: Dkron's error texts rest on them. */
import { withoutEnds } from '../base/trimmed.ts';

/** A piece of a schedule and where it stands in the text it was cut from. */
export interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Unicode White_Space, as in Go's unicode.IsSpace; JavaScript's \s lacks U+0085 and adds U+FEFF. */
const space =
  '\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const notSpace = new RegExp(`[^${space}]+`, 'g');
const oneSpace = new RegExp(`[${space}]`);

/** Go's strings.Fields. */
export const splitOnSpace = (text: string): Piece[] => pieces(text, notSpace);

/** Go's strings.TrimSpace. */
export const trimSpace = (text: string): string => withoutEnds(text, oneSpace);

/** Every match of a global pattern, with its place. */
export function pieces(text: string, pattern: RegExp): Piece[] {
  const found: Piece[] = [];
  for (const { 0: match, index } of text.matchAll(pattern))
    found.push({ text: match, start: index, end: index + match.length });
  return found;
}

const escapes: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
};

/** Go's strconv.Quote. */
export const quote = (text: string): string => `"${Array.from(text, escapeRune).join('')}"`;

function escapeRune(rune: string): string {
  const known = escapes[rune];
  if (known !== undefined) return known;
  if (/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(rune)) return rune;
  const code = rune.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

const hex = (code: number, width: number): string => code.toString(16).padStart(width, '0');

const maxInt64 = 2n ** 63n - 1n;

/** Go's strconv.Atoi on 64 bits: the number, or the error's text. */
export function atoi(text: string): { value: bigint } | { error: string } {
  const failed = (why: string) => ({ error: `strconv.Atoi: parsing ${quote(text)}: ${why}` });
  const digits = text.replace(/^[+-]/, '');
  const readable = /^\d*/.exec(digits)?.[0] ?? '';
  const magnitude = BigInt(readable || 0);
  // Go reads from the left and stops at whatever goes wrong first.
  if (magnitude > 2n ** 64n - 1n) return failed('value out of range');
  if (readable === '' || readable !== digits) return failed('invalid syntax');
  const value = text.startsWith('-') ? -magnitude : magnitude;
  return value > maxInt64 || value < -maxInt64 - 1n ? failed('value out of range') : { value };
}

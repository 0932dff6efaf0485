/** JSON inside a string inside JSON, opened one level deeper and put back. */
import { applyEdits, type Edit } from 'jsonc-parser';
import { holdsJson } from './check.ts';
import { bodyEdits, openBody } from './layout.ts';
import { type JsonToken, jsonTokens } from './tokens.ts';

export interface Inner {
  /** The string with its quotes, in UTF-16 units of the outer text. */
  readonly start: number;
  readonly end: number;
  /** The JSON it holds, laid out for editing. */
  readonly shown: string;
}

/**
 * The string at an offset of a JSON text, or the one behind the name that stands there, when it
 * holds an object, a list, or a string once more; null otherwise.
 */
export function openInner(text: string, offset: number): Inner | null {
  const token = innerAt(text, offset);
  const inner = token && innerJson(token);
  if (token === undefined || inner === undefined) return null;
  return { start: token.start, end: token.end, shown: openBody(inner).shown };
}

/**
 * The outer text with the string at this offset holding what was edited. Outside of what changed
 * in it, it stays byte for byte, its escapes included.
 */
export function closeInner(text: string, offset: number, edited: string): string {
  const token = innerAt(text, offset);
  const inner = token && innerJson(token);
  if (token === undefined || inner === undefined) return text;
  const places = escapePlaces(token);
  const edits = bodyEdits(inner, edited).map(({ offset: at, length, content }): Edit => {
    const start = places[at]!;
    return { offset: start, length: places[at + length]! - start, content: escaped(content) };
  });
  return applyEdits(text, edits);
}

/** The text that a string token stands for when that is JSON with something inside. */
export function innerJson(token: JsonToken): string | undefined {
  if (token.kind !== 'string') return undefined;
  const inner = JSON.parse(token.text) as string;
  return holdsJson(inner) ? inner : undefined;
}

function innerAt(text: string, offset: number): JsonToken | undefined {
  const tokens = jsonTokens(text);
  const at = tokens.findIndex(
    ({ kind, start, end }) => kind === 'string' && start <= offset && offset <= end,
  );
  return tokens[tokens[at + 1]?.text === ':' ? at + 2 : at];
}

/** How a text is written between the quotes of a string. */
export const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);

/** For each UTF-16 unit of a string's value, and for its end, where it is written in the text. */
export function escapePlaces({ text, start }: JsonToken): number[] {
  const units = text.slice(1, -1).matchAll(/\\u.{4}|\\.|[^\\]/gs);
  return [...Array.from(units, ({ index }) => start + 1 + index), start + text.length - 1];
}

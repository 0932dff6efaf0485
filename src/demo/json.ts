/** JSON as Go's encoding/json writes it: sorted maps, `<`, `>`, `&`, U+2028 and U+2029 escaped. */

import { Time } from './time.ts';

export type Json =
  | null
  | boolean
  | number
  | bigint
  | string
  | Time
  | readonly Json[]
  | ReadonlyMap<string, Json>
  | { readonly [field: string]: Json };

const HTML = /[<>&\u2028\u2029]/g;

function quote(text: string): string {
  return JSON.stringify(text).replace(
    HTML,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Go has no JSON for a value, and stops in the middle of an answer. */
export class NoJson extends Error {}

/** A year of five digits and an offset of a day or more can be read, but not written. */
function quoteTime(time: Time): string {
  const text = String(time);
  if (!/^\d{4}-/.test(text) || Math.abs(time.offset) >= 86_400) throw new NoJson(text);
  return `"${text}"`;
}

/** Go orders strings by their UTF-8 bytes, which is the order of their code points. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let i = 0;
  while (i < length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  if (i === length) return a.length - b.length;
  return fixedUp(a.charCodeAt(i)) - fixedUp(b.charCodeAt(i));
}

/** Moves surrogates above the rest of the basic plane, where their code points are. */
const fixedUp = (unit: number): number =>
  unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800;

function members(value: object): [string, Json][] {
  return value instanceof Map
    ? [...(value as ReadonlyMap<string, Json>)].sort(([a], [b]) => compareText(a, b))
    : Object.entries(value as { readonly [field: string]: Json });
}

/**
 * The text of a value: objects keep the order of their fields (Go structs), maps are sorted by key.
 * `indent` is the step of one level; none gives the compact form. Throws NoJson.
 */
export function encode(value: Json, indent = '', level = ''): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return quote(value);
  if (typeof value !== 'object') return String(value);
  if (value instanceof Time) return quoteTime(value);
  const inner = level + indent;
  const [line, end, colon] = indent === '' ? ['', '', ':'] : [`\n${inner}`, `\n${level}`, ': '];
  const wrap = (open: string, parts: string[], close: string): string =>
    parts.length === 0 ? open + close : open + line + parts.join(`,${line}`) + end + close;
  if (Array.isArray(value))
    return wrap(
      '[',
      (value as Json[]).map((item) => encode(item, indent, inner)),
      ']',
    );
  const part = ([key, item]: [string, Json]): string =>
    quote(key) + colon + encode(item, indent, inner);
  return wrap('{', members(value).map(part), '}');
}

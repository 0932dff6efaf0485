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

const escaped = /[<>&\u2028\u2029]/g;

const quote = (text: string): string =>
  JSON.stringify(text).replace(
    escaped,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

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

/**
 * The text of a value: objects keep the order of their fields (Go structs), maps are sorted by key.
 * Throws NoJson.
 */
export function encode(value: Json): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return quote(value);
  if (typeof value !== 'object') return String(value);
  if (value instanceof Time) return quoteTime(value);
  if (value instanceof Map) return encodeMap(value);
  if (Array.isArray(value)) return `[${value.map(encode).join(',')}]`;
  return encodeObject(value as { readonly [field: string]: Json });
}

function encodeMap(map: ReadonlyMap<string, Json>): string {
  const keys = [...map.keys()].sort(compareText);
  return `{${keys.map((key) => `${quote(key)}:${encode(map.get(key)!)}`).join(',')}}`;
}

/** This loop writes every job of a list of 100 000. */
function encodeObject(object: { readonly [field: string]: Json }): string {
  let text = '';
  for (const field in object)
    text += `${text === '' ? '' : ','}${quote(field)}:${encode(object[field]!)}`;
  return `{${text}}`;
}

/** The same JSON with a line for each member (json.Indent), four spaces a level as gin has it. */
export function indent(json: string): string {
  let level = 0;
  const line = (change: number): string => {
    level += change;
    return `\n${' '.repeat(4 * level)}`;
  };
  return json.replace(/"(?:[^"\\]|\\.)*"|\{\}|\[\]|[{}[\],:]/g, (token) => {
    if (token === '{' || token === '[') return token + line(1);
    if (token === '}' || token === ']') return line(-1) + token;
    if (token === ',') return token + line(0);
    return token === ':' ? ': ' : token;
  });
}

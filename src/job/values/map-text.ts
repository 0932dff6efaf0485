/** A map of strings as text to edit: a `key=value` a line, or a JSON object where that is clearer. */

import { checkJson } from '../../json/check.ts';
import { parseJson, stringifyJson } from '../../json/numbers.ts';

export type MapRead = { readonly value: unknown } | { readonly error: string };

/** What `readMap` reads back as the same map; "" for an empty one. */
export function mapText(map: unknown): string {
  const entries = Object.entries(map ?? {});
  const plain = entries.every(([key, value]) => typeof value === 'string' && fitsLine(key, value));
  return plain
    ? entries.map(([key, value]) => `${key}=${value}`).join('\n')
    : stringifyJson(map, 2);
}

const fitsLine = (key: string, value: string): boolean =>
  /^[^={]/.test(key) &&
  !/[=\r\n]/.test(key) &&
  !/[\r\n]/.test(value) &&
  isTrim(key) &&
  isTrim(value);

const isTrim = (text: string): boolean => text === text.trim();

/** The map that a text means; of what stands in JSON the caller checks the shape. */
export const readMap = (text: string): MapRead =>
  text.trim().startsWith('{') ? readJson(text) : readLines(text);

export function readJson(text: string): MapRead {
  const problem = checkJson(text);
  if (problem === null) return { value: parseJson(text) };
  return { error: `line ${problem.line}, column ${problem.column}: ${problem.message}` };
}

function readLines(text: string): MapRead {
  const map = new Map<string, string>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const [, key, value] = /^([^=]*)=(.*)$/s.exec(line) ?? [];
    const name = key?.trim() ?? '';
    if (value === undefined || name === '') return { error: `line ${index + 1}: write key=value` };
    if (map.has(name)) return { error: `line ${index + 1}: ${name} is there twice` };
    map.set(name, value.trim());
  }
  return { value: Object.fromEntries(map) };
}

/** The http executor's headers: a JSON array of "Name: value" strings (Dkron plugin/http/http.go). */

import { isJson } from '../json/check.ts';
import { closeBody } from '../json/layout.ts';
import { jsonTokens } from '../json/tokens.ts';

export interface Header {
  readonly name: string;
  readonly value: string;
}

/** The headers in order; null for anything but a JSON array of strings. "" is no header. */
export function readHeaders(stored: string): Header[] | null {
  return headerLines(stored)?.map(readHeader) ?? null;
}

/** One header out of `Name: value`; without a colon all of it is the name. */
export function readHeader(line: string): Header {
  const [, name = line, value = ''] = /^([^:]*):(.*)$/s.exec(line) ?? [];
  return { name: name.trim(), value: value.trim() };
}

export const headerLine = ({ name, value }: Header): string => `${name}: ${value}`;

/** The headers as text to store: those that `stored` has already stay byte for byte. */
export function printHeaders(headers: readonly Header[], stored: string): string {
  const old = readHeaders(stored) ?? [];
  if (headers.length === 0 && old.length === 0) return stored;
  const spelled = jsonTokens(stored).filter(({ kind }) => kind === 'string');
  const unused = old.map((header, index) => ({ header, text: spelled[index]!.text }));
  const written = headers.map((header) => {
    const same = unused.findIndex(({ header: other }) => headerLine(other) === headerLine(header));
    return same < 0 ? JSON.stringify(headerLine(header)) : unused.splice(same, 1)[0]!.text;
  });
  return closeBody(stored, `[${written.join(',')}]`);
}

const isNamed =
  (wanted: string) =>
  ({ name }: Header): boolean =>
    name.toLowerCase() === wanted.toLowerCase();

/** The value that Dkron sends under a name, in any letter case: the last one. */
export const headerValue = (headers: readonly Header[], name: string): string | undefined =>
  headers.findLast(isNamed(name))?.value;

/** The headers with another value under this name, or without it. */
export function withHeader(
  headers: readonly Header[],
  name: string,
  value: string | undefined,
): Header[] {
  if (value === undefined) return headers.filter((header) => !isNamed(name)(header));
  const at = headers.findLastIndex(isNamed(name));
  return at < 0
    ? [...headers, { name, value }]
    : headers.with(at, { name: headers[at]!.name, value });
}

/** As they are stored, each `Name: value`; null for anything but a JSON array of strings. */
export function headerLines(stored: string): string[] | null {
  if (stored === '') return [];
  const lines: unknown = isJson(stored) ? JSON.parse(stored) : null;
  return Array.isArray(lines) && lines.every((line) => typeof line === 'string') ? lines : null;
}

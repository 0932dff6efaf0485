/** The http executor's headers: a JSON array of "Name: value" strings (Dkron plugin/http/http.go). */
import { closeBody } from './body.ts';
import { isJson } from './json-check.ts';
import { jsonTokens } from './json-tokens.ts';
import type { Level } from './problem.ts';

export interface Header {
  readonly name: string;
  readonly value: string;
}

/** The headers in order; null for anything but a JSON array of strings. "" is no header. */
export function readHeaders(stored: string): Header[] | null {
  return linesOf(stored)?.map(readHeader) ?? null;
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

export interface HeaderProblem {
  /** Which header; undefined for the text as a whole. */
  readonly index?: number;
  readonly level: Level;
  readonly text: string;
}

/** What the plugin would make of stored headers other than what is meant. */
export function storedHeaderProblems(stored: string): HeaderProblem[] {
  const lines = linesOf(stored);
  if (lines !== null) return headerProblems(lines);
  return [{ level: 'warning', text: 'is no JSON list of "Name: value": Dkron sends no headers' }];
}

/** The same for a list being edited, each as `Name: value`. The texts hold no values. */
export function headerProblems(lines: readonly string[]): HeaderProblem[] {
  const names = lines.map((line) => readHeader(line).name.toLowerCase());
  return lines.flatMap((line, index): HeaderProblem[] => {
    if (line === '') return [];
    if (!line.includes(':')) return [{ index, level: 'error', text: noColon(index) }];
    const again = names.lastIndexOf(names[index]!) > index;
    const text =
      flawOf(line) ??
      (again ? `${readHeader(line).name} comes again: Dkron sends only the last` : undefined);
    return text === undefined ? [] : [{ index, level: 'warning', text }];
  });
}

const noColon = (index: number): string =>
  `header ${index + 1} has no colon: it would end Dkron's http plugin, and every http job would fail`;

function flawOf(line: string): string | undefined {
  const [name, ...parts] = line.split(':');
  if (name === '') return 'a header has no name: every call fails';
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name!))
    return `${name} is no name for a header: every call fails`;
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(line.trimEnd()))
    return `the value of ${name} holds a line break or control character: every call fails`;
  if (parts.length > 1)
    return `the value of ${name} holds a colon: Dkron sends only what stands before it`;
  return /^(host|content-length|transfer-encoding|trailer)$/i.test(name!)
    ? `Dkron does not send ${name}: its http client writes its own`
    : undefined;
}

function linesOf(stored: string): string[] | null {
  if (stored === '') return [];
  const lines: unknown = isJson(stored) ? JSON.parse(stored) : null;
  return Array.isArray(lines) && lines.every((line) => typeof line === 'string') ? lines : null;
}

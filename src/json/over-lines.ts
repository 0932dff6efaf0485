/** JSON laid out over lines, in one pass over its text: a body may have 200 KB. */
import { deepestIndent } from './spacing.ts';

export interface OverLines {
  readonly lines: readonly string[];
  /** How many there are in all. */
  readonly count: number;
}

/**
 * Valid JSON over lines, a member or an element each, two spaces a level; every token is as it was
 * written. No more lines are made than so many at `most`; all are counted.
 */
export function overLines(json: string, most = Number.POSITIVE_INFINITY): OverLines {
  const lines: string[] = [];
  let count = 1;
  let depth = 0;
  let line = '';
  const write = (text: string): void => {
    if (count <= most) line += text;
  };
  const newLine = (): void => {
    if (count <= most) lines.push(line);
    count += 1;
    line = count <= most ? indentOf(depth) : '';
  };
  for (let at = 0; at < json.length; ) {
    const from = at;
    at = tokenEnd(json, at);
    const token = json[from]!;
    switch (token) {
      case '{':
      case '[': {
        const next = pastSpace(json, at);
        const isEmpty = json[next] === '}' || json[next] === ']';
        write(isEmpty ? token + json[next]! : token);
        if (isEmpty) at = next + 1;
        else {
          depth += 1;
          newLine();
        }
        break;
      }
      case '}':
      case ']':
        depth -= 1;
        newLine();
        write(token);
        break;
      case ',':
        write(',');
        newLine();
        break;
      case ':':
        write(': ');
        break;
      default:
        if (!isSpace(json.charCodeAt(from)) && count <= most) write(json.slice(from, at));
    }
  }
  if (count <= most) lines.push(line);
  return { lines, count };
}

const indents = Array.from({ length: deepestIndent + 1 }, (_, depth) => '  '.repeat(depth));
const indentOf = (depth: number): string => indents[Math.min(depth, deepestIndent)]!;

const isSpace = (code: number): boolean =>
  code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

function pastSpace(json: string, from: number): number {
  let at = from;
  while (isSpace(json.charCodeAt(at))) at += 1;
  return at;
}

/** Where the token at `from` ends, or the white space there. */
function tokenEnd(json: string, from: number): number {
  const first = json[from]!;
  if (first === '"') return stringEnd(json, from);
  if ('{}[]:,'.includes(first)) return from + 1;
  if (isSpace(json.charCodeAt(from))) return pastSpace(json, from);
  scalarEnd.lastIndex = from;
  return scalarEnd.exec(json)?.index ?? json.length;
}

const scalarEnd = /[\s,:[\]{}]/g;

function stringEnd(json: string, from: number): number {
  for (let quote = json.indexOf('"', from + 1); ; quote = json.indexOf('"', quote + 1)) {
    let escapes = 0;
    while (json[quote - 1 - escapes] === '\\') escapes += 1;
    if (escapes % 2 === 0) return quote + 1;
  }
}

/** What is wrong in a JSON text, and where. */
import { isClose, isOpen, type JsonToken, jsonTokens } from './tokens.ts';

/** Where a text stops being strict JSON, and why, in words for the operator who types it. */
export interface JsonProblem {
  /** Both from 1; columns count UTF-16 units. */
  readonly line: number;
  readonly column: number;
  /** UTF-16 units from the start of the text. */
  readonly offset: number;
  readonly message: string;
}

/** Strict JSON: no comments, no commas at the end. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** JSON with something inside to open: an object, a list, or a string, which may hold JSON again. */
export const holdsJson = (text: string): boolean => /^[ \t\r\n]*[{["]/.test(text) && isJson(text);

/** The first problem, or null for JSON. Linear in the text's length. */
export function checkJson(text: string): JsonProblem | null {
  // The engine's own parser is ten times as fast, and does not say where it stopped.
  return isJson(text) ? null : findProblem(text);
}

function findProblem(text: string): JsonProblem | null {
  const open: JsonToken[] = [];
  let expected: Expected = 'value';
  let last: JsonToken | undefined;
  for (const token of jsonTokens(text)) {
    const next: Expected | Refusal =
      flaw(token, expected) ?? leadingZero(last, token) ?? step(expected, token, open);
    if (typeof next !== 'string')
      return problem(text, next.at === 'here' ? token.start : last!.start, next.message);
    expected = next;
    last = token;
  }
  const opener = open.at(-1);
  if (opener) return problem(text, opener.start, `this ${opener.text} is never closed`);
  return last ? null : problem(text, 0, 'there is nothing here, and JSON needs a value');
}

type Expected = 'value' | 'value or ]' | 'name' | 'name or }' | 'colon' | 'comma' | 'nothing';

interface Refusal {
  /** The token itself, or the one before it. */
  readonly at: 'here' | 'before';
  readonly message: string;
}

const here = (message: string): Refusal => ({ at: 'here', message });
const before = (message: string): Refusal => ({ at: 'before', message });

/** What may follow this token; `open` holds the brackets around it. */
function step(expected: Expected, token: JsonToken, open: JsonToken[]): Expected | Refusal {
  if (expected === 'nothing') return here('the JSON has ended before this');
  if (isClose(token)) return close(expected, token, open);
  if (expected === 'comma') {
    if (token.text === ',') return open.at(-1)!.text === '{' ? 'name' : 'value';
    if (token.text === ':') return here('a colon can only follow a name, inside { }');
    return here('a comma is missing before this');
  }
  if (expected === 'colon')
    return token.text === ':' ? 'value' : here('a colon is missing before this');
  if (token.text === ',' || token.text === ':')
    return here(`${isName(expected) ? 'a name' : 'a value'} is missing before this`);
  if (isName(expected))
    return token.kind === 'string' ? 'colon' : here('a name in double quotes is missing here');
  if (!isOpen(token)) return open.length > 0 ? 'comma' : 'nothing';
  open.push(token);
  return token.text === '{' ? 'name or }' : 'value or ]';
}

const isName = (expected: Expected): boolean => expected.startsWith('name');

function close(expected: Expected, token: JsonToken, open: JsonToken[]): Expected | Refusal {
  const opener = open.at(-1);
  if (!opener) return here(`this ${token.text} closes nothing`);
  const closer = opener.text === '{' ? '}' : ']';
  if (token.text !== closer) return here(`${closer} is missing before this`);
  if (expected === 'colon') return here('a colon and a value are missing before this');
  if (expected === 'name') return before('nothing follows this comma');
  if (expected === 'value')
    return opener.text === '['
      ? before('nothing follows this comma')
      : here('a value is missing before this');
  open.pop();
  return open.length > 0 ? 'comma' : 'nothing';
}

/** What is wrong with a token that JSON does not have. */
function flaw({ kind, text }: JsonToken, expected: Expected): Refusal | undefined {
  if (kind !== 'error') return undefined;
  if (text.startsWith('"')) return here(stringFlaw(text));
  if (/^\/[/*]/.test(text)) return here('JSON has no comments');
  if (/^[-.\d]/.test(text)) return here('a digit is missing in this number');
  if (text.startsWith("'")) return here('JSON takes double quotes only');
  if (isName(expected)) return here('a name must be in double quotes');
  return here(
    'this is not a JSON value: write true, false, null, a number, or text in double quotes',
  );
}

const leadingZero = (last: JsonToken | undefined, token: JsonToken): Refusal | undefined =>
  last?.end === token.start && /^-?0$/.test(last.text) && token.kind === 'number'
    ? before('a number does not begin with 0')
    : undefined;

function stringFlaw(text: string): string {
  const escapes = text.match(/\\.?/gs) ?? [];
  const plain = text.slice(1).replace(/\\.?/gs, '');
  if (!plain.endsWith('"')) return 'this string is never closed';
  const unknown = escapes.find((written) => !/["\\/bfnrtu]$/.test(written));
  if (unknown !== undefined)
    return `${unknown} means nothing in JSON; a backslash itself is written \\\\`;
  if (/[\u0000-\u001f]/.test(plain))
    return 'this string contains a tab or control character; write a tab as \\t';
  return '\\u needs four hexadecimal digits';
}

function problem(text: string, offset: number, message: string): JsonProblem {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: lines.at(-1)!.length + 1, offset, message };
}

/** JSON as a row of tokens: what is said about a body's text, and every change to it, rests on them. */
import { createScanner } from 'jsonc-parser';

/** `error` is what strict JSON does not know, comments included, and a string or number cut short. */
type JsonKind = 'string' | 'number' | 'literal' | 'punctuation' | 'error';

export interface JsonToken {
  readonly kind: JsonKind;
  /** Exactly as written. */
  readonly text: string;
  /** UTF-16 units from the start of the text; `end` is the first one behind. */
  readonly start: number;
  readonly end: number;
}

/** The tokens of any text, in order; what lies between them is white space. */
export function jsonTokens(text: string): JsonToken[] {
  const scanner = createScanner(text);
  const tokens: JsonToken[] = [];
  for (scanner.scan(); scanner.getTokenLength() > 0; scanner.scan()) {
    const start = scanner.getTokenOffset();
    const end = start + scanner.getTokenLength();
    const written = text.slice(start, end);
    if (isSpace(written)) continue;
    // The numbers of ScanError are known to TypeScript only; 0 is none.
    const flawed = Number(scanner.getTokenError()) !== 0;
    tokens.push({ kind: flawed ? 'error' : kindOf(written), text: written, start, end });
  }
  return tokens;
}

const isSpace = (token: string): boolean => ' \t\r\n'.includes(token[0]!);

function kindOf(token: string): JsonKind {
  const first = token[0]!;
  if (first === '"') return 'string';
  if ('{}[]:,'.includes(first)) return 'punctuation';
  if (token === 'true' || token === 'false' || token === 'null') return 'literal';
  return /^-?\d/.test(token) ? 'number' : 'error';
}

export const isOpen = (token: JsonToken | undefined): boolean =>
  token?.text === '{' || token?.text === '[';

export const isClose = (token: JsonToken | undefined): boolean =>
  token?.text === '}' || token?.text === ']';

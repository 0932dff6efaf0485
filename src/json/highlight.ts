import { type JsonToken, jsonTokens } from './tokens.ts';

/** A stretch of a line and what it is; `key` is the name of a member. */
export interface LineToken {
  readonly kind: JsonToken['kind'] | 'key';
  readonly start: number;
  readonly end: number;
}

/**
 * The tokens of one line of JSON, for its colours. No token of JSON goes over a line's end, so a
 * line needs no other to be known; a name whose colon is on the next line counts as a string.
 */
export function tokensOf(line: string): LineToken[] {
  const tokens = jsonTokens(line);
  return tokens.map(({ kind, start, end }, index) => {
    const isKey = kind === 'string' && tokens[index + 1]?.text === ':';
    return { kind: isKey ? 'key' : kind, start, end };
  });
}

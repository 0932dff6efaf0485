/**
 * JSON that keeps numbers as they were written: `1e400`, `2^63` and `1.0` survive a round trip.
 * Rests on the source text that JSON.parse hands to its reviver and on JSON.rawJSON (Node >= 21).
 */

import { parseNames } from './names.ts';

interface RawJson {
  readonly rawJSON: string;
}

const json = JSON as unknown as {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): RawJson;
  isRawJSON(value: unknown): value is RawJson;
};

/**
 * Where a number may stand that JavaScript would not print as written. Matches too often (inside
 * strings), never too rarely: integers of up to 15 digits are always printed as written. A quote that is
 * escaped ends no name: JSON inside strings, which jobs are full of, counts for nothing.
 */
const unfaithful = /(?:^|"\s*:(?<!(?<!\\)(?:\\\\)*\\"\s*:)|[,[])\s*(?:-0|-?\d{16}|-?\d+[.eE])/;

/** Numbers whose text JavaScript would not print again become raw JSON objects. Throws SyntaxError. */
export const parseJson = (source: string): unknown =>
  parseNames(source, parseNumbers, json.isRawJSON);

function parseNumbers(text: string): unknown {
  // The reviver costs three times the parse itself, and few texts need it.
  if (!unfaithful.test(text)) return JSON.parse(text);
  return json.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && String(value) !== source
      ? json.rawJSON(source)
      : value,
  );
}

/** The text of a number as the server wrote it, or undefined for anything else. */
export function numberText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return json.isRawJSON(value) ? value.rawJSON : undefined;
}

export const stringifyJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, undefined, indent);

import type * as z from 'zod/mini';
import { numberText } from '../json/numbers.ts';

/** What is wrong with an answer that has not the shape it should: `retries is text, not a number`. */
export function misfit(error: z.core.$ZodError, value: unknown): string {
  const issue = error.issues[0]!;
  const { path } = issue;
  const found = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)[key], value);
  const where = path.length === 0 ? 'it' : path.join('.').slice(0, longestPath);
  if (found === undefined) return `${where} is missing`;
  const expected = issue.code === 'invalid_type' ? kinds[issue.expected] : undefined;
  const wanted = expected === undefined ? 'not what it should be' : `not ${expected}`;
  return `${where} is ${kindOf(found)}, ${wanted}`;
}

/** Keys are a server's too, and of any length. */
const longestPath = 80;

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return kinds[numberText(value) === undefined ? typeof value : 'number'] ?? 'something else';
}

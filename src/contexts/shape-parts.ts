/** Parts of shapes whose errors an operator understands. */
import * as z from 'zod';
import { nearest } from '../base/nearest.ts';

/**
 * A map with these keys and no others. The message of an unknown key is the list of those there are;
 * `unknownKey` makes a sentence of it.
 */
export const mapOf = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: ({ code }) => {
      const keys = Object.keys(shape).join(', ');
      return code === 'unrecognized_keys' ? keys : `must be a map of ${keys}`;
    },
  });

export const text = (description: string) =>
  z
    .string({
      error: ({ input }) =>
        input === undefined ? 'is missing' : isWritten(input) ? quoted : 'must be text',
    })
    .min(1, 'must not be empty')
    .describe(description);

export const oneOf = <const Words extends readonly string[]>(words: Words) =>
  z.enum(words, {
    error:
      words.length === 1
        ? `must be ${words[0]}, or left out`
        : `must be one of ${words.join(', ')}`,
  });

export const number = (least: number, most: number, what: string) => {
  const error = `must be ${what} from ${least} to ${most}`;
  return z.number({ error }).min(least, error).max(most, error);
};

export const flag = (description: string) =>
  z.boolean({ error: 'must be true or false' }).describe(description);

const quoted = 'must be text: put it in double quotes';
const isWritten = (input: unknown): boolean =>
  typeof input === 'number' || typeof input === 'boolean';

/** A slip of the finger brings the name that was meant, any other the list of those there are. */
export function unknownKey(key: string, keys: string): string {
  const near = nearest(key, keys.split(', '));
  const meant = near === undefined ? `: there is ${keys}` : `; did you mean ${near}?`;
  return `there is no ${shown.test(key) ? key : 'such key'} here${meant}`;
}

/** A key may be anything: a secret in the wrong place, too. */
const shown = /^[a-z][a-z_-]{0,20}$/i;

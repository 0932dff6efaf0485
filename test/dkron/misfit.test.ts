import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { misfit } from '../../src/dkron/misfit.ts';
import { parseJson } from '../../src/json/numbers.ts';

const shape = z.looseObject({
  text: z.string(),
  flag: z.boolean(),
  list: z.array(z.looseObject({ count: z.number() })),
  map: z.custom((value) => value === undefined || value instanceof Date),
});
const fine = { text: '', flag: true, list: [] };
const said = (value: unknown): string => misfit(shape.safeParse(value).error!, value);

describe('an answer of another shape', () => {
  it.each<[value: unknown, words: string]>([
    [7, 'it is a number, not an object'],
    [[], 'it is a list, not an object'],
    [null, 'it is null, not an object'],
    [{ ...fine, text: undefined }, 'text is missing'],
    [{ ...fine, text: null }, 'text is null, not text'],
    [{ ...fine, text: true }, 'text is true or false, not text'],
    [{ ...fine, text: {} }, 'text is an object, not text'],
    [{ ...fine, flag: 'yes' }, 'flag is text, not true or false'],
    [{ ...fine, list: {} }, 'list is an object, not a list'],
    [{ ...fine, list: [{ count: 1 }, {}] }, 'list.1.count is missing'],
    [{ ...fine, list: [{ count: 'x' }] }, 'list.0.count is text, not a number'],
    [{ ...fine, text: parseJson('1e400') }, 'text is a number, not text'],
    [{ ...fine, map: 'x' }, 'map is text, not what it should be'],
    [{ ...fine, text: () => '' }, 'text is something else, not text'],
  ])('%j: %s', (value, words) => {
    expect(said(value)).toBe(words);
  });

  it('is named by a path of a moderate length', () => {
    const deep = z.looseObject({ ['k'.repeat(100)]: z.string() });
    const value = { ['k'.repeat(100)]: 7 };
    expect(misfit(deep.safeParse(value).error!, value)).toBe(
      `${'k'.repeat(80)} is a number, not text`,
    );
  });
});

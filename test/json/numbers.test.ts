import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberText, parseJson, stringifyJson } from '../../src/json/numbers.ts';

describe('parseJson', () => {
  const names = [
    '\\\\',
    '\\u003c',
    '\\u003e',
    '\\u0026',
    '\\u2028',
    'a\\\\',
    'a\\u003c',
    '\\u003ca',
    'a',
  ];

  it('reads a name with an escape for itself, whatever names came before it', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...names), { minLength: 1 }), (keys) => {
        const text = `{${keys.map((key) => `"${key}" : "\\u003c\\":"`).join()}}`;
        expect(Object.keys(parseJson(text) as object)).toEqual(
          keys.map((key) => JSON.parse(`"${key}"`)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    '1',
    '-1',
    '0',
    '-0',
    '1.0',
    '1.5',
    '1e5',
    '1E+5',
    '1e400',
    '123456789012345',
    '9007199254740993',
    '-9223372036854775808',
  ])('keeps %s as it is written, wherever it stands', (number) => {
    for (const text of [
      number,
      `[${number}]`,
      `[1,${number}]`,
      `{"a":${number}}`,
      `{"a\\\\":[{"b":${number}}]}`,
      `{"a\\\\":${number}}`,
      `{"a\\"":${number}}`,
      `{"\\\\\\"":${number}}`,
    ])
      expect(stringifyJson(parseJson(text))).toBe(text);
    expect(numberText(parseJson(` ${number}`))).toBe(number);
    expect(numberText((parseJson(`{"a" :\n ${number}}`) as { a: unknown }).a)).toBe(number);
  });

  it('reads everything else as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(stringifyJson(parseJson(text))).toBe(text);
      }),
    );
  });

  it('refuses what is not JSON', () => {
    expect(() => parseJson('{"a":1.0,}')).toThrow(SyntaxError);
    expect(() => parseJson('{')).toThrow(SyntaxError);
  });
});

describe('numberText', () => {
  it('has no text for what is no number', () => {
    for (const value of ['1', null, undefined, {}, [1]]) expect(numberText(value)).toBeUndefined();
  });
});

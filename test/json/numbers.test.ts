import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberText, parseJson, stringifyJson } from '../../src/json/numbers.ts';

describe('parseJson', () => {
  /** Names as they are written, of which V8 takes one for another. */
  const written = fc
    .array(
      fc.constantFrom(
        ...['\\\\', '\\u003c', '\\u2028', '\\u005c', '\\u0061', '\\t', '\\n', '\\"', '\\/'],
        ...['a', 'u', '1', 'é', '__proto__'],
      ),
      { maxLength: 3 },
    )
    .map((parts) => parts.join(''));
  const nameOf = (name: string): string => JSON.parse(`"${name}"`);

  it('reads a name with an escape for itself, whatever names came before it', () => {
    const value = fc.constantFrom('"\\u003c\\":"', '1e400', 'null', '[{"\\t":-0}]');
    const member = fc.tuple(written, fc.constantFrom('', ' ', '\n'), value);
    fc.assert(
      fc.property(fc.array(member, { minLength: 1, maxLength: 4 }), (members) => {
        const inside = members.map(([name, space, value]) => `"${name}"${space}:${value}`).join();
        const names = members.map(([name]) => nameOf(name));
        const right = Object.fromEntries(
          members.map(([name, , value]) => [nameOf(name), value.replace('\\u003c', '<')]),
        );
        for (const text of [`{${inside}}`, `[0,{"x":{${inside}}}]`]) {
          const read = parseJson(text) as never;
          const object = (text.startsWith('{') ? read : read[1]['x']) as object;
          expect(Object.keys(object).toSorted()).toEqual([...new Set(names)].toSorted());
          for (const [name, value] of Object.entries(object))
            expect(stringifyJson(value)).toBe(right[name]);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('reads a text that nests deeper than calls can', () => {
    const depth = 200_000;
    const text = `${'['.repeat(depth)}"\\t"${']'.repeat(depth)}`;
    expect(Array.isArray(parseJson(text))).toBe(true);
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

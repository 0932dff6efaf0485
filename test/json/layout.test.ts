import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJson } from '../../src/json/check.ts';
import { closeBody, openBody } from '../../src/json/layout.ts';
import { jsonTokens } from '../../src/json/tokens.ts';
import { anyJson, anyText, scalar, spacedJson, write } from '../job/json.ts';

describe('openBody', () => {
  it.each([
    ['{}', '{}'],
    ['[ ]', '[]'],
    [
      '{"b":1,"a":[1.0,{"x":null}],"b":2}',
      '{\n  "b": 1,\n  "a": [\n    1.0,\n    {\n      "x": null\n    }\n  ],\n  "b": 2\n}',
    ],
    ['[1e400,9223372036854775808,-0]', '[\n  1e400,\n  9223372036854775808,\n  -0\n]'],
    ['{"s":"a,b:{}[]\\"\\\\","é":"🚲"}', '{\n  "s": "a,b:{}[]\\"\\\\",\n  "é": "🚲"\n}'],
  ])('lays out %s', (stored, shown) => {
    expect(openBody(stored)).toMatchObject({ kind: 'json', shown });
  });

  it.each(['', 'a=1&b=2', 'hello {', '{"a":1,}', '// no\n{}', "{'a':1}", '{"a":1} {"b":2}'])(
    'leaves %j the text it is',
    (stored) => {
      expect(openBody(stored)).toEqual({ kind: 'text', shown: stored });
    },
  );

  it('lays JSON out as JSON.stringify does', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        expect(openBody(JSON.stringify(value, undefined, indent)).shown).toBe(
          JSON.stringify(value, undefined, 2),
        );
      }),
    );
  });

  it('grows in proportion to a body of nothing but brackets', () => {
    const shown = (depth: number) => openBody('['.repeat(depth) + ']'.repeat(depth)).shown.length;
    expect(shown(100_000) / shown(50_000)).toBeCloseTo(2, 1);
  });
});

describe('closeBody', () => {
  it('gives back what was stored when nothing was edited', () => {
    fc.assert(
      fc.property(anyText, (stored) => {
        expect(closeBody(stored, openBody(stored).shown)).toBe(stored);
      }),
    );
  });

  it('changes the bytes of one value only', () => {
    const edit = spacedJson.chain(({ tokens, spaces, text }) => {
      const values = [...tokens.keys()].filter((at) => isScalar(tokens, at));
      return fc.record({
        tokens: fc.constant(tokens),
        spaces: fc.constant(spaces),
        text: fc.constant(text),
        at: fc.constantFrom(...values, -1),
        wanted: scalar,
      });
    });
    fc.assert(
      fc.property(edit, ({ tokens, spaces, text, at, wanted }) => {
        const changed = at < 0 ? tokens : tokens.with(at, wanted);
        const edited = openBody(changed.join(' ')).shown;
        expect(closeBody(text, edited)).toBe(write(changed, spaces));
      }),
    );
  });

  it('stores exactly the tokens that were typed, whatever was there', () => {
    fc.assert(
      fc.property(anyJson, anyJson, (stored, edited) => {
        const closed = closeBody(stored, edited);
        expect(jsonTokens(closed).map(({ text }) => text)).toEqual(
          jsonTokens(edited).map(({ text }) => text),
        );
      }),
    );
  });

  it.each([
    ['compact', '{"a":1}', '{"a": 1, "b": [2, {"c": 3}]}', '{"a":1,"b":[2,{"c":3}]}'],
    ['spaced', '{"a": 1}', '{"a":1,"b":[2,{"c":3}]}', '{"a": 1, "b": [2, {"c": 3}]}'],
    [
      'indented, by its own unit',
      '{\n\t"a": 1\n}\n',
      '{"a":1,"b":[2,{"c":3}]}',
      '{\n\t"a": 1,\n\t"b": [\n\t\t2,\n\t\t{\n\t\t\t"c": 3\n\t\t}\n\t]\n}\n',
    ],
    ['with CRLF', '{\r\n  "a": 1\r\n}', '{"a":1,"b":2}', '{\r\n  "a": 1,\r\n  "b": 2\r\n}'],
    [
      'lists in a line, members on lines of their own',
      '{\n  "a": [1, 2],\n  "b": 0\n}',
      '{"a":[1,2,3],"b":0,"c":[4,5]}',
      '{\n  "a": [1, 2, 3],\n  "b": 0,\n  "c": [4, 5]\n}',
    ],
    ['with room inside braces', '{ "a": 1 }', '{"a":1,"b":2}', '{ "a": 1, "b": 2 }'],
    ['unlike any style', '{"a" :1,"b" :2}', '{"a":1,"c":3,"b":2}', '{"a" :1,"c" :3,"b" :2}'],
  ])('adds in the style of what is stored: %s', (_, stored, edited, closed) => {
    expect(closeBody(stored, edited)).toBe(closed);
  });

  it.each([
    ['{"a": 1,  "b": 2 , "c":3}', '{"a":1,"c":3}', '{"a": 1,  "c":3}'],
    ['[ 1, 2 ]', '[1]', '[ 1 ]'],
    ['[ 1, 2 ]', '[2]', '[ 2 ]'],
    ['{\n  "a": 1,\n  "b": 2\n}', '{"a":1}', '{\n  "a": 1\n}'],
    ['{\n  "a": 1\n}', '{}', '{}'],
  ])('removes from %j', (stored, edited, closed) => {
    expect(closeBody(stored, edited)).toBe(closed);
  });

  it('keeps what lies between two changes', () => {
    expect(closeBody('{ "a":1,"b" : [1, 2],"c":3 }', '{"a":9,"b":[1,2],"c":8}')).toBe(
      '{ "a":9,"b" : [1, 2],"c":8 }',
    );
  });

  it('takes all white space out when asked to', () => {
    expect(closeBody('{ "a": 1 }', '{\n  "a": " "\n}', { compact: true })).toBe('{"a":" "}');
    expect(closeBody('', 'not { json', { compact: true })).toBe('not { json');
  });

  it.each([
    ['{"a":1}', '{"a":1', 'JSON broken on purpose'],
    ['', '{\n  "a": 1\n}', 'JSON where there was none'],
    ['text', 'other text', 'text'],
  ])('stores %j, edited to %j, as typed: %s', (stored, edited) => {
    expect(closeBody(stored, edited)).toBe(edited);
  });

  it('takes a large body rewritten from end to end', () => {
    const body = (from: number) =>
      JSON.stringify(Array.from({ length: 20_000 }, (_, index) => ({ id: from + index })));
    const [stored, edited] = [body(0), openBody(body(50_000)).shown];
    expect(stored.length).toBeGreaterThan(200_000);
    expect(closeBody(stored, edited)).toBe(body(50_000));
  });
});

const isScalar = (tokens: readonly string[], at: number): boolean =>
  !/^[{}[\],:]$/.test(tokens[at]!) && tokens[at + 1] !== ':' && isJson(tokens[at]!);

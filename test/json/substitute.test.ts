import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Find, substitute } from '../../src/json/substitute.ts';

/** Writes `text` over all that an expression finds. */
const over =
  (expression: RegExp, text: string): Find =>
  (value) =>
    [...value.matchAll(expression)].map((match) => ({
      offset: match.index,
      length: match[0].length,
      content: text,
    }));
const staging = over(/https:\/\/staging\./g, 'https://prod.');

describe('substitute', () => {
  it.each([
    ['a plain text', 'curl https://staging.a', 'curl https://prod.a', 1],
    ['nothing', 'curl https://prod.a', 'curl https://prod.a', 0],
    [
      'white space, numbers and escapes of JSON stay as they are written',
      String.raw`{ "n": 1.0, "u":"https:\/\/staging.a\u00e9\/", "s" : "\u00e9"}`,
      String.raw`{ "n": 1.0, "u":"https://prod.a\u00e9\/", "s" : "\u00e9"}`,
      1,
    ],
    ['headers', '["Origin: https://staging.a", "X: y"]', '["Origin: https://prod.a", "X: y"]', 1],
    [
      'JSON in a string of JSON',
      JSON.stringify({ a: JSON.stringify({ b: JSON.stringify(['https://staging.a']) }) }),
      JSON.stringify({ a: JSON.stringify({ b: JSON.stringify(['https://prod.a']) }) }),
      1,
    ],
    ['names too', '{"https://staging.a":1}', '{"https://prod.a":1}', 1],
    ['a whole body that is one string', '"https://staging.a"', '"https://prod.a"', 1],
    ['what only looks like JSON', '{"https://staging.a', '{"https://prod.a', 1],
  ])('%s', (_, text, wanted, count) => {
    expect(substitute(text, staging)).toEqual({ text: wanted, count, broke: false });
  });

  test('what is put into a string is escaped as often as the string is', () => {
    const text = JSON.stringify({ a: JSON.stringify({ b: 'x' }) });
    const { text: now, broke } = substitute(text, over(/x/g, '"\\\n'));
    expect(JSON.parse(JSON.parse(now).a)).toEqual({ b: '"\\\n' });
    expect(broke).toBe(false);
  });

  test('numbers and what reaches over strings are written over as they stand', () => {
    expect(substitute('{"port":8080}', over(/8080/g, '9090'))).toEqual({
      text: '{"port":9090}',
      count: 1,
      broke: false,
    });
    expect(substitute('{"env":"staging","a":"b"}', over(/"env":"\w+"/g, '"env":1'))).toEqual({
      text: '{"env":1,"a":"b"}',
      count: 1,
      broke: false,
    });
  });

  test('a greedy expression ends with the string that it is found in', () => {
    expect(substitute('{"u":"staging.a/b","c":"d"}', over(/staging.*/g, 'prod')).text).toBe(
      '{"u":"prod","c":"d"}',
    );
  });

  test('an anchor means the beginning of a string', () => {
    expect(substitute('["a b","b a"]', over(/^a/g, 'c')).text).toBe('["c b","b a"]');
  });

  test('what stands there as an escape is not found by how it is written', () => {
    expect(substitute(String.raw`["a\nb"]`, over(/n/g, 'x')).count).toBe(0);
    expect(substitute(String.raw`["\u0061"]`, over(/a/g, 'x')).text).toBe('["x"]');
  });

  test('says that JSON is none any more, there or in a string of it', () => {
    const broken = substitute('{"port":8080}', over(/:8080/g, ':none'));
    expect(broken).toEqual({ text: '{"port":none}', count: 1, broke: true });
    const inside = JSON.stringify({ a: '{"port":8080}' });
    expect(substitute(inside, over(/8080/g, 'none'))).toMatchObject({ count: 1, broke: true });
    expect(substitute('8080', over(/8080/g, 'none')).broke).toBe(false);
  });

  const letters = /[a-f]/g;
  const upper: Find = (text) =>
    [...text.matchAll(letters)].map(({ 0: found, index }) => ({
      offset: index,
      length: 1,
      content: found.toUpperCase(),
    }));
  /** Names that stay apart when they are written in capitals. */
  const json = fc.json({ depthSize: 'small', stringUnit: 'grapheme' });

  const each = (value: unknown): unknown => {
    if (typeof value === 'string') {
      const inner = opened(value);
      return inner === undefined
        ? value.replace(letters, (found) => found.toUpperCase())
        : ['inner', each(inner)];
    }
    if (Array.isArray(value)) return value.map(each);
    if (typeof value !== 'object' || value === null) return value;
    return Object.entries(value).map(([key, one]) => [each(key), each(one)]);
  };
  /** What a string holds, when that has strings again. */
  const opened = (text: string): unknown => {
    if (!/^[ \t\r\n]*[{["]/.test(text)) return undefined;
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return undefined;
    }
  };
  /** The same form for what was written over. */
  const read = (value: unknown): unknown => {
    if (typeof value === 'string') {
      const inner = opened(value);
      return inner === undefined ? value : ['inner', read(inner)];
    }
    if (Array.isArray(value)) return value.map(read);
    if (typeof value !== 'object' || value === null) return value;
    return Object.entries(value).map(([key, one]) => [read(key), read(one)]);
  };

  test('in any JSON every string reads as if it had been written over by itself', () => {
    fc.assert(
      fc.property(json, fc.nat(2), (text, levels) => {
        // Numbers like 1e5 are written over as they stand; here only strings are looked at.
        fc.pre(!/[\d.]e/i.test(text) && !/true|false|null/.test(text));
        let stringified = text;
        for (let level = 0; level < levels; level++) stringified = JSON.stringify([stringified]);
        const { text: now, broke } = substitute(stringified, upper);
        expect(broke).toBe(false);
        expect(read(JSON.parse(now))).toEqual(each(JSON.parse(stringified)));
      }),
    );
  });
});

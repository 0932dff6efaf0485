import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareText, encode, indent, type Json } from '../../src/demo/json.ts';
import { Time } from '../../src/demo/time.ts';

const tree = fc.jsonValue().map((value) => value as Json);

test('JSON.parse reads back what was encoded', () => {
  fc.assert(
    fc.property(tree, (value) => {
      expect(JSON.parse(encode(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('indenting gives the lines of JSON.stringify', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(indent(JSON.stringify(value))).toBe(JSON.stringify(value, undefined, 4));
    }),
  );
});

test('texts are ordered by their bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
      expect(Math.sign(compareText(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
});

test('Go escapes what could end a script, and sorts maps but not structs', () => {
  expect(encode('<a>&\u2028\u2029é\u007f')).toBe('"\\u003ca\\u003e\\u0026\\u2028\\u2029é\u007f"');
  const map = new Map<string, Json>(Object.entries({ b: 1, a: 2, 10: 3, 9: 4 }));
  expect(encode(map)).toBe('{"10":3,"9":4,"a":2,"b":1}');
  expect(encode({ b: 1n, a: 2n ** 62n })).toBe('{"b":1,"a":4611686018427387904}');
});

test.each([
  [new Time(1_500_000_000n, 0), '"1970-01-01T00:00:01.5Z"'],
  [new Time(0n, 3600), '"1970-01-01T01:00:00+01:00"'],
  [new Time(-62_135_596_800_000_000_000n, -17_762), '"0000-12-31T19:03:58-04:56"'],
])('a time is shown with its offset', (time, text) => {
  expect(encode(time)).toBe(text);
});

test.each([new Time(0n, 86_400), new Time(253_402_300_800_000_000_000n, 0)])(
  'Go has no JSON for %s',
  (time) => {
    expect(() => encode({ time })).toThrow();
  },
);

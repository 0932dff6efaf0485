import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Piece, scanFile, Unexpected } from '../../src/snapshot/scan.ts';

/** Scans a text that arrives in chunks of the given size. */
function scan(text: string, size = Number.POSITIVE_INFINITY): Piece[] {
  const bytes = Buffer.from(text);
  const scanner = scanFile();
  const pieces: Piece[] = [];
  for (let at = 0; at < bytes.length; at += Math.min(size, bytes.length))
    pieces.push(...scanner.push(bytes.subarray(at, at + size)));
  scanner.end();
  return pieces;
}
const texts = (pieces: readonly Piece[]): string[] =>
  pieces.map(({ bytes }) => Buffer.from(bytes).toString());

test.each([
  ['an array', '[{"a":1},{"b":2}]'],
  ['a spacious array', '\n[ {"a":1} ,\r\n\t{"b":2} ]\n'],
  ['one a line', '{"a":1}\n{"b":2}\n'],
  ['one a line, with a trailing empty line', '{"a":1}\n{"b":2}\n\n'],
  ['one a line, without an end of the last', '{"a":1}\n{"b":2}'],
  ['one a line, from Windows', '{"a":1}\r\n{"b":2}\r\n'],
  ['one after the other', '{"a":1}{"b":2}'],
  ['behind a byte order mark', '\ufeff{"a":1}\n{"b":2}'],
  ['in an array behind a byte order mark', '\ufeff[{"a":1},{"b":2}]'],
])('finds the objects of %s', (_shape, text) => {
  for (const size of [1, 2, 3, 7, 1000])
    expect(texts(scan(text, size))).toEqual(['{"a":1}', '{"b":2}']);
});

test('an empty array has no objects', () => {
  expect(scan(' [ ] ')).toEqual([]);
});

test('says where each object begins', () => {
  const places = scan('[{"a":1},\n {\n"b":{}},{}]').map(({ at }) => at);
  expect(places).toEqual([
    { line: 1, byte: 2 },
    { line: 2, byte: 12 },
    { line: 3, byte: 22 },
  ]);
});

test.each([
  ['', 'begin', '', 1, 1, 0],
  ['\n\n', 'begin', '', 3, 3, 0],
  ['<html>', 'begin', '<', 1, 1, 0],
  ['"a"', 'begin', '"', 1, 1, 0],
  ['{"a":1}\n<', 'object', '<', 2, 9, 1],
  ['{"a":1},{"b":2}', 'object', ',', 1, 8, 1],
  ['["a"]', 'first', '"', 1, 2, 0],
  ['[{"a":1},]', 'element', ']', 1, 10, 1],
  ['[{"a":1}{"b":2}]', 'comma', '{', 1, 9, 1],
  ['[{"a":1}]{"b":2}', 'end', '{', 1, 10, 1],
  ['[{"a":1}\n', 'comma', '', 2, 10, 1],
  ['{"a":1}\n{"b":"}', 'inside', '', 2, 9, 1],
] as const)('%j is refused: %s %j', (text, expected, character, line, byte, objects) => {
  for (const size of [1, 3, 1000]) {
    let caught: unknown;
    try {
      scan(text, size);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(Unexpected);
    expect(caught).toMatchObject({ expected, character, at: { line, byte }, objects });
  }
});

test('any objects survive, in any shape and in any pieces', () => {
  const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1 });
  const shapes = fc.constantFrom(
    (lines: string[]) => `[${lines.join(',')}]`,
    (lines: string[]) => lines.join('\n'),
    (lines: string[]) => lines.join(''),
  );
  fc.assert(
    fc.property(
      objects,
      shapes,
      fc.nat(3),
      fc.integer({ min: 1, max: 40 }),
      (all, shape, indent, size) => {
        const lines = all.map((object) => JSON.stringify(object, undefined, indent));
        expect(texts(scan(shape(lines), size))).toEqual(lines);
      },
    ),
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startOfFile } from '../../../src/snapshot/file/position.ts';
import { largest, type Piece, scanFile } from '../../../src/snapshot/file/scan.ts';

/** Scans a text that arrives in chunks of the given size. */
function scan(text: string, size = Number.POSITIVE_INFINITY): Piece[] {
  const bytes = Buffer.from(text);
  const scanner = scanFile(startOfFile);
  const pieces: Piece[] = [];
  for (let at = 0; at < bytes.length; at += Math.min(size, bytes.length))
    pieces.push(...scanner.push(bytes.subarray(at, at + size)));
  pieces.push(...scanner.end());
  return pieces;
}
const texts = (pieces: readonly Piece[]): string[] =>
  pieces.map(({ bytes }) => Buffer.from(bytes).toString());

test.each([
  ['an array', '[{"a":1},{"b":2}]'],
  ['a spacious array', '\n[ {"a":1} ,\r\n\t{"b":2} ]\n'],
  ['one a line', '{"a":1}\n{"b":2}\n'],
  ['one a line, with empty lines', '{"a":1}\n\n{"b":2}\n\n'],
  ['one a line, without an end of the last', '{"a":1}\n{"b":2}'],
  ['one a line, from Windows', '{"a":1}\r\n{"b":2}\r\n'],
  ['one after the other', '{"a":1}{"b":2}'],
  ['one array after the other', '[{"a":1}]\n[{"b":2}]'],
])('finds the objects of %s', (_shape, text) => {
  for (const size of [1, 2, 3, 7, 1000])
    expect(texts(scan(text, size))).toEqual(['{"a":1}', '{"b":2}']);
});

test('an empty array has no objects', () => {
  expect(scan(' [ ] ')).toEqual([]);
});

test('says where each object begins, in the units of an editor', () => {
  const text = '[{"a":"é😀"},{"b":1},\n {\n"b":{}},{}]';
  for (const size of [1, 3, 1000])
    expect(scan(text, size).map(({ at }) => at)).toEqual([
      { line: 1, column: 2 },
      { line: 1, column: 14 },
      { line: 2, column: 2 },
      { line: 3, column: 9 },
    ]);
});

test.each([
  ['"a"', 'stray', 1, 1],
  ['[{"a":1}, 7]', 'stray', 1, 11],
  ['{"a":1}\n<', 'stray', 2, 1],
  ['{"a":1}}', 'stray', 1, 8],
  ['[{"a":1}\n', 'cut', 2, 1],
  ['{"a":1}\n{"b":"}', 'cut', 2, 1],
  [`{"b":"${'x'.repeat(largest)}`, 'large', 1, 1],
] as const)('%.20j has something that is no object: %s', (text, kind, line, column) => {
  for (const size of text.length > 100 ? [1 << 20] : [1, 3, 1000])
    expect(scan(text, size).filter((piece) => piece.kind !== 'object')).toMatchObject([
      { kind, at: { line, column } },
    ]);
});

test('what is too large is passed over, and nothing else', () => {
  const text = `{"a":1}\n{"b":"${'x'.repeat(3 * largest)}{}"}\n{"c":1}`;
  expect(scan(text, 1 << 20).map(({ kind }) => kind)).toEqual(['object', 'large', 'object']);
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

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NotAnArray, scanArray } from '../../src/json/array.ts';

/** Feeds bytes in pieces that end at the given places. */
function scan(text: string, cuts: readonly number[] = []): { texts: string[]; closed: boolean } {
  const bytes = Buffer.from(text);
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  const scanner = scanArray();
  const texts = [...ends, bytes.length].flatMap((end, index) =>
    scanner.push(bytes.subarray(ends[index - 1] ?? 0, end)).map((object) => object.toString()),
  );
  return { texts, closed: scanner.closed };
}

describe('scanArray', () => {
  it.each([
    ['[]', []],
    [' [ ] \n', []],
    ['[{}]', ['{}']],
    ['[{"a":1},{"b":[{"c":"}"}]}]', ['{"a":1}', '{"b":[{"c":"}"}]}']],
    ['[\n {"a": "]\\"[" } ,\r\n\t{"é":"\\\\"}]', ['{"a": "]\\"[" }', '{"é":"\\\\"}']],
  ])('finds the objects of %s', (text, objects) => {
    expect(scan(text)).toEqual({ texts: objects, closed: true });
  });

  it.each(['', '[', '[{"a":1}', '[{"a":1},', '[{"a":"]', '[{"a":{}'])(
    'is not closed after %s',
    (text) => {
      expect(scan(text).closed).toBe(false);
    },
  );

  it.each([
    'null',
    '{}',
    '[null]',
    '[1]',
    '["{}"]',
    '[,{}]',
    '[{},]',
    '[{}{}]',
    '[]]',
    '[{}]{}',
    '<',
  ])('refuses %s', (text) => {
    expect(() => scan(text)).toThrow(NotAnArray);
  });

  it('gives the same objects however the bytes arrive', () => {
    const objects = fc.array(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()));
    const indent = fc.constantFrom(undefined, 1, '\t');
    fc.assert(
      fc.property(objects, indent, fc.array(fc.nat()), (values, space, cuts) => {
        const { texts, closed } = scan(JSON.stringify(values, undefined, space), cuts);
        expect(closed).toBe(true);
        expect(texts.map((text) => JSON.stringify(JSON.parse(text)))).toEqual(
          values.map((value) => JSON.stringify(value)),
        );
      }),
    );
  });

  it('gives exact texts when every byte comes alone', () => {
    const texts = ['{"body":"{\\"zone\\":\\"Zürich 🚲\\",\\"n\\":1e400}"}', '{"a" : 0.10}'];
    const text = `[${texts.join(' , ')}]`;
    const every = Array.from({ length: Buffer.byteLength(text) }, (_, index) => index);
    expect(scan(text, every)).toEqual({ texts, closed: true });
  });
});

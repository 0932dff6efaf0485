import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NotAnArray, scanArray } from '../../src/json/array.ts';

/** What comes of bytes in pieces of this size. */
function scan(text: string, size: number): string[] {
  const bytes = Buffer.from(text);
  const scanner = scanArray({ alike: true });
  const texts: string[] = [];
  for (let at = 0; at < bytes.length; at += size)
    for (const object of scanner.push(bytes.subarray(at, at + size)))
      texts.push(Buffer.from(object).toString());
  expect(scanner.closed).toBe(true);
  return texts;
}

test('objects that look alike are found by their borders, whatever their strings hold', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('},{"id":', '"},{"id":"', '}]', '\\', '"', '},{'),
  );
  const values = fc.dictionary(text, fc.oneof(text, fc.dictionary(text, text), fc.array(text)));
  const job = fc.tuple(text, values).map(([id, more]) => ({ id, ...more }));
  fc.assert(
    fc.property(fc.array(job), fc.integer({ min: 1, max: 400 }), (jobs, size) => {
      const texts = jobs.map((one) => JSON.stringify(one));
      expect(scan(`[${texts.join(',')}]`, size)).toEqual(texts);
    }),
  );
});

test('spaces cost time and nothing else', () => {
  const texts = ['{ "id": 1 }', '{ "id": "},{" }', '{ "id": 3 }'];
  for (const size of [1, 7, 1000]) expect(scan(`[ ${texts.join(' , ')} ]\n`, size)).toEqual(texts);
  expect(scan('[{},{},{}]', 1000)).toEqual(['{}', '{}', '{}']);
});

test('what is no array of objects is refused here too', () => {
  expect(() => scan('[{"id":1},{"id":2},3]', 1000)).toThrow(NotAnArray);
});

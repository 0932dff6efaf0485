import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headerValue, printHeaders, readHeaders, withHeader } from '../../src/job/headers.ts';
import { anyText } from './json.ts';

const header = fc.record({
  name: fc.stringMatching(/^[A-Za-z-]{1,8}$/),
  value: fc.string({ unit: 'grapheme', maxLength: 8 }).map((value) => value.trim()),
});

/** Headers as somebody wrote them by hand. */
const stored = fc
  .array(
    fc
      .tuple(header, fc.constantFrom(':', ': ', ' :  '))
      .map(([{ name, value }, colon]) => JSON.stringify(name + colon + value)),
  )
  .chain((lines) => fc.constantFrom(',', ', ', ',\n  ').map((comma) => `[${lines.join(comma)}]`));

describe('readHeaders', () => {
  it('reads pairs', () => {
    expect(
      readHeaders('["Content-Type: application/json", "X-Url:http://a:80", "Broken"]'),
    ).toEqual([
      { name: 'Content-Type', value: 'application/json' },
      { name: 'X-Url', value: 'http://a:80' },
      { name: 'Broken', value: '' },
    ]);
  });

  it.each(['not json', '{"a":"b"}', '[1]', 'null'])(
    'knows that %s is no list of headers',
    (text) => {
      expect(readHeaders(text)).toBeNull();
    },
  );

  it('takes "" for none', () => {
    expect(readHeaders('')).toEqual([]);
  });
});

describe('printHeaders', () => {
  it('gives back what was stored when nothing was edited', () => {
    fc.assert(
      fc.property(fc.oneof(stored, anyText), (text) => {
        const headers = readHeaders(text);
        if (headers !== null) expect(printHeaders(headers, text)).toBe(text);
      }),
    );
  });

  it('prints what it reads', () => {
    fc.assert(
      fc.property(fc.array(header), fc.oneof(stored, anyText), (headers, text) => {
        fc.pre(headers.length > 0);
        expect(readHeaders(printHeaders(headers, text))).toEqual(headers);
      }),
    );
  });

  it.each([
    ['["A:1", "B: 2"]', [{ name: 'B', value: '3' }], '["B: 3"]'],
    [
      '[ "A:1",  "B: 2" ]',
      [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
        { name: 'C', value: '3' },
      ],
      '[ "A:1",  "B: 2",  "C: 3" ]',
    ],
    ['["A:1"]', [], '[]'],
    ['', [{ name: 'A', value: '"é"' }], '["A: \\"é\\""]'],
    ['', [], ''],
  ])('changes %s', (text, headers, printed) => {
    expect(printHeaders(headers, text)).toBe(printed);
  });
});

describe('one header of several', () => {
  const headers = [
    { name: 'A', value: '1' },
    { name: 'b', value: '2' },
    { name: 'a', value: '3' },
  ];

  it('is found in any letter case, the last of its name', () => {
    expect(headerValue(headers, 'A')).toBe('3');
    expect(headerValue(headers, 'B')).toBe('2');
    expect(headerValue(headers, 'c')).toBeUndefined();
    expect(headerValue([], 'a')).toBeUndefined();
  });

  it('is changed where it stands, added at the end, or taken out everywhere', () => {
    expect(withHeader(headers, 'A', '4')).toEqual(headers.with(2, { name: 'a', value: '4' }));
    expect(withHeader(headers.slice(0, 2), 'A', '4')).toEqual([
      { name: 'A', value: '4' },
      headers[1],
    ]);
    expect(withHeader(headers, 'c', '')).toEqual([...headers, { name: 'c', value: '' }]);
    expect(withHeader(headers, 'A', undefined)).toEqual([headers[1]]);
  });
});

it('headers of the same text keep their spelling, one each', () => {
  const stored = '["A: \\u0031","A:1"]';
  const [first] = readHeaders(stored)!;
  expect(printHeaders([first!, first!, first!], stored)).toBe('["A: \\u0031","A:1","A: 1"]');
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  headerProblems,
  printHeaders,
  readHeaders,
  storedHeaderProblems,
} from '../../src/job/headers.ts';
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

describe('headerProblems', () => {
  it.each([
    ['Broken', 'error', /^header 1 has no colon: .* every http job would fail/],
    ['X-Url: http://a', 'warning', /^the value of X-Url holds a colon: Dkron sends only what/],
    [': x', 'warning', /no name/],
    ['A b: x', 'warning', /^A b is no name for a header/],
    ['A: x\ny', 'warning', /line break/],
    ['Host: a', 'warning', /^Dkron does not send Host/],
  ])('warns of %j', (line, level, text) => {
    expect(headerProblems([line])).toEqual([
      { index: 0, level, text: expect.stringMatching(text) },
    ]);
  });

  it('warns of a name that comes twice, in any letter case', () => {
    expect(headerProblems(['a: 1', 'B: 2', 'A: 3'])).toEqual([
      { index: 0, level: 'warning', text: 'a comes again: Dkron sends only the last' },
    ]);
  });

  it('has nothing to say about good headers', () => {
    expect(headerProblems(['Content-Type: application/json', 'X-Empty:', ''])).toEqual([]);
  });
});

describe('storedHeaderProblems', () => {
  it('says when Dkron would send none', () => {
    expect(storedHeaderProblems('{"A":"b"}')).toEqual([
      { level: 'warning', text: expect.stringContaining('sends no headers') },
    ]);
  });

  it('looks at each of them', () => {
    expect(storedHeaderProblems('["A: b", "C"]')).toMatchObject([{ index: 1, level: 'error' }]);
    expect(storedHeaderProblems('')).toEqual([]);
  });
});

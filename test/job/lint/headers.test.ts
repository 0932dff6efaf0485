import { describe, expect, it } from 'vitest';
import { headerFindings } from '../../../src/job/lint/headers.ts';

const found = (...lines: string[]) => headerFindings('headers', JSON.stringify(lines));

describe('headerFindings', () => {
  it.each([
    ['Broken', 'header-colon', 'error', /^header 1 has no colon: .* every http job would fail/],
    ['X-Url: http://a', 'header-cut', 'warning', /^the value of X-Url holds a colon: Dkron sends/],
    [': x', 'header-name', 'warning', /no name/],
    ['A b: x', 'header-name', 'warning', /^A b is not a valid name for a header/],
    ['A: x\ny', 'header-control', 'warning', /line break/],
    ['Host: a', 'header-own', 'warning', /^Dkron does not send Host/],
  ])('tells of %j', (line, rule, level, text) => {
    expect(found(line)).toEqual([
      { rule, level, path: 'headers', text: expect.stringMatching(text) },
    ]);
  });

  it('warns of a name that comes twice, in any letter case', () => {
    expect(found('a: 1', 'B: 2', 'A: 3')).toEqual([
      {
        rule: 'header-twice',
        level: 'warning',
        path: 'headers',
        text: 'a is there twice: Dkron sends only the last',
      },
    ]);
  });

  it('has nothing to say about good headers', () => {
    expect(found('Content-Type: application/json', 'X-Empty:', '')).toEqual([]);
    expect(headerFindings('headers', '')).toEqual([]);
  });

  it.each(['{"A":"b"}', 'A: b', '[1]'])('says that Dkron would send none out of %s', (stored) => {
    expect(headerFindings('headers', stored)).toMatchObject([
      { rule: 'headers-list', text: expect.stringContaining('sends no headers') },
    ]);
  });

  it('looks at each of them', () => {
    expect(found('A: b', 'C')).toMatchObject([
      { rule: 'header-colon', text: expect.stringContaining('header 2') },
    ]);
  });
});

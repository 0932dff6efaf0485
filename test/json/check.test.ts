import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkJson } from '../../src/json/check.ts';
import { anyText } from '../job/json.ts';

describe('checkJson', () => {
  it.each<[text: string, line: number, column: number, message: string]>([
    ['', 1, 1, 'there is nothing here, and JSON needs a value'],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, 'a comma is missing before this'],
    ['[1 2]', 1, 4, 'a comma is missing before this'],
    ['{"a" 1}', 1, 6, 'a colon is missing before this'],
    ['{"a"}', 1, 5, 'a colon and a value are missing before this'],
    ['{"a":}', 1, 6, 'a value is missing before this'],
    ['{"a":,}', 1, 6, 'a value is missing before this'],
    ['{:1}', 1, 2, 'a name is missing before this'],
    ['{1:2}', 1, 2, 'a name in double quotes is missing here'],
    ['{a:1}', 1, 2, 'a name must be in double quotes'],
    ['[1:2]', 1, 3, 'a colon can only follow a name, inside { }'],
    ['[1,\n]', 1, 3, 'nothing follows this comma'],
    ['{"a":1,}', 1, 7, 'nothing follows this comma'],
    ['[\n[1]', 1, 1, 'this [ is never closed'],
    ['{"a":', 1, 1, 'this { is never closed'],
    ['[1}', 1, 3, '] is missing before this'],
    ['1]', 1, 2, 'the JSON has ended before this'],
    [']', 1, 1, 'this ] closes nothing'],
    ['{} {}', 1, 4, 'the JSON has ended before this'],
    ['["a', 1, 2, 'this string is never closed'],
    ['["a\\"]', 1, 2, 'this string is never closed'],
    ['["a\n"]', 1, 2, 'this string is never closed'],
    ['["\\x"]', 1, 2, '\\x means nothing in JSON; a backslash itself is written \\\\'],
    ['["\\\\x\\q"]', 1, 2, '\\q means nothing in JSON; a backslash itself is written \\\\'],
    ['["\\u12"]', 1, 2, '\\u needs four hexadecimal digits'],
    ['["\t"]', 1, 2, 'this string contains a tab or control character; write a tab as \\t'],
    ['[01]', 1, 2, 'a number does not begin with 0'],
    ['[1.]', 1, 2, 'a digit is missing in this number'],
    ['[-]', 1, 2, 'a digit is missing in this number'],
    ["['a']", 1, 2, 'JSON takes double quotes only'],
    ['[1] // no', 1, 5, 'JSON has no comments'],
    [
      '[True]',
      1,
      2,
      'this is not a JSON value: write true, false, null, a number, or text in double quotes',
    ],
  ])('says of %j', (text, line, column, message) => {
    expect(checkJson(text)).toMatchObject({ line, column, message });
  });

  it('finds a problem exactly where there is one', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const problem = checkJson(text);
        expect(problem === null).toBe(isParsed(text));
        if (problem === null) return;
        const before = text.slice(0, problem.offset).split('\n');
        expect([before.length, before.at(-1)!.length + 1]).toEqual([problem.line, problem.column]);
        expect(problem.offset).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it('takes nesting of any depth', () => {
    expect(checkJson('['.repeat(200_000))?.message).toBe('this [ is never closed');
  });
});

function isParsed(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

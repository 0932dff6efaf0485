import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/base/errors.ts';
import { substitute } from '../../../src/json/substitute.ts';
import { finderOf, readReplacement } from '../../../src/plan/policy/replacement.ts';

const replaced = (words: string, text: string): string =>
  substitute(text, finderOf(readReplacement(words))).text;

describe('REGEX=TEXT', () => {
  it.each([
    ['a=b', { pattern: 'a', text: 'b' }],
    ['a=b=c', { pattern: 'a', text: 'b=c' }],
    ['a=', { pattern: 'a', text: '' }],
    [String.raw`a\=b=c\=d`, { pattern: 'a=b', text: String.raw`c\=d` }],
    [String.raw`a\\=b`, { pattern: String.raw`a\\`, text: 'b' }],
    [
      String.raw`https://staging\.=https://prod.`,
      { pattern: String.raw`https://staging\.`, text: 'https://prod.' },
    ],
    [String.raw`(?\=a)b\n=c`, { pattern: String.raw`(?=a)b\n`, text: 'c' }],
    ['(?<n>a)=$<n>$$5', { pattern: '(?<n>a)', text: '$<n>$$5' }],
  ])('reads %s', (words, wanted) => {
    expect(readReplacement(words)).toEqual(wanted);
  });

  it.each([
    ['staging', 'has no ='],
    [String.raw`a\=b`, 'has no ='],
    ['', 'has no ='],
    ['=b', 'finds nothing at all'],
    ['a*=b', 'finds nothing at all'],
    ['(a=b', 'Unterminated group'],
    [String.raw`a\-b=c`, 'Invalid escape'],
    ['(a)=$2', 'has no group 2'],
    ['a=$1', 'has no group 1'],
    ['(?<n>a)=$<m>', 'has no group m'],
  ])('refuses %s', (words, why) => {
    expect(() => readReplacement(words)).toThrow(UsageError);
    expect(() => readReplacement(words)).toThrow(why);
  });

  it('shows no credential that is known by its form', () => {
    const words = 'Authorization: Bearer 5f4dcc3b5aa765d61d8327deb882cf99';
    expect(() => readReplacement(words)).toThrow(/Bearer ••••: it has no =/);
  });
});

describe('what is put there', () => {
  it.each([
    ['a=b', 'banana', 'bbnbnb'],
    ['(b)(a)=$2$1', 'banana', 'abnana'],
    ['(?<first>b)a=$<first>o', 'banana', 'bonana'],
    ['an=[$&]', 'banana', 'b[an][an]a'],
    ['a=$$', 'ba', 'b$'],
    ['a=$HOME', 'ba', 'b$HOME'],
    ['(a)|(b)=<$1>', 'ab', '<a><>'],
    ['(a)=$12', 'a', 'a2'],
    ['(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)(l)=$12', 'abcdefghijkl', 'l'],
    ['(?<!x)a=o', 'xaa', 'xao'],
    ['.=x', '😀é', 'xx'],
    ['(?\\=a)|b=x', 'ab', 'ax'],
  ])('%s in %s', (words, text, wanted) => {
    expect(replaced(words, text)).toBe(wanted);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goRegexpProblem } from '../../../src/job/lint/go-regexp.ts';

/** What Go 1.26 says of each was asked of Go itself. */
describe('goRegexpProblem', () => {
  it.each([
    '',
    'ok|done',
    '^\\s*"status":\\s*"(ok|done)"$',
    '(?i)success',
    '(?P<code>\\d{3})(?:x)?(?<word>\\w+?)',
    '[[:alpha:]][^]a][a-z\\]\\d-]',
    '\\Q(?=\\E\\.\\A\\z\\b\\pL\\p{Greek}\\P{^Lu}',
    '\\x41\\x{1F6B2}\\012\\_\\a{,3}{',
    '^*$?é{2,}',
    '(?-s:.)(?U)a{1000}',
    '(?P<n>a)(?P<n>b)(?P<toString>c)',
  ])('takes %s', (pattern) => {
    expect(goRegexpProblem(pattern)).toBeUndefined();
  });

  it.each([
    ['(?=ok)', 'invalid or unsupported Perl syntax: `(?=`'],
    ['(?<!ok)x', 'invalid named capture: `(?<!ok)x`'],
    ['(a)\\1', 'invalid escape sequence: `\\1`'],
    ['\\k<a>', 'invalid escape sequence: `\\k`'],
    ['a[b', 'missing closing ]: `[b`'],
    ['a\\Z', 'invalid escape sequence: `\\Z`'],
    ['\\u0041', 'invalid escape sequence: `\\u`'],
    ['(?>a)', 'invalid or unsupported Perl syntax: `(?>`'],
    ['a\\', 'trailing backslash at end of expression: ``'],
    ['(ok', 'missing closing ): `(ok`'],
    ['ok)', 'unexpected ): `ok)`'],
    ['a**', 'invalid nested repetition operator: `**`'],
    ['*ok', 'missing argument to repetition operator: `*`'],
    ['a{3,2}', 'invalid repeat count: `{3,2}`'],
    ['a{1001}', 'invalid repeat count: `{1001}`'],
    ['[z-a]', 'invalid character class range: `z-a`'],
    ['[[:nope:]]', 'invalid character class range: `[:nope:]`'],
    ['\\p{Nope}', 'invalid character class range: `\\p{Nope}`'],
    ['(?P<a-b>x)', 'invalid named capture: `(?P<a-b>`'],
  ])('refuses %s', (pattern, problem) => {
    expect(goRegexpProblem(pattern)).toBe(`error parsing regexp: ${problem}`);
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (pattern) => {
        expect(goRegexpProblem(pattern)).not.toBe('');
      }),
    );
  });
});

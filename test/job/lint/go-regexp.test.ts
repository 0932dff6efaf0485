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
  ])('takes %s', (pattern) => {
    expect(goRegexpProblem(pattern)).toBeUndefined();
  });

  it.each([
    ['(?=ok)', 'Go knows neither lookahead nor lookbehind'],
    ['(?<!ok)x', 'Go knows neither lookahead nor lookbehind'],
    ['(a)\\1', 'Go knows no references back to a group'],
    ['\\k<a>', 'Go knows no references back to a group'],
    ['a[b', 'this class of characters is wrong or never closed: [b'],
    ['a\\Z', 'Go does not know \\Z'],
    ['\\u0041', 'Go does not know \\u'],
    ['(?>a)', 'Go does not know (?>'],
    ['a\\', 'Go does not know \\'],
    ['(ok', 'its brackets or repetitions do not fit together'],
    ['ok)', 'its brackets or repetitions do not fit together'],
    ['a**', 'its brackets or repetitions do not fit together'],
    ['*ok', 'its brackets or repetitions do not fit together'],
    ['a{3,2}', 'its brackets or repetitions do not fit together'],
    ['a{1001}', 'Go repeats nothing more than 1000 times: {1001}'],
  ])('refuses %s', (pattern, problem) => {
    expect(goRegexpProblem(pattern)).toBe(problem);
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (pattern) => {
        expect(goRegexpProblem(pattern)).not.toBe('');
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffTokens } from '../../src/json/token-diff.ts';

const tokens = fc.array(fc.constantFrom('{', '}', ',', '1', '2'));

describe('diffTokens', () => {
  it('turns one row into the other, by changes that stand apart', () => {
    fc.assert(
      fc.property(tokens, tokens, (old, now) => {
        const hunks = diffTokens(old, now);
        let [at, built] = [0, [] as string[]];
        for (const { oldFrom, oldTo, from, to } of hunks) {
          expect(oldFrom > at || built.length === 0).toBe(true);
          built.push(...old.slice(at, oldFrom), ...now.slice(from, to));
          at = oldTo;
        }
        expect([...built, ...old.slice(at)]).toEqual(now);
      }),
    );
  });

  it('finds two changes far apart', () => {
    const old = Array.from({ length: 20_000 }, (_, index) => String(index % 7));
    const now = old.with(5, 'a').with(19_000, 'b');
    expect(diffTokens(old, now)).toEqual([
      { oldFrom: 5, oldTo: 6, from: 5, to: 6 },
      { oldFrom: 19_000, oldTo: 19_001, from: 19_000, to: 19_001 },
    ]);
  });

  it('does not search for more changes than an operator makes', () => {
    const old = Array.from({ length: 20_000 }, (_, index) => String(index));
    const now = old.map((token, index) => (index % 2 === 0 ? `${token}!` : token));
    expect(diffTokens(old, now)).toEqual([{ oldFrom: 0, oldTo: 19_999, from: 0, to: 19_999 }]);
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jobBounds, tooManyIn, tooMuch } from '../../src/job/bounds.ts';
import { jsonTokens } from '../../src/json/tokens.ts';
import { anyJson } from './json.ts';

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

it('a thousand levels may be, one more may not, where the text is long enough to be looked at', () => {
  expect(tooMuch(nested(1000).padEnd(4001))).toBeUndefined();
  expect(tooMuch(nested(1001).padEnd(4000))).toBeUndefined();
  expect(tooMuch(nested(1001).padEnd(4001))).toMatch(/1000 levels/);
  expect(tooMuch(nested(1001).replaceAll('[', '{').padEnd(4001))).toMatch(/1000 levels/);
  expect(tooMuch('[]'.repeat(3000))).toBeUndefined();
});

it('a text may be as large as Dkron could send', () => {
  expect(tooMuch(' '.repeat(jobBounds.bytes))).toBeUndefined();
  expect(tooMuch(' '.repeat(jobBounds.bytes + 1))).toMatch(/larger than 32 MB/);
});

it('values are counted by their commas, those in strings are none', () => {
  fc.assert(
    fc.property(fc.array(anyJson, { minLength: 1 }), (all) => {
      const text = `[${all.join(',')}]`.padEnd(4001);
      const commas = jsonTokens(text).filter((token) => token.text === ',').length;
      expect(tooManyIn(text, commas)).toBeUndefined();
      expect(tooManyIn(text, commas - 1)).toBe(`has more than ${commas - 1} values`);
    }),
  );
  expect(tooManyIn(`"${'\\",'.repeat(2000)}`, 1)).toBeUndefined();
  expect(tooManyIn(`"${'x'.repeat(4000)}\\`, 1)).toBeUndefined();
});

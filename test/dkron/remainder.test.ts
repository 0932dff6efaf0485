import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reasonIn, remainder, wholeOf } from '../../src/dkron/remainder.ts';

const stored = (output: string, success = true) => ({ output, success });

describe('what was not told yet', () => {
  it.each([
    ['all of it', [], stored('a\nb\n'), { rest: 'a\nb\n', missed: 0 }],
    ['the end', ['a\n'], stored('a\nb\n'), { rest: 'b\n', missed: 0 }],
    ['nothing', ['a\n', 'b\n'], stored('a\nb\n'), { rest: '', missed: 0 }],
    ['what came before and between', ['bb', 'd'], stored('abbccde'), { rest: 'e', missed: 3 }],
    ['bytes, not letters', ['b'], stored('éb'), { rest: '', missed: 2 }],
    ['the same piece again', ['t\n'], stored('t\nt\nt\n'), { rest: 't\nt\n', missed: 0 }],
    [
      'not why it failed',
      ['a\n'],
      stored('exit status 1\na\nb\n', false),
      { rest: 'b\n', missed: 0 },
    ],
    [
      'all, with why it failed',
      [],
      stored('exit status 1\n', false),
      { rest: 'exit status 1\n', missed: 0 },
    ],
    [
      'after why it failed',
      ['b\n'],
      stored('exit status 1\na\nb\n', false),
      { rest: '', missed: 2 },
    ],
  ])('is %s', (_what, pieces, whole, expected) => {
    expect(remainder(pieces, whole)).toEqual({ ...expected, isOther: false });
  });

  it('is nothing where a processor stored something else', () => {
    expect(remainder(['a\n'], stored('Output in log\n'))).toEqual({
      rest: '',
      missed: 0,
      isOther: true,
    });
  });

  const cut = `${'x'.repeat(256_000 - 8)}\nlast\nz\n`;

  it('is what follows the last piece where the beginning is cut', () => {
    expect(remainder(['first\n', 'last\n'], stored(cut))).toEqual({
      rest: 'z\n',
      missed: null,
      isOther: false,
    });
    expect(remainder(['first\n'], stored(cut))).toEqual({
      rest: cut,
      missed: null,
      isOther: false,
    });
  });

  it('makes the whole with what was told, unless it says that bytes are missing', () => {
    const part = fc.record({
      text: fc.string({ unit: fc.constantFrom('a', 'b', '\n', 'é') }),
      told: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(part), fc.string(), (parts, rest) => {
        const whole = parts.map(({ text }) => text).join('') + rest;
        const told = parts.filter(({ text, told }) => told && text !== '').map(({ text }) => text);
        const left = remainder(told, stored(whole));
        const shown = told.join('') + left.rest;
        expect(Buffer.byteLength(shown) + left.missed!).toBe(Buffer.byteLength(whole));
        if (left.missed === 0) expect(shown).toBe(whole);
      }),
    );
  });
});

it.each([
  ['\ufffdabc', 'abc'],
  ['abc\ufffd\ufffd', 'abc'],
  ['a\ufffdb', 'a\ufffdb'],
  ['\ufffd', ''],
])('of %j the halves of characters at the ends are left out', (piece, whole) => {
  expect(wholeOf(piece)).toBe(whole);
});

it.each([
  [stored('exit status 3\nout\n', false), 'exit status 3'],
  [stored('out\n'), ''],
  [stored('', false), ''],
  [stored('x\n'.repeat(128_000), false), ''],
])('why it failed: case %#', (run, reason) => {
  expect(reasonIn(run)).toBe(reason);
});

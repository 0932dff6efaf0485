import { describe, expect, it } from 'vitest';
import { cursorAt } from '../../bench/keyboard.ts';
import { inTurns, median, quantile, takeTurns } from '../../bench/measure.ts';
import { isLoud, quietOf, quietWords } from '../../bench/quiet.ts';
import { frameEnd, frameWith } from '../../bench/terminal.ts';

describe('of samples', () => {
  const samples = Array.from({ length: 1_000 }, (_, at) => 999 - at);

  it('a part lies below', () => {
    expect(median(samples)).toBe(500);
    expect(quantile(samples, 0.99)).toBe(990);
    expect(quantile([3, 1, 2], 1)).toBe(3);
    expect(quantile([], 0.5)).toBeNaN();
  });

  it('each contender has its own, taken in turn, without the first round', async () => {
    const order: string[] = [];
    const contender = (name: string) => async (round: number) => {
      order.push(`${name}${round}`);
      return round;
    };
    const both = { a: contender('a'), b: contender('b') };
    expect(await inTurns(2, both)).toEqual({ a: [1, 2], b: [1, 2] });
    expect(order).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'b2']);
    expect(await takeTurns(3, both)).toEqual({ a: 2, b: 2 });
  });
});

describe('a frame', () => {
  const [first, second] = [`ab${frameEnd}`, `cde${frameEnd}`];

  it('is whole only with its end', () => {
    expect(frameWith('ab', 'ab')).toBeNull();
    expect(frameWith(first, 'ab')).toEqual({ from: 0, to: first.length });
    expect(frameWith(`${first}cde`, 'cde')).toBeNull();
  });

  it('is known by a text, or by its length', () => {
    const both = { from: first.length, to: first.length + second.length };
    expect(frameWith(first + second, 'd')).toEqual(both);
    expect(frameWith(first + second, second.length)).toEqual(both);
    expect(frameWith(first + second, '')).toEqual({ from: 0, to: first.length });
  });
});

it('walks the cursor down and up again', () => {
  expect(Array.from({ length: 8 }, (_, at) => cursorAt(at, 3))).toEqual([1, 2, 3, 2, 1, 0, 1, 2]);
});

describe('a machine', () => {
  const before = { busy: 100, stolen: 10, all: 1_000 };

  it('is as loud as what others did on it', () => {
    const after = { busy: 400, stolen: 30, all: 2_000 };
    expect(quietOf(before, after, 250)).toEqual({ others: 5, stolen: 2 });
    expect(quietOf(before, after, 400)).toEqual({ others: 0, stolen: 2 });
  });

  it('says so in words', () => {
    const quiet = { others: 1, stolen: 0 };
    expect(isLoud(quiet)).toBe(false);
    expect(isLoud({ others: 6, stolen: 0 })).toBe(true);
    expect(isLoud({ others: 0, stolen: 6 })).toBe(true);
    expect(quietWords(quiet, [])).toContain('a quiet machine');
    expect(quietWords(quiet, ['keys'])).toMatch(/^NOT A QUIET MACHINE.*keys/);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean, width } from '../../src/terminal/cell.ts';
import { fillRows, fitLine, paragraph, rule, spanWidth, spread } from '../../src/view/compose.ts';
import { lineText, plain, toned } from '../../src/view/line.ts';
import { hostileText } from '../console/hostile.ts';

const anyLine = fc.array(hostileText.map(plain), { maxLength: 6 });
const anyWidth = fc.integer({ min: 1, max: 120 });

describe('fitLine', () => {
  it('gives exactly the width', () => {
    fc.assert(
      fc.property(anyLine, anyWidth, (line, columns) => {
        expect(spanWidth(fitLine(line, columns))).toBe(columns);
      }),
    );
  });

  it.each([
    [['abc', 'def'], 8, 'abcdef  '],
    [['abc', 'def'], 6, 'abcdef'],
    [['abc', 'def'], 5, 'abcd…'],
    [['abc', 'def'], 3, 'ab…'],
    [['abc', ''], 3, 'abc'],
    [['日本', 'x'], 4, '日 …'],
    [[], 2, '  '],
  ])('%j in %i cells is %j', (texts, columns, expected) => {
    expect(lineText(fitLine(texts.map(plain), columns))).toBe(expected);
  });

  it('keeps the tone of what is cut', () => {
    expect(fitLine([toned('failed', 'bad')], 4)).toEqual([{ text: 'fai…', tone: 'bad' }]);
  });
});

describe('spread', () => {
  it('gives exactly the width, the right end whole where it fits', () => {
    const word = fc.string({ unit: fc.constantFrom('a', ' ', '日', 'é'), minLength: 1 });
    fc.assert(
      fc.property(anyLine, fc.array(word.map(plain)), anyWidth, (left, right, columns) => {
        const line = spread(left, right, columns);
        expect(spanWidth(line)).toBe(columns);
        if (spanWidth(right) <= columns)
          expect(lineText(line).endsWith(lineText(right))).toBe(true);
      }),
    );
  });
});

describe('paragraph', () => {
  it('never makes a line wider than asked, and loses no letter', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 2, max: 120 }), (text, columns) => {
        const lines = paragraph(text, columns);
        for (const line of lines) expect(width(line)).toBeLessThanOrEqual(columns);
        const letters = (shown: string): string => shown.replaceAll(' ', '');
        expect(letters(lines.join(''))).toBe(letters(clean(text)));
      }),
    );
  });

  it.each([
    ['one two three', 7, ['one two', 'three']],
    ['one two three', 13, ['one two three']],
    ['see http://a.example/long/path', 10, ['see http:/', '/a.example', '/long/path']],
    ['abcdefgh ij', 4, ['abcd', 'efgh', 'ij']],
    ['', 10, ['']],
  ])('%j in %i cells', (text, columns, lines) => {
    expect(paragraph(text, columns)).toEqual(lines);
  });
});

it('fillRows cuts or fills', () => {
  expect(fillRows([[plain('a')], [plain('b')]], 1)).toEqual([[plain('a')]]);
  expect(fillRows([[plain('a')]], 3)).toEqual([[plain('a')], [], []]);
});

it('a rule takes the width, with its word', () => {
  expect(lineText(rule(12))).toBe('─'.repeat(12));
  expect(lineText(rule(12, 'Runs'))).toBe('─ Runs ─────');
});

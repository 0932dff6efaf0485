import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { clean } from '../../src/terminal/cell.ts';
import { boundary, simpleWidth } from '../../src/terminal/graphemes.ts';
import { showLine } from '../../src/terminal/line-cells.ts';

const segmenter = new Intl.Segmenter();
const startsOf = (text: string): number[] => [...segmenter.segment(text)].map(({ index }) => index);

describe('a character that is counted without a look at its neighbours', () => {
  const simple = Array.from({ length: 0xffff }, (_, code) => code).filter(
    (code) => simpleWidth(code) > 0,
  );

  it('takes the cells that the terminal gives it, and shows as it is', () => {
    for (const code of simple) {
      const character = String.fromCharCode(code);
      expect(stringWidth(character), code.toString(16)).toBe(simpleWidth(code));
      expect(clean(character)).toBe(character);
    }
  });

  it('is a grapheme of its own beside any other of them', () => {
    const some = simple
      .filter((code, at) => code < 0x500 || at % 97 === 0)
      .map((code) => String.fromCharCode(code));
    for (const one of some) expect(startsOf(`a${one}é${one}漢${one}각`)).toHaveLength(7);
  });
});

const pieces = [
  'a',
  '"',
  'é',
  '漢',
  '각',
  '👨‍👩‍👧',
  '🇫🇷',
  'e\u0301',
  '\u0301',
  '\t',
  '\u200d',
  '\ud800',
  '\u1100',
];
const text = fc
  .array(fc.constantFrom(...pieces), { maxLength: 400 })
  .map((parts) => parts.join(''));

describe('a line as an editor shows it', () => {
  it('has a cell for every grapheme, and leads back to it', () => {
    fc.assert(
      fc.property(text, (line) => {
        const shown = showLine(line);
        expect(shown.width).toBe(stringWidth(shown.text));
        let cell = 0;
        for (const at of startsOf(line).filter((start) => boundary(line, start) === start)) {
          expect(shown.columnOf(at)).toBeGreaterThanOrEqual(cell);
          cell = shown.columnOf(at);
          expect(shown.offsetAt(cell)).toBeLessThanOrEqual(at);
        }
      }),
    );
  });

  it('has the same boundaries as the whole text, however little is looked at', () => {
    fc.assert(
      fc.property(text, (line) => {
        const starts = new Set([...startsOf(line), line.length]);
        for (let at = 0; at <= line.length; at += 1)
          if (starts.has(at)) expect(boundary(line, at), `${at}`).toBe(at);
      }),
    );
  });
});

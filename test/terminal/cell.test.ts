import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { cell, clean, cleanLines, slice, width, wrap } from '../../src/terminal/cell.ts';
import { boundary } from '../../src/terminal/graphemes.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom(
        '\x1b[',
        '\x1b]0;',
        '\x9d',
        '\x07',
        '1m',
        'a',
        '日',
        '👩‍💻',
        '\t',
        'e\u0301',
        'か',
        '\u3099',
        '가',
        '\u11a8',
        'й',
        'и\u0306',
        'é',
        'é\u0301',
        '數',
      ),
    )
    .map((parts) => parts.join('')),
);

describe('clean', () => {
  it.each<[string, string, string]>([
    ['plain text', 'every 5m', 'every 5m'],
    ['colours', '\x1b[1;31mred\x1b[0m', 'red'],
    ['8-bit colours', '\x9b31mred', 'red'],
    ['a title', '\x1b]0;owned\x07text', 'text'],
    ['a link', '\x1b]8;;http://x\x1b\\text\x1b]8;;\x1b\\', 'text'],
    ['a clipboard write', '\x1b]52;c;ZXZpbA==\x07', ''],
    ['a device control string', '\x1bPq#0\x1b\\text', 'text'],
    ['a terminal reset', '\x1bctext', 'text'],
    ['a character set', '\x1b(0text', 'text'],
    ['an unfinished control string stays visible', '\x1b]0;title', '␛]0;title'],
    ['an unfinished device control string', '\x1bPabc', '␛Pabc'],
    ['an unfinished sequence', 'x\x1b[12', 'x␛[12'],
    ['a bell', 'a\x07b\x7f', 'a␇b␡'],
    ['a newline and a return', 'a\r\nb', 'a␍␊b'],
    ['a tab', 'ab\tc', 'ab      c'],
    ['two tabs behind a wide character', '日\t\tc', '日              c'],
    ['a C1 control', 'a\x85b', 'a�b'],
    ['a right-to-left override', 'user\u202etxt.exe', 'user�txt.exe'],
    ['an isolate', '\u2066a\u2069', '�a�'],
    ['a zero-width space', 'jo\u200bb', 'jo�b'],
    ['a joiner between letters', 'jo\u200db', 'jo�b'],
    ['a byte order mark', '\ufeff{}', '�{}'],
    ['a soft hyphen', 'a\u00adb', 'a�b'],
    ['a Hangul filler', 'a\u3164b', 'a�b'],
    ['tag characters', 'a\u{e0041}', 'a�'],
    ['a line separator', 'a\u2028b', 'a�b'],
    ['half a surrogate pair', 'a\ud800b', 'a�b'],
    ['an emoji with a variation selector', '⚠\ufe0f', '⚠'],
    ['a family', '👨‍👩‍👧', '👨👩👧'],
    ['a skin tone', '👍🏽', '👍'],
    ['a keycap', '1\ufe0f\u20e3', '1'],
    ['a flood of marks', `a${'\u0301'.repeat(1000)}b`, `a${'\u0301'.repeat(4)}b`],
    ['Persian with a non-joiner', 'می\u200cخواهم', 'میخواهم'],
  ])('%s', (_, text, shown) => {
    expect(clean(text)).toBe(shown);
  });

  it('leaves nothing that a terminal acts on, hides or reorders', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = clean(text);
        expect(shown).not.toMatch(/\p{Cc}|\p{Bidi_Control}|\p{Default_Ignorable_Code_Point}/u);
        expect(shown.isWellFormed()).toBe(true);
        expect(clean(shown)).toBe(shown);
      }),
    );
  });

  it('shows what Ink and a terminal that counts code points measure alike', () => {
    fc.assert(
      fc.property(fc.constantFrom('👨‍👩‍👧', '👍🏽', '⚠️', '1️⃣', '☎️', '❤️‍🔥', '日', 'é'), (emoji) => {
        const shown = clean(emoji);
        const byCodePoint = [...shown].reduce((sum, char) => sum + stringWidth(char), 0);
        expect(stringWidth(shown)).toBe(byCodePoint);
      }),
    );
  });

  it('stays linear on hostile input', () => {
    const hostile = ['\x9d', '\x1b]', '\x1b[', '\x9b0', '\u0301', '\u200d', '\t'];
    for (const part of hostile) expect(clean(part.repeat(20_000))).toBeTypeOf('string');
  });
});

describe('cleanLines', () => {
  it('ends lines at LF, CRLF and a lone CR', () => {
    expect(cleanLines('a\nb\r\n10%\r\x1b[32m20%\n')).toEqual(['a', 'b', '10%', '20%', '']);
  });
});

describe('cell', () => {
  it.each<[string, number, 'left' | 'right', string]>([
    ['abc', 5, 'left', 'abc  '],
    ['abc', 5, 'right', '  abc'],
    ['abcdef', 5, 'left', 'abcd…'],
    ['abcdef', 5, 'right', 'abcd…'],
    ['日本語', 5, 'left', '日本…'],
    ['日本語', 4, 'left', '日 …'],
    ['日本語', 1, 'left', '…'],
    ['abc', 0, 'left', ''],
    ['abc', -3, 'left', ''],
    ['a\nb', 4, 'left', 'a␊b '],
  ])('puts %j into %i cells, %s', (text, columns, align, expected) => {
    expect(cell(text, columns, align)).toBe(expected);
  });

  it('cuts without an ellipsis when told', () => {
    expect(cell('abcdef', 3, 'left', '')).toBe('abc');
  });

  it('takes exactly its width, whatever the text', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 40 }), (text, columns) => {
        expect(stringWidth(cell(text, columns))).toBe(columns);
        expect(stringWidth(cell(text, columns, 'right'))).toBe(columns);
      }),
    );
  });
});

describe('wrap', () => {
  it.each<[string, number, string[]]>([
    ['', 4, ['']],
    ['abcd', 4, ['abcd']],
    ['abcdefghi', 4, ['abcd', 'efgh', 'i']],
    ['a日本語', 4, ['a日', '本語']],
    ['日本', 1, ['日', '本']],
  ])('breaks %j at %i', (line, columns, pieces) => {
    expect(wrap(line, columns)).toEqual(pieces);
  });

  it('loses nothing and fits', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 20 }), (text, columns) => {
        const line = clean(text);
        const pieces = wrap(line, columns);
        expect(pieces.join('')).toBe(line);
        for (const piece of pieces) expect(width(piece)).toBeLessThanOrEqual(columns);
      }),
    );
  });
});

describe('graphemes', () => {
  it('stay whole in long lines of any script', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 9 }), (text, columns) => {
        const line = clean(text);
        const starts = new Set([...new Intl.Segmenter().segment(line)].map(({ index }) => index));
        const clusters = [...new Intl.Segmenter().segment(line)].map(({ segment }) => segment);
        fc.pre(clusters.every((cluster) => stringWidth(cluster) <= 2));
        let at = 0;
        for (const piece of wrap(line, columns)) {
          expect(at === line.length || starts.has(at)).toBe(true);
          at += piece.length;
        }
        for (const start of starts) expect(boundary(line, start)).toBe(start);
      }),
    );
  });
});

describe('slice', () => {
  it.each<[string, number, number, string]>([
    ['abcdef', 2, 3, 'cde'],
    ['abc', 2, 5, 'c'],
    ['abc', 5, 5, ''],
    ['日本語', 1, 4, ' 本 '],
    ['日本語', 2, 2, '本'],
    ['a日', 0, 2, 'a '],
  ])('of %j from %i, %i cells', (line, from, columns, expected) => {
    expect(slice(line, from, columns)).toBe(expected);
  });
});

import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { cursorPlace, follow, moveRows, visibleRows } from '../../src/terminal/layout.ts';
import { moveTo, type TextState, textOf } from '../../src/terminal/text.ts';

const top = { line: 0, row: 0 };
const at = (state: TextState, line: number, column: number) => moveTo(state, { line, column });
const rows = (state: TextState, columns: number, count = 10, from = top) =>
  visibleRows(state, { top: from, columns, rows: count }).map(({ text }) => text);

describe('visibleRows', () => {
  it.each<[string, number, string[]]>([
    ['', 4, ['']],
    ['abc\n\nd', 4, ['abc', '', 'd']],
    ['abcdefgh', 3, ['abc', 'def', 'gh']],
    ['abcd', 4, ['abcd', '']],
    ['a日本語', 4, ['a日', '本語', '']],
    ['a\tb', 4, ['a', '    ', 'b']],
    ['\x1b[31m', 10, ['␛[31m']],
    ['日', 1, [' ', '']],
  ])('breaks %j at %i', (content, columns, expected) => {
    expect(rows(textOf(content), columns)).toEqual(expected);
  });

  it('starts at the top of the window and ends with it', () => {
    expect(rows(textOf('abcdef\ng\nh'), 3, 2, { line: 0, row: 1 })).toEqual(['def', '']);
  });

  it('marks what is selected, a newline as one cell', () => {
    const state = moveTo(at(textOf('abcdef\ng\nhi'), 0, 2), { line: 2, column: 1 }, true);
    const selected = visibleRows(state, { top, columns: 4, rows: 9 }).map((row) => row.selected);
    expect(selected).toEqual([
      [2, 4],
      [0, 3],
      [0, 2],
      [0, 1],
    ]);
  });

  it('looks at the lines of the window only', () => {
    const lines = Array.from({ length: 300_000 }, () => 'ä'.repeat(60));
    const state = at(textOf(lines.join('\n')), 200_000, 3);
    const window = follow({ top, columns: 40, rows: 20 }, state);
    expect(visibleRows(state, window)).toHaveLength(20);
  });
});

const anyText = fc
  .array(fc.constantFrom('a', 'bc', '日', '👨‍👩‍👧', '\t', '\n', 'é', '\u0301', '\x07'), {
    maxLength: 60,
  })
  .map((parts) => textOf(parts.join('')));
const anyColumns = fc.integer({ min: 4, max: 12 });

describe('the rows of any text', () => {
  it('fit the window', () => {
    fc.assert(
      fc.property(anyText, anyColumns, (state, columns) => {
        for (const row of rows(state, columns, 100))
          expect(stringWidth(row)).toBeLessThanOrEqual(columns);
      }),
    );
  });

  it('hold the cursor wherever it stands, in the window that follows it', () => {
    fc.assert(
      fc.property(anyText, anyColumns, fc.integer({ min: 1, max: 5 }), (state, columns, height) => {
        let moved = state;
        let window = { top, columns, rows: height };
        for (let step = 0; step < 80; step += 1) {
          const place = cursorPlace(moved, columns);
          expect(place.column).toBeLessThan(columns);
          window = follow(window, moved);
          const shown = visibleRows(moved, window);
          expect(shown.some(({ line, row }) => line === place.line && row === place.row)).toBe(
            true,
          );
          moved = moveRows(moved, step < 40 ? 1 : -2, columns);
        }
      }),
    );
  });

  it('are all passed on the way down, and on the way up', () => {
    fc.assert(
      fc.property(anyText, anyColumns, (state, columns) => {
        const count = rows(state, columns, 1000).length;
        let moved = state;
        for (let row = 1; row < count; row += 1) {
          const before = cursorPlace(moved, columns);
          moved = moveRows(moved, 1, columns);
          expect(cursorPlace(moved, columns)).not.toEqual(before);
        }
        expect(cursorPlace(moved, columns).line).toBe(state.lines.length - 1);
        for (let row = 1; row < count; row += 1) moved = moveRows(moved, -1, columns);
        expect(moved.cursor).toEqual({ line: 0, column: 0 });
      }),
    );
  });
});

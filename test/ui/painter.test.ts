import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../../src/console/frame/frame.ts';
import { createPainter } from '../../src/ui/painter.ts';
import { fillRows, fitLine } from '../../src/view/compose.ts';
import type { Line, Span, Tone } from '../../src/view/line.ts';
import { themeOf } from '../../src/view/theme.ts';
import { Paper } from '../support/sheet.ts';

const theme = themeOf('auto', 256);
const size = { columns: 24, rows: 5 };

const span: fc.Arbitrary<Span> = fc.record(
  {
    text: fc.constantFrom(
      '',
      ' ',
      '  ',
      'a',
      'job-1',
      ' x ',
      '漢',
      'é字',
      '👩‍🚀',
      '─│✓',
      'ש',
      'e\u0301',
    ),
    tone: fc.constantFrom<Tone>('ok', 'bad', 'quiet', 'plain'),
    bold: fc.boolean(),
    inverse: fc.boolean(),
  },
  { requiredKeys: ['text'] },
);
const frame: fc.Arbitrary<Frame> = fc.record(
  {
    lines: fc
      .array(fc.array(span, { maxLength: 6 }), { maxLength: size.rows })
      .map((lines) =>
        fillRows(lines as Line[], size.rows).map((line) => fitLine(line, size.columns)),
      ),
    cursor: fc.record({
      x: fc.nat({ max: size.columns - 1 }),
      y: fc.nat({ max: size.rows - 1 }),
    }),
  },
  { requiredKeys: ['lines'] },
);

function paintedOn(frames: readonly Frame[]): Paper {
  const paper = new Paper(size.columns, size.rows);
  const painter = createPainter((text) => paper.write(text), theme);
  for (const each of frames) painter.paint(each, size.columns);
  return paper;
}

describe('a frame after others', () => {
  it('shows as if it were the first', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { minLength: 2, maxLength: 5 }), async (frames) => {
        const last = frames.at(-1)!;
        const [whole, after] = [paintedOn([last]), paintedOn(frames)];
        expect(await after.cells()).toEqual(await whole.cells());
        expect(after.cursor().visible).toBe(last.cursor !== undefined);
        if (last.cursor !== undefined)
          expect(after.cursor()).toMatchObject({ column: last.cursor.x, row: last.cursor.y });
        expect([after.pushedOff, after.wrappedRows()]).toEqual([0, []]);
      }),
    );
  });

  it('writes nothing when it is the same', () => {
    fc.assert(
      fc.property(frame, (one) => {
        const painter = createPainter(() => {}, theme);
        painter.paint(one, size.columns);
        expect(painter.paint(structuredClone(one), size.columns)).toBe(false);
      }),
    );
  });
});

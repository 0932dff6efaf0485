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

describe('a terminal that has just become smaller', () => {
  const smaller = fc.record({
    columns: fc.integer({ min: 1, max: size.columns }),
    rows: fc.integer({ min: 1, max: size.rows }),
  });

  it('is not scrolled by a frame for the old size, and shows the next one whole', async () => {
    await fc.assert(
      fc.asyncProperty(frame, frame, smaller, async (before, late, { columns, rows }) => {
        const paper = new Paper(size.columns, size.rows);
        // Only there a narrower window cuts lines off instead of breaking them.
        paper.write('\x1b[?1049h');
        const painter = createPainter((text) => paper.write(text), theme);
        painter.paint(before, size.columns);
        await paper.dried();
        paper.resize(columns, rows);
        painter.paint(late, size.columns);
        await paper.dried();
        expect([paper.pushedOff, paper.wrappedRows()]).toEqual([0, []]);
        const next = {
          lines: before.lines.slice(0, rows).map((line) => fitLine(line, columns)),
        };
        painter.paint(next, columns);
        const fresh = new Paper(columns, rows);
        createPainter((text) => fresh.write(text), theme).paint(next, columns);
        expect(await paper.cells()).toEqual(await fresh.cells());
      }),
    );
  });
});

it('hides a cursor that shows while it writes, and leaves no look and no mode behind', () => {
  const written: string[] = [];
  const painter = createPainter((text) => written.push(text), theme);
  const line = (text: string): Line => [{ text, tone: 'bad', inverse: true }];
  const cursor = { x: 1, y: 0 };
  painter.paint({ lines: [line('a')] }, 1);
  painter.paint({ lines: [line('b')], cursor }, 1);
  painter.paint({ lines: [line('c')], cursor }, 1);
  painter.paint({ lines: [line('d')] }, 1);
  const modes = written.map((text) => text.match(/\x1b\[\?[\d;]+[hl]/g)!.slice(1, -1));
  const [hide, show] = ['\x1b[?7;25l', '\x1b[?7;25h'];
  expect(modes).toEqual([
    [hide, '\x1b[?7h'],
    ['\x1b[?7l', show],
    [hide, show],
    [hide, '\x1b[?7h'],
  ]);
  for (const text of written) expect(text.match(/\x1b\[[\d;]*m/g)!.at(-1)).toBe('\x1b[m');
});

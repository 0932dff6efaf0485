/** Every screen as our painter shows it and as Ink would, cell by cell, after any other frame. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { badgeColours, type ThemeName, themeNames } from '../../src/config/looks.ts';
import { type Frame, frameOf } from '../../src/console/frame/frame.ts';
import { clusters } from '../../src/terminal/cell.ts';
import type { Colours } from '../../src/terminal/colours.ts';
import { createPainter } from '../../src/ui/painter.ts';
import type { Span, Tone } from '../../src/view/line.ts';
import { type Theme, themeOf } from '../../src/view/theme.ts';
import { anyWorld } from '../console/hostile.ts';
import { everyWay } from '../console/ways.ts';
import { inkOn } from '../support/ink-paper.tsx';
import { Paper } from '../support/sheet.ts';

interface Size {
  readonly columns: number;
  readonly rows: number;
}

const sizes: readonly Size[] = [
  { columns: 80, rows: 24 },
  { columns: 200, rows: 50 },
  { columns: 40, rows: 10 },
  { columns: 12, rows: 3 },
  { columns: 1, rows: 1 },
];
const colours: readonly Colours[] = [256, 16, 0];

/**
 * The one thing that Ink does otherwise: a mark without a letter of its own takes no cell, but Ink
 * keeps one for it, and what follows on the line goes out of place.
 */
const hasLooseMarks = ({ lines }: Frame, row: number): boolean =>
  lines[row]!.some(({ text }) =>
    [...clusters(text)].some((one) => one.cells === 0 || /^\p{M}/u.test(one.grapheme)),
  );

/** Shows the frames one after the other both ways, and compares what stands there each time. */
async function compare(frames: readonly Frame[], size: Size, theme: Theme): Promise<void> {
  const paper = new Paper(size.columns, size.rows);
  const painter = createPainter((text) => paper.write(text), theme);
  const ink = inkOn(size, theme);
  try {
    for (const frame of frames) {
      painter.paint(frame, size.columns);
      await ink.show(frame);
      const rows = (cells: string[][]) => cells.filter((_, row) => !hasLooseMarks(frame, row));
      expect(rows(await paper.cells())).toEqual(rows(await ink.paper.cells()));
      expect(paper.cursor().visible).toBe(ink.paper.cursor().visible);
      if (frame.cursor !== undefined) expect(paper.cursor()).toEqual(ink.paper.cursor());
      expect([paper.pushedOff, paper.wrappedRows()]).toEqual([0, []]);
    }
  } finally {
    ink.close();
  }
}

describe.each(everyWay)('$name', ({ reach }) => {
  it('shows as Ink would draw it', { timeout: 60_000 }, () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(anyWorld, { minLength: 2, maxLength: 2 }),
        fc.constantFrom(...sizes),
        fc.constantFrom<ThemeName>(...themeNames),
        fc.constantFrom(...colours),
        async (worlds, size, name, many) => {
          const frames = worlds.map((world) => frameOf({ ...reach(world), ...size }));
          await compare(frames, size, themeOf(name, many));
        },
      ),
      // The smallest world that shows a difference would be looked for by Ink, for minutes.
      { numRuns: Number(process.env['RUNS'] ?? 2), endOnFailure: true },
    ),
  );
});

const tones: readonly Tone[] = ['ok', 'bad', 'attention', 'quiet', 'plain'];
const looks = [...tones.map((tone) => ({ tone })), ...badgeColours.map((badge) => ({ badge }))];
const shapes = [{}, { bold: true }, { inverse: true }, { bold: true, inverse: true }];

describe.each(themeNames)('the theme %s', (name) => {
  it.each(colours)('with %i colours looks as Ink makes it look', async (many) => {
    const spans: Span[] = looks.flatMap((look) =>
      shapes.map((shape) => ({ text: ' x y', ...look, ...shape })),
    );
    const lines = spans.map((span, at) => [span, spans[(at * 7 + 3) % spans.length]!]);
    const frames = [lines, lines.toReversed()].map((each) => ({ lines: each }));
    await compare(frames, { columns: 8, rows: lines.length }, themeOf(name, many));
  });
});

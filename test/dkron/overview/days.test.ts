import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayLines, knownDays } from '../../../src/dkron/overview/days.ts';
import type { DayOfRuns } from '../../../src/dkron/shapes.ts';
import { width } from '../../../src/terminal/cell.ts';
import { lineText } from '../../../src/view/line.ts';
import { words } from '../../../src/view/words.ts';

const day = (date: string, success_count: number, failed_count = 0): DayOfRuns => ({
  date: `${date}T00:00:00Z`,
  success_count,
  failed_count,
});

it('shows the newest day first, and none before the first that anything ran on', () => {
  const days = [
    day('2026-11-24', 0),
    day('2026-11-25', 1),
    day('2026-11-26', 0),
    day('2026-11-27', 3),
  ];
  expect(knownDays(days).map(({ date }) => date.slice(8, 10))).toEqual(['27', '26', '25']);
  expect(knownDays([day('2026-11-27', 0)])).toEqual([]);
});

it('says in words what the bars say', () => {
  const lines = dayLines([day('2026-11-26', 18_211, 71), day('2026-11-27', 9_000)], 80);
  expect(lines.map(words)).toEqual([
    '27 Nov, 9 000 ok, none failed, so far',
    '26 Nov, 18 211 ok, 71 failed, 0.4 %',
  ]);
});

const cellsOf = (text: string, glyph: RegExp): number => text.match(glyph)?.length ?? 0;

it('draws bars that fit, in proportion, and leaves out nothing that failed', () => {
  const counts = fc.tuple(fc.nat(1_000_000), fc.nat(100_000));
  const many = fc.array(counts, { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(many, fc.integer({ min: 60, max: 200 }), (all, columns) => {
      const days = all.map(([ok, bad], at) => ({ ...day('2026-01-01', ok, bad), date: `d${at}` }));
      const known = knownDays(days);
      const lines = dayLines(days, columns).map(lineText);
      expect(lines).toHaveLength(known.length);
      const room = columns - 8 - 42;
      const most = Math.max(1, ...known.map((one) => one.success_count + one.failed_count));
      for (const [at, text] of lines.entries()) {
        const { success_count: ok, failed_count: bad } = known[at]!;
        const bars = /[█▏▎▍▌▋▊▉▒]/g;
        const failed = cellsOf(text, /▒/g);
        expect(failed > 0).toBe(bad > 0);
        expect(cellsOf(text, bars)).toBeLessThanOrEqual(room);
        const whole = cellsOf(text, /█/g);
        const exact = Math.min(room - failed, (ok / most) * room);
        expect(Math.abs(whole - exact)).toBeLessThanOrEqual(1);
        expect(width(text)).toBeLessThanOrEqual(columns + 12);
      }
    }),
  );
});

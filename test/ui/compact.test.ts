import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compact } from '../../src/ui/compact.ts';
import { type Line, lineText, type Tone } from '../../src/view/line.ts';

const spans = fc.array(
  fc.record({
    text: fc.constantFrom('', ' ', '  ', 'a', 'job-1', ' x '),
    tone: fc.constantFrom<Tone>('ok', 'bad', 'quiet', 'plain'),
    bold: fc.boolean(),
    inverse: fc.boolean(),
  }),
);

/** Each cell with the look it has, the blanks without a bar at the end left out. */
const cells = (line: Line): string[] => {
  const all = line.flatMap(({ text, tone = 'plain', bold = false, inverse = false }) =>
    Array.from(text, (cell) => `${cell}${tone}${bold}${inverse}`),
  );
  while (/^ .*false$/.test(all.at(-1) ?? '')) all.pop();
  return all;
};

describe('a line in as few spans as it has looks', () => {
  it('shows the same', () => {
    fc.assert(
      fc.property(spans, (line) => {
        expect(cells(compact(line))).toEqual(cells(line));
      }),
    );
  });

  it('has no two neighbours that look alike', () => {
    const look = (line: Line): string[] =>
      line.map(({ text, ...rest }) => JSON.stringify([rest.tone, rest.bold, rest.inverse]));
    fc.assert(
      fc.property(spans, (line) => {
        const looks = look(compact(line));
        expect(looks.every((one, at) => one !== looks[at + 1])).toBe(true);
      }),
    );
  });

  it('keeps the bar of the row under the cursor to its end', () => {
    const line = [{ text: 'job', inverse: true }, { text: '   ', inverse: true }, { text: '  ' }];
    expect(lineText(compact(line))).toBe('job   ');
  });
});

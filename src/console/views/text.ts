/** Long text: an output, a body, a job as the server stores it. Only the lines in the window are drawn. */
import { cleanLines, slice, width, wrap } from '../../terminal/cell.ts';
import { matchesIn } from '../../terminal/search.ts';
import { bodyRows } from '../layout.ts';
import { bold, type Line, plain, quiet, type Span, toned } from '../line.ts';
import { memo } from '../memo.ts';
import type { State, TextScreen } from '../model.ts';
import { fillRows, spread } from './compose.ts';

/** The text in screen lines: wrapped to the width, or each line whole. Escape codes are gone. */
export const textLines = memo(
  (text: string, wrapped: boolean, columns: number): readonly string[] => {
    const lines = cleanLines(text);
    if (lines.length > 1 && lines.at(-1) === '') lines.pop();
    return wrapped ? lines.flatMap((line) => wrap(line, columns)) : lines;
  },
);

export const linesOf = (state: State, screen: TextScreen): readonly string[] =>
  textLines(screen.text ?? '', screen.wrap, textColumns(state));

export const textColumns = (state: State): number => state.columns - 2;

/** The top line of the last page. */
export const lastTop = (state: State, screen: TextScreen): number =>
  Math.max(0, linesOf(state, screen).length - bodyRows(state));

/** The first line shown: a window that grew, or a text that shrank, never shows past the end. */
export const topOf = (state: State, screen: TextScreen): number =>
  Math.min(screen.top, lastTop(state, screen));

/** Wrapped instead of whole, or whole instead of wrapped, with the same line of the text on top. */
export function rewrapped(state: State, screen: TextScreen): Pick<TextScreen, 'wrap' | 'top'> {
  const top = topOf(state, screen);
  const whole = linesOf(state, { ...screen, wrap: false });
  let above = 0;
  for (const [at, line] of whole.entries()) {
    const rows = wrap(line, textColumns(state)).length;
    if (screen.wrap ? above + rows > top : at === top)
      return { wrap: !screen.wrap, top: screen.wrap ? at : above };
    above += rows;
  }
  return { wrap: !screen.wrap, top: 0 };
}

/** Indexes of the screen lines that hold the words searched for. */
export const matchesOf = memo((lines: readonly string[], search: string): readonly number[] => {
  if (search === '') return [];
  return lines.flatMap((line, at) => (matchesIn(line, search).length > 0 ? [at] : []));
});

export function textTitle(state: State, screen: TextScreen): Line {
  const lines = linesOf(state, screen);
  const matches = matchesOf(lines, screen.search);
  const last = Math.min(lines.length, topOf(state, screen) + bodyRows(state));
  return spread(
    [bold(` ${screen.title}`)],
    [
      ...(screen.search === ''
        ? []
        : [
            plain(`/${screen.search}  `),
            quiet(`${matches.length} ${matches.length === 1 ? 'line' : 'lines'}  `),
          ]),
      ...(screen.truncated ? [toned('only the end; f loads all  ', 'attention')] : []),
      quiet(`${last}/${lines.length} `),
    ],
    state.columns,
  );
}

export function textBody(state: State, screen: TextScreen): Line[] {
  const rows = bodyRows(state);
  if (screen.text === null) return fillRows([[quiet('  loading…')]], rows);
  if (screen.text === '') return fillRows([[quiet('  It printed nothing.')]], rows);
  const top = topOf(state, screen);
  const lines = linesOf(state, screen).slice(top, top + rows);
  return fillRows(
    lines.map((line) => textLine(slice(line, screen.left, textColumns(state)), screen.search)),
    rows,
  );
}

/** The line with every match inverse. */
function textLine(text: string, search: string): Line {
  const spans: Span[] = [plain(' ')];
  let done = 0;
  for (const [from, to] of matchesIn(text, search)) {
    spans.push(plain(text.slice(done, from)), { text: text.slice(from, to), inverse: true });
    done = to;
  }
  return [...spans, plain(text.slice(done))];
}

/** The widest line, for scrolling sideways. */
export const widest = memo((lines: readonly string[]): number =>
  lines.reduce((most, line) => Math.max(most, width(line)), 0),
);

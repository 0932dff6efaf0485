/** Long text: an output, a body, a job as the server stores it. Only the lines in the window are drawn. */
import { cleanLines, slice, width, wrap } from '../../terminal/cell.ts';
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

const textColumns = (state: State): number => state.columns - 2;

/** The first line shown: a window that grew, or a text that shrank, never shows past the end. */
export const topOf = (state: State, screen: TextScreen): number =>
  Math.min(screen.top, Math.max(0, linesOf(state, screen).length - bodyRows(state)));

/** Indexes of the screen lines that hold the words searched for. */
export const matchesOf = memo((lines: readonly string[], search: string): readonly number[] => {
  if (search === '') return [];
  const wanted = search.toLowerCase();
  return lines.flatMap((line, at) => (line.toLowerCase().includes(wanted) ? [at] : []));
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
        : [plain(`/${screen.search}  `), quiet(`${matches.length} lines  `)]),
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
  const wanted = search.toLowerCase();
  const lower = text.toLowerCase();
  let from = 0;
  for (
    let at = wanted === '' ? -1 : lower.indexOf(wanted);
    at >= 0;
    at = lower.indexOf(wanted, from)
  ) {
    spans.push(plain(text.slice(from, at)), {
      text: text.slice(at, at + wanted.length),
      inverse: true,
    });
    from = at + wanted.length;
  }
  return [...spans, plain(text.slice(from))];
}

/** The widest line, for scrolling sideways. */
export const widest = memo((lines: readonly string[]): number =>
  lines.reduce((most, line) => Math.max(most, width(line)), 0),
);

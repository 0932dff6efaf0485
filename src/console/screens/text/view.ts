/** Long text: an output, a body, a job as the server stores it. Only the rows in the window are drawn. */

import { slice, width } from '../../../terminal/cell.ts';
import { fillRows, spread } from '../../../view/compose.ts';
import { bold, type Line, plain, quiet, type Span, toned } from '../../../view/line.ts';
import { memo } from '../../../view/memo.ts';
import { rfc3339 } from '../../../view/short.ts';
import { zoneOfTimes } from '../../../view/zones.ts';
import { bodyRows, firstShown } from '../../state/layout.ts';
import type { Live, State, TextScreen } from '../../state/model.ts';
import { noteLine, noteText } from './note.ts';
import {
  firstRowOf,
  goesOn,
  hasPretty,
  type Match,
  matchesOf,
  shownText,
  type TextRow,
  type TextRows,
  textRows,
} from './rows.ts';

/** Rows of the text: the line above it takes one where there is room for it. */
export const textHeight = (state: State, screen: TextScreen): number => {
  const body = bodyRows(state);
  return Math.max(1, body - (noteText(state, screen) === null ? 0 : 1));
};

export const textColumns = (state: State): number => state.columns - 2;

export const rowsOf = (state: State, screen: TextScreen): TextRows =>
  textRows(shownText(screen), screen.wrap, textColumns(state));

export const rowCount = (state: State, screen: TextScreen): number =>
  rowsOf(state, screen).rows.length;

/** As the first row: the last page, at any size. */
export const toEnd = Number.MAX_SAFE_INTEGER;

/** The top row of the last page. */
export const lastTop = (state: State, screen: TextScreen): number =>
  firstShown(toEnd, rowCount(state, screen), textHeight(state, screen));

/** The first row shown: a window that grew, or a text that shrank, never shows past the end. */
export const topOf = (state: State, screen: TextScreen): number =>
  firstShown(screen.top, rowCount(state, screen), textHeight(state, screen));

/** Whether the last page shows: what is printed next is to be seen, too. */
export const isAtEnd = (state: State, screen: TextScreen): boolean =>
  topOf(state, screen) === lastTop(state, screen);

/** Wrapped instead of whole, or whole instead of wrapped, with the same line of the text on top. */
export function rewrapped(state: State, screen: TextScreen): TextScreen {
  const line = rowsOf(state, screen).rows[topOf(state, screen)]?.line ?? 0;
  const other = { ...screen, wrap: !screen.wrap, left: 0 };
  return { ...other, top: firstRowOf(rowsOf(state, other).rows, line) };
}

export const matchesIn = (state: State, screen: TextScreen): readonly Match[] =>
  matchesOf(rowsOf(state, screen).lines, screen.search);

export function textTitle(state: State, screen: TextScreen): Line {
  const rows = rowCount(state, screen);
  const last = Math.min(rows, topOf(state, screen) + textHeight(state, screen));
  const json = hasPretty(screen) ? [quiet(screen.raw ? 'as printed  ' : 'JSON formatted  ')] : [];
  return spread(
    [bold(` ${titleOf(state, screen)}`)],
    [
      plain('  '),
      ...searchSpans(matchesIn(state, screen).length, screen),
      ...json,
      ...(screen.truncated ? [toned('only the end; f loads all  ', 'attention')] : []),
      quiet(`${last}/${rows} `),
    ],
    state.columns,
  );
}

/** How a run goes that has no end. */
const going: Readonly<Record<Live['kind'], string>> = {
  untold: '▸ running',
  runs: '▸ running',
  lost: '? no end',
  gone: '? not stored',
};

function titleOf(state: State, { title, job, run, live }: TextScreen): string {
  if (run === undefined) return title;
  const zone = zoneOfTimes(state, state.jobs.byName.get(job)?.job);
  const at = run.at === null ? [] : [rfc3339(run.at, zone)];
  return [title, ...at, run.words, ...(live === undefined ? [] : [going[live.kind]])].join('  ');
}

/** `/needle  3 of 17`. */
function searchSpans(count: number, { search, match }: TextScreen): Line {
  if (search === '') return [];
  if (count === 0) return [plain(`/${search}  `), toned('no match  ', 'attention')];
  return [
    plain(`/${search}  `),
    quiet(`${match === undefined ? '' : `${match + 1} of `}${count}  `),
  ];
}

export function textBody(state: State, screen: TextScreen): Line[] {
  const note = noteLine(state, screen);
  const height = textHeight(state, screen);
  return [...(note === null ? [] : [note]), ...linesOf(state, screen, height)];
}

function linesOf(state: State, screen: TextScreen, height: number): Line[] {
  if (screen.text === null) return fillRows([[quiet('  loading…')]], height);
  if (screen.text === '') return fillRows([[quiet(`  ${nothingText(state, screen)}`)]], height);
  const top = topOf(state, screen);
  const matches = matchesIn(state, screen);
  const byLine = matchesByLine(matches);
  const current = screen.match === undefined ? undefined : matches[screen.match];
  const shown = rowsOf(state, screen).rows.slice(top, top + height);
  return fillRows(
    shown.map((row) =>
      rowSpans(row, byLine.get(row.line) ?? [], current, screen.left, textColumns(state)),
    ),
    height,
  );
}

/** Why there is no text. */
function nothingText(state: State, { live, job }: TextScreen): string {
  if (live === undefined) return 'It printed nothing.';
  if (live.kind === 'untold') return 'asking what it prints…';
  if (live.kind !== 'runs') return 'Nothing was told of its output.';
  const isCall = state.jobs.byName.get(job)?.job.executor === 'http';
  return isCall
    ? 'Nothing yet: a call (http) prints its answer when it ends.'
    : 'It has printed nothing yet.';
}

const matchesByLine = memo((matches: readonly Match[]) => Map.groupBy(matches, ({ line }) => line));

/**
 * The row with every match inverse, bold and in colour the one that was gone to; `…` where it is cut.
 * A row of a wrapped line shows what of a match is its own.
 */
function rowSpans(
  { text, from: start }: TextRow,
  matches: readonly Match[],
  current: Match | undefined,
  left: number,
  columns: number,
): Line {
  const cut = goesOn(text, left + columns);
  const window = { from: left + (left > 0 ? 1 : 0), to: left + columns - (cut ? 1 : 0) };
  const spans: Span[] = [];
  let done = window.from;
  let read = { unit: 0, cell: 0 };
  const cellAt = (unit: number): number => {
    read = { unit, cell: read.cell + width(text.slice(read.unit, unit)) };
    return read.cell;
  };
  const upTo = (cell: number, look: Omit<Span, 'text'>): void => {
    const end = Math.min(cell, window.to);
    if (end > done) spans.push({ text: slice(text, done, end - done), ...look });
    done = Math.max(done, end);
  };
  for (const match of matches) {
    if (match.to <= start) continue;
    if (match.from >= start + text.length) break;
    const begins = cellAt(Math.max(0, match.from - start));
    if (begins >= window.to) break;
    upTo(begins, {});
    upTo(
      cellAt(Math.min(text.length, match.to - start)),
      match === current ? { inverse: true, bold: true, tone: 'bad' } : { inverse: true },
    );
  }
  upTo(window.to, {});
  return [quiet(left > 0 && text !== '' ? ' …' : ' '), ...spans, ...(cut ? [quiet('…')] : [])];
}

/** The widest row, for scrolling sideways. */
export const widest = memo(({ rows }: TextRows): number =>
  rows.reduce((most, { text }) => Math.max(most, width(text)), 0),
);

/** Firings that did not happen, a row each, and below the list why the one under the cursor did not. */
import { counted } from '../../../base/counted.ts';
import { jobFilter } from '../../../job/filter.ts';
import { filterProblem } from '../../../job/filter-language.ts';
import type { Entry } from '../../../oversight/report.ts';
import { isSure } from '../../../oversight/verdict.ts';
import { causeWords } from '../../../oversight/words.ts';
import { clean, width } from '../../../terminal/cell.ts';
import { fillRows, paragraph, rule, spread } from '../../../view/compose.ts';
import { statusSpan } from '../../../view/job-columns.ts';
import { bold, type Line, plain, quiet, type Span, toned } from '../../../view/line.ts';
import { memo } from '../../../view/memo.ts';
import { rfc3339, shortClock, shortSpan } from '../../../view/short.ts';
import { cells, row, type Width } from '../../../view/table.ts';
import { zoneOfTimes, zoneText } from '../../../view/zones.ts';
import { windowOf } from '../../state/cursor.ts';
import { listRows } from '../../state/layout.ts';
import type { MissedScreen, State } from '../../state/model.ts';
import { entryHere, type MissedRows, rowsOfMissed } from './rows.ts';

export function missedTitle(state: State, screen: MissedScreen): Line {
  const { rows } = rowsOfMissed(state, screen);
  const going = rows.filter((entry) => entry.endedAt === null && isSure(entry)).length;
  const over = rows.filter(({ endedAt }) => endedAt !== null).length;
  const words = `${counted(going, 'goes', 'go')} on · ${over} over in the last day`;
  return spread(
    [plain(' '), bold('Missed'), quiet(`  ${words}`)],
    [plain(screen.filter === '' ? ' ' : ` /${screen.filter} `)],
    state.columns,
  );
}

/** Rows below the list, with their rule; none on a low terminal. */
const wordsRows = ({ rows }: State): number => (rows < 18 ? 0 : 4);

export const missedRows = (state: State): number => Math.max(1, listRows(state) - wordsRows(state));

const titles = ['STATE', 'JOB', 'DUE', 'AGO', 'FIRINGS', 'WHY'];

const widthsAt = memo((rows: MissedRows, columns: number): Width[] => {
  const names = rows.rows.reduce((most, { job }) => Math.max(most, width(job)), 4);
  const job = Math.min(names, Math.max(12, Math.floor(columns * 0.3)));
  const used = 3 + 10 + 2 + job + 2 + 12 + 2 + 6 + 2 + 7 + 2;
  return [
    { width: 10 },
    { width: job },
    { width: 12 },
    { width: 6, align: 'right' },
    { width: 7, align: 'right' },
    { width: Math.max(4, columns - used) },
  ];
});

export function missedBody(state: State, screen: MissedScreen): Line[] {
  const height = missedRows(state);
  const found = rowsOfMissed(state, screen);
  const widths = widthsAt(found, state.columns);
  const { start, end } = windowOf(screen.cursor, found, height);
  const rows = found.rows.slice(start, end).map((entry, at) =>
    row(cells(cellsOf(state, entry), widths), {
      cursor: found.keys.at(start + at) === screen.cursor.key,
      marked: false,
      columns: state.columns,
    }),
  );
  return [
    [plain('   '), ...cells(titles.map(quiet), widths)],
    ...fillRows(rows.length > 0 ? rows : emptyLines(state, screen), height),
    ...wordsLines(state),
  ];
}

function cellsOf(state: State, entry: Entry): Span[] {
  const now = state.now - state.clocks.skew;
  const zone = zoneOfTimes(state, state.jobs.byName.get(entry.job)?.job);
  return [
    statusSpan(entry.state),
    plain(entry.job),
    plain(shortClock(entry.at, now, zone)),
    quiet(entry.at > now ? '–' : shortSpan(now - entry.at)),
    plain(`${entry.count}×`),
    quiet(clean(whyOf(state, entry))),
  ];
}

function whyOf(state: State, { job, cause }: Entry): string {
  const zone = zoneOfTimes(state, state.jobs.byName.get(job)?.job);
  return causeWords(cause, (at) => rfc3339(at, zone), state.server?.version);
}

function emptyLines(state: State, { filter }: MissedScreen): Line[] {
  const wrong = filterProblem(filter, jobFilter);
  if (wrong !== null)
    return paragraph(wrong, state.columns - 4).map((line) => [toned(`   ${line}`, 'bad')]);
  const none =
    filter === '' ? 'Nothing is late, stuck or missed.' : 'Nothing matches; esc clears the filter.';
  return [[quiet(`   ${none}`)]];
}

function wordsLines(state: State): Line[] {
  const rows = wordsRows(state);
  if (rows === 0) return [];
  const entry = entryHere(state);
  const zone = zoneText(state, state.jobs.byName.get(entry?.job ?? '')?.job);
  if (entry === undefined) return fillRows([rule(state.columns, zone)], rows);
  const job = state.jobs.byName.get(entry.job)?.job;
  const clock = (at: number): string => rfc3339(at, zoneOfTimes(state, job));
  const over = entry.endedAt === null ? '' : `; over ${clock(entry.endedAt)}`;
  const why = whyOf(state, entry) || 'nothing that was seen tells why';
  const text = clean(`due ${clock(entry.at)}${over}: ${why}`);
  return fillRows(
    [
      rule(state.columns, `${clean(entry.job)} ─ ${zone}`),
      ...paragraph(text, state.columns - 4)
        .slice(0, rows - 1)
        .map((line): Line => [plain(`   ${line}`)]),
    ],
    rows,
  );
}

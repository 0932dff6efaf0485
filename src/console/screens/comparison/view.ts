/** How a snapshot and another, or the server, differ, and the difference of the job under the cursor. */

import { counted } from '../../../base/counted.ts';
import type { FieldChange } from '../../../job/compare.ts';
import { filterBy, filterProblem, type Language } from '../../../job/filter-language.ts';
import { maskChange } from '../../../job/mask.ts';
import type { JobDifference } from '../../../snapshot/diff/compare.ts';
import type { Title, TitledComparison } from '../../../snapshot/diff/open.ts';
import { countsOf, kindWords } from '../../../snapshot/diff/words.ts';
import { clean, width } from '../../../terminal/cell.ts';
import { fillRows, fitLine, from, paragraph, spread } from '../../../view/compose.ts';
import { changeLines, differenceOverhang } from '../../../view/diff.ts';
import { bold, type Line, plain, quiet, type Span, toned } from '../../../view/line.ts';
import { memo } from '../../../view/memo.ts';
import { shortClock } from '../../../view/short.ts';
import { changesText } from '../../../view/step.ts';
import { cells, row, type Width } from '../../../view/table.ts';
import { zoneOfTimes, zoneText } from '../../../view/zones.ts';
import { keysOf, type Rows, windowOf } from '../../state/cursor.ts';
import { planRows } from '../../state/layout.ts';
import type { ComparisonScreen, State } from '../../state/model.ts';
import { partBelow } from '../below.ts';

export const comparisonFilter: Language<JobDifference> = {
  keys: {
    kind: {
      help: 'kind:added  added, removed, changed or unreadable',
      values: Object.keys(kindWords),
      test:
        (value) =>
        ({ kind }) =>
          kind.startsWith(value),
    },
  },
  word: ({ name, kind }, word) => name.toLowerCase().includes(word) || kind.startsWith(word),
};

export interface ComparisonRows extends Rows {
  readonly rows: readonly JobDifference[];
  /** Cells. */
  readonly longestName: number;
}

export const comparisonRows = memo(
  (comparison: TitledComparison | null, filter: string): ComparisonRows => {
    const rows = (comparison?.differences ?? []).filter(filterBy(filter, comparisonFilter));
    return {
      ...keysOf(rows.map(({ name }) => name)),
      rows,
      longestName: rows.reduce((most, { name }) => Math.max(most, width(name)), 0),
    };
  },
);

export function comparisonTitle(state: State, { comparison, filter }: ComparisonScreen): Line {
  const counts = comparison === null ? 'comparing…' : countsWord(comparison);
  return spread(
    [plain(' '), bold('Compare'), quiet(`  ${counts}`)],
    [plain(filter === '' ? ' ' : ` /${filter} `), quiet(` ${zoneText(state)} `)],
    state.columns,
  );
}

/** `+2 −1 ~5 · 40 the same` */
function countsWord(comparison: TitledComparison): string {
  const { same, ...counts } = countsOf(comparison);
  const told = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${kindWords[kind as JobDifference['kind']].sign}${count}`);
  return `${told.join(' ') || 'no differences'} · ${same} the same`;
}

export function comparisonBody(state: State, screen: ComparisonScreen): Line[] {
  const { columns } = state;
  const { comparison, filter, cursor, inPane } = screen;
  const found = comparisonRows(comparison, filter);
  const { list: height, diff: under } = planRows(state, found.keys.length);
  const widths = widthsAt(columns, found.longestName);
  const { start, end } = windowOf(cursor, found, height);
  const left = inPane ? 0 : (screen.left ?? 0);
  const rows = found.rows.slice(start, end).map((difference) =>
    row(cells(rowSpans(difference, screen, left), widths), {
      cursor: difference.name === cursor.key,
      marked: false,
      columns,
      dull: inPane,
    }),
  );
  const word = cursor.key === null ? 'difference' : `difference of ${cursor.key}`;
  return [
    ...titleLines(state, screen),
    ...fillRows(rows.length > 0 ? rows : emptyLines(screen, columns), height),
    ...(under > 0
      ? partBelow(differenceOf(state, screen), word, screen, { rows: under, columns })
      : []),
  ];
}

/** What is compared, and of when it is. */
const titleLines = (state: State, { comparison, problem }: ComparisonScreen): Line[] =>
  comparison === null
    ? [[quiet(problem === undefined ? '   reading both sides…' : '')], []]
    : [titleLine(state, 'A', comparison.from), titleLine(state, 'B', comparison.to)];

function titleLine(state: State, letter: string, { name, at, what, jobs }: Title): Line {
  const when = at === null ? '' : `  ${what} ${shortClock(at, state.now, zoneOfTimes(state))}`;
  const told = quiet(`${when}  ${counted(jobs)}`);
  return fitLine([quiet(` ${letter} `), plain(clean(name)), told], state.columns);
}

function widthsAt(columns: number, longestName: number): Width[] {
  const name = Math.min(Math.max(18, longestName), Math.floor(columns * 0.42));
  return [{ width: 1 }, { width: name }, { width: Math.max(6, columns - name - 8) }];
}

const rowSpans = (difference: JobDifference, screen: ComparisonScreen, left: number): Span[] => {
  const { sign, tone } = kindWords[difference.kind];
  return [
    toned(sign, tone),
    plain(difference.name),
    quiet(from(fieldsOf(difference, screen), left)),
  ];
};

/** Of a job that only one of them has, all fields differ. */
const fieldsOf = (difference: JobDifference, screen: ComparisonScreen): string => {
  if (difference.kind === 'changed') return clean(changesText(changesOf(difference, screen)));
  return difference.why === '' ? kindWords[difference.kind].word : clean(difference.why);
};

const masked = memo((difference: JobDifference): readonly FieldChange[] =>
  difference.changes.map(maskChange),
);

/** Without credentials, unless they were asked for. */
export const changesOf = (
  difference: JobDifference,
  { secrets }: ComparisonScreen,
): readonly FieldChange[] => (secrets ? difference.changes : masked(difference));

function emptyLines({ comparison, problem, filter }: ComparisonScreen, columns: number): Line[] {
  if (problem !== undefined)
    return paragraph(problem, columns - 6).map((line) => [toned(`   ${line}`, 'bad')]);
  if (comparison === null) return [];
  const wrong = filterProblem(filter, comparisonFilter);
  if (wrong !== null)
    return paragraph(wrong, columns - 4).map((line) => [toned(`   ${line}`, 'bad')]);
  return [
    [quiet(filter === '' ? '   They are the same.' : '   No job matches; esc clears the filter.')],
  ];
}

export const differenceHere = ({
  comparison,
  cursor,
}: ComparisonScreen): JobDifference | undefined =>
  comparison?.differences.find(({ name }) => name === cursor.key);

/** All lines of the difference of the job under the cursor. */
export function differenceOf(state: State, screen: ComparisonScreen): Line[] {
  const difference = differenceHere(screen);
  if (difference === undefined) return [];
  const columns = state.columns - 1;
  if (difference.kind === 'unreadable')
    return paragraph(difference.why, columns).map((text) => [quiet(text)]);
  const left = screen.inPane ? (screen.left ?? 0) : 0;
  return changeLines(changesOf(difference, screen), columns, left);
}

/** How much wider than its place the widest text is that can be scrolled sideways. */
export function overhang(state: State, screen: ComparisonScreen): number {
  if (screen.inPane) {
    const difference = differenceHere(screen);
    return difference === undefined
      ? 0
      : differenceOverhang(changesOf(difference, screen), state.columns - 1);
  }
  const { rows, longestName } = comparisonRows(screen.comparison, screen.filter);
  const room = widthsAt(state.columns, longestName).at(-1)!.width;
  return rows.reduce((most, one) => Math.max(most, width(fieldsOf(one, screen)) - room), 0);
}

/** Findings, a row each, and below the list the one under the cursor in whole sentences. */
import { counted } from '../../../base/counted.ts';
import { filterProblem } from '../../../job/filter-language.ts';
import { findingText, findingWords, type Level } from '../../../job/lint/finding.ts';
import {
  countLevels,
  type Found,
  foundFilter,
  isMendable,
  keyOf,
  levelsText,
} from '../../../job/lint/found.ts';
import { clean, width } from '../../../terminal/cell.ts';
import { fillRows, from, paragraph, rule, spread } from '../../../view/compose.ts';
import { ignoredText, levelTones } from '../../../view/findings.ts';
import { bold, type Line, plain, quiet, type Span, toned } from '../../../view/line.ts';
import { memo } from '../../../view/memo.ts';
import { cells, row, type Width } from '../../../view/table.ts';
import { windowOf } from '../../state/cursor.ts';
import { listRows } from '../../state/layout.ts';
import type { LintScreen, State } from '../../state/model.ts';
import { foundHere, rowsOfLint } from './rows.ts';

const countsOf = memo((found: readonly Found[]) => levelsText(countLevels(found)));

export function lintTitle(state: State, screen: LintScreen): Line {
  const { what, looked, names, found, filter, ignored } = screen;
  const counts =
    found === null
      ? `checking ${looked} of ${names.length}…`
      : `${countsOf(found)} in ${what}${ignoredText(ignored)}`;
  return spread(
    [plain(' '), bold('Checks'), quiet(`  ${counts}`)],
    [plain(filter === '' ? ' ' : ` /${filter} `)],
    state.columns,
  );
}

/** Rows below the list, with their rule; none on a low terminal. */
const wordsRows = ({ rows }: State): number => (rows < 18 ? 0 : 5);

export const lintRows = (state: State): number => Math.max(1, listRows(state) - wordsRows(state));

const levelWidth = 7;
const fixWidth = 3;

const widthsAt = memo((found: LintScreen['found'], columns: number): Width[] => {
  const most = (words: (found: Found) => string): number =>
    (found ?? []).reduce((sum, one) => Math.max(sum, width(words(one))), 4);
  const job = Math.min(
    most(({ job }) => job),
    Math.floor(columns * 0.26),
  );
  const rules = Math.min(
    most(({ finding }) => finding.rule),
    columns >= 100 ? 20 : 14,
  );
  const used = 3 + levelWidth + 2 + rules + 2 + job + 2 + fixWidth + 2;
  return [
    { width: levelWidth },
    { width: rules },
    { width: job },
    { width: fixWidth },
    { width: Math.max(8, columns - used) },
  ];
});

export function lintBody(state: State, screen: LintScreen): Line[] {
  const { columns } = state;
  const height = lintRows(state);
  const found = rowsOfLint(screen);
  const widths = widthsAt(screen.found, columns);
  const { start, end } = windowOf(screen.cursor, found, height);
  const rows = found.rows.slice(start, end).map((one, at) =>
    row(cells(cellsOf(one, screen.left ?? 0), widths), {
      cursor: found.keys.at(start + at) === screen.cursor.key,
      marked: screen.marks.has(keyOf(one)),
      columns,
    }),
  );
  const head = cells(['LEVEL', 'RULE', 'JOB', 'FIX', 'WHAT'].map(quiet), widths);
  return [
    [plain('   '), ...head],
    ...fillRows(rows.length > 0 ? rows : emptyLines(screen, columns), height),
    ...wordsLines(state, screen),
  ];
}

const cellsOf = ({ job, finding }: Found, left: number): Span[] => [
  toned(finding.level, levelTones[finding.level]),
  quiet(finding.rule),
  plain(job),
  quiet(isMendable(finding) ? 'fix' : ''),
  plain(from(clean(findingText(finding)), left)),
];

/** How much wider than its place the longest text is. */
export const lintOverhang = (state: State, { found, filter }: LintScreen): number =>
  longest(found, filter) - widthsAt(found, state.columns).at(-1)!.width;

const longest = memo((found: LintScreen['found'], _filter: string): number =>
  (found ?? []).reduce((most, { finding }) => Math.max(most, width(findingText(finding))), 0),
);

function emptyLines({ found, filter }: LintScreen, columns: number): Line[] {
  if (found === null) return [[quiet('   looking at the jobs…')]];
  const wrong = filterProblem(filter, foundFilter);
  if (wrong !== null)
    return paragraph(wrong, columns - 4).map((line) => [toned(`   ${line}`, 'bad')]);
  const none =
    found.length === 0
      ? 'Nothing is wrong with these jobs.'
      : 'Nothing matches; esc clears the filter.';
  return [[quiet(`   ${none}`)]];
}

const meanings: Readonly<Record<Level, string>> = {
  error: 'Dkron refuses it, or it breaks others',
  warning: 'Dkron takes it, and it does not do what it seems to say',
  note: 'it does what it says; to be known',
};

function wordsLines(state: State, screen: LintScreen): Line[] {
  const rows = wordsRows(state);
  if (rows === 0) return [];
  const here = foundHere(screen);
  if (here === undefined) return fillRows([rule(state.columns)], rows);
  const { job, finding } = here;
  const { level, path } = finding;
  const head = `${clean(job)} · ${level}: ${meanings[level]}`;
  const marked =
    screen.marks.size === 0 ? '' : ` · ${counted(screen.marks.size, 'fix', 'fixes')} marked`;
  const lines = paragraph(clean(`${path}: ${findingWords(finding)}`), state.columns - 4);
  return fillRows(
    [
      rule(state.columns, `${head}${marked}`),
      ...lines.slice(0, rows - 1).map((line): Line => [plain(`   ${line}`)]),
    ],
    rows,
  );
}

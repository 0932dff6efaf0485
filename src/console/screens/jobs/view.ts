/** The table of all jobs, with the job under the cursor in a strip below or a pane at the right. */

import { jobFilter } from '../../../job/filter.ts';
import { filterProblem } from '../../../job/filter-language.ts';
import { nextOf } from '../../../job/runs.ts';
import { standingOf } from '../../../job/status.ts';
import {
  bar,
  beside,
  blank,
  fillRows,
  fitLine,
  paragraph,
  rule,
  spread,
} from '../../../view/compose.ts';
import { columns as allColumns, columnOf, rowOf, type Sort } from '../../../view/job-columns.ts';
import { type Line, plain, quiet, toned } from '../../../view/line.ts';
import { memo, memoEach } from '../../../view/memo.ts';
import { type Placed, placeColumns } from '../../../view/place-columns.ts';
import { cells, rowsByKey } from '../../../view/table.ts';
import { windowOf } from '../../state/cursor.ts';
import {
  bodyRows,
  firstShown,
  paneColumns,
  stripHeight,
  tableColumns,
  tableRows,
} from '../../state/layout.ts';
import { lostReason, portForwardHint } from '../../state/link.ts';
import type { JobsScreen, State } from '../../state/model.ts';
import { arrow } from '../../state/sort.ts';
import { standingsIn } from '../../state/standings.ts';
import { countSpans } from './counts.ts';
import { glance, paneLines } from './glance.ts';
import { visibleOf } from './visible.ts';

/** `Jobs  412 · 3 failed        /executor:http  38 shown`. */
export function jobsTitle(state: State, screen: JobsScreen): Line {
  const shown = visibleOf(state, screen).keys.length;
  const right: Line = [
    plain('  '),
    ...(screen.marks.size > 0 ? [toned(`${screen.marks.size} marked  `, 'attention')] : []),
    ...hiddenOrder(state, screen),
    ...(screen.filter === '' ? [] : [plain(`/${screen.filter}  `)]),
    ...underWay(screen),
    ...(screen.filter === '' || screen.held ? [] : [quiet(`${shown} shown `)]),
  ];
  return spread([plain(' Jobs  '), ...countSpans(state)], right, state.columns);
}

/** The rows are still those of before. */
function underWay({ held, sort, filter }: JobsScreen): Line {
  if (held === undefined) return [];
  const isSearch = held.filter !== filter;
  return [quiet(isSearch ? 'searching… ' : `sorting by ${columnOf(sort.column).title}… `)];
}

/** What the rows are sorted by, when that column is not among those that show. */
function hiddenOrder(state: State, screen: JobsScreen): Line {
  const { longestName } = visibleOf(state, screen);
  const { sort } = screen.held ?? screen;
  const placed = placeColumns(tableColumns(state), longestName, screen.left);
  if (placed.some(({ column }) => column.id === sort.column)) return [];
  return [quiet(`by ${columnOf(sort.column).title} ${arrow(sort)}  `)];
}

export function jobsBody(state: State, screen: JobsScreen, inset: readonly Line[]): Line[] {
  const pane = paneColumns(state);
  const table = tableLines(state, screen, inset);
  if (pane > 0) {
    const lines = paneLines(state);
    const top = firstShown(screen.top, lines.length, bodyRows(state));
    return withPane(table, lines.slice(top), state, screen);
  }
  const strip = stripHeight(state);
  if (strip === 0 || inset.length > 0) return table;
  const below = glance(state, strip - 1).map((line): Line => [{ text: '', entry: true }, ...line]);
  return [...table, rule(state.columns), ...below];
}

function tableLines(state: State, screen: JobsScreen, inset: readonly Line[]): Line[] {
  const columns = tableColumns(state);
  const visible = visibleOf(state, screen);
  const placed = placeColumns(columns, visible.longestName, screen.left);
  const height = tableRows(state) + (inset.length > 0 ? stripHeight(state) : 0);
  const edited = state.overlay?.kind === 'schedule' ? state.overlay.seen.name : '';
  const above = visible.index.has(edited) ? [] : orphaned(edited, inset);
  const shown = Math.max(1, height - inset.length - Math.min(1, above.length));
  const rows = [...above, ...(visible.keys.length === 0 ? emptyLines(state, screen) : [])];
  const { start, end } = windowOf(screen.cursor, visible, shown);
  const standings = standingsIn(state);
  const ageless = state.jobs.earlier?.ageless === true;
  for (const name of visible.keys.slice(start, end)) {
    const job = state.jobs.byName.get(name);
    if (!job) continue;
    const facts = rowOf(
      job,
      standingOf(standings, name),
      nextOf(job, state.now, state.setting.serverZone, state.server?.version),
      state.now,
      visible.depth.get(name) ?? 0,
      state.times.get(name),
    );
    const cursor = name === screen.cursor.key;
    const spans = placed.map(({ column }) =>
      column.ages && ageless ? blankCell : column.cell(facts),
    );
    const marked = screen.marks.has(name);
    rows.push(jobRow(name, spans, placed, { cursor, marked, columns, dull: screen.inPane }));
    if (name === edited) rows.push(...inset);
  }
  return [
    titleLine(placed, (screen.held ?? screen).sort, screen.left ?? 0),
    ...fillRows(rows, height),
  ];
}

const blankCell = plain('');
const jobRow = rowsByKey();

/** With `‹` and `›` where there are more columns. */
const titleLine = memo((placed: readonly Placed[], sort: Sort, skipped: number): Line => {
  const titles = cells(
    placed.map(({ column: { id, title } }) =>
      quiet(id === sort.column ? `${title} ${arrow(sort)}` : title),
    ),
    placed.map(({ width, align }, at) => ({
      width: at === placed.length - 1 ? width - 2 : width,
      align,
    })),
  );
  const more = placed.at(-1)?.column !== allColumns.at(-1);
  return [quiet(skipped > 0 ? ' ‹ ' : '   '), ...titles, quiet(more ? ' ›' : '')];
});

/** An editor whose job went away keeps what is typed, and never stands below another job. */
const orphaned = (name: string, inset: readonly Line[]): Line[] =>
  inset.length === 0
    ? []
    : [[toned(`   ${name} is not in the list any more`, 'attention')], ...inset];

function emptyLines(state: State, screen: JobsScreen): Line[] {
  if (state.link.kind === 'lost' && state.jobs.at === null) return unread(state);
  if (state.jobs.at === null) return [[quiet(`   ${begun(state)}`)]];
  const problem = filterProblem(screen.filter, jobFilter);
  if (problem !== null)
    return paragraph(problem, tableColumns(state) - 4).map((line) => [toned(`   ${line}`, 'bad')]);
  const what = state.setting.inside === undefined ? 'Dkron' : 'snapshot';
  const none =
    screen.filter === '' ? `This ${what} has no jobs.` : 'No job matches; esc clears the filter.';
  return [[quiet(`   ${none}`)]];
}

const begun = ({ forward }: State): string =>
  forward?.kind === 'starting' ? `${forward.text}…` : 'loading the jobs…';

/** The whole reason, which the line on top may have no room for. */
function unread(state: State): Line[] {
  const { forward } = state;
  const text = `No jobs yet from ${state.setting.url}: ${lostReason(state)}.`;
  const hint = portForwardHint(state) === '' ? '' : 'Is the port-forward up? ';
  const next =
    forward?.kind === 'refused'
      ? `${forward.next} ctrl-r tries again.`
      : `${hint}The console tries again by itself; --url sets another server.`;
  return [text, next]
    .flatMap((line) => paragraph(line, tableColumns(state) - 4))
    .map((line) => [plain(`   ${line}`)]);
}

function withPane(left: Line[], right: Line[], state: State, { inPane }: JobsScreen): Line[] {
  const between = inPane ? besideFocused : besideQuiet;
  const [columns, pane] = [tableColumns(state), paneColumns(state)];
  return left.map((line, at) => rowWithPane(at, line, columns, between, right[at] ?? blank, pane));
}

/** By its place, the very same while both sides are: most rows of a frame, of which the painter sees it at once. */
const rowWithPane = memoEach(
  // More rows than a screen has.
  200,
  (left: Line, columns: number, between: Line, right: Line, pane: number): Line =>
    beside(fitLine(left, columns), between, fitLine(right, pane)),
);

const besideFocused = fitLine([bar(true)], 1);
const besideQuiet = fitLine([quiet('│')], 1);

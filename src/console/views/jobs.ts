/** The table of all jobs, with the job under the cursor in a strip below or a pane at the right. */
import { placeColumns, rowOf } from '../columns.ts';
import { windowOf } from '../cursor.ts';
import { nextOf } from '../facts.ts';
import { paneColumns, stripHeight, tableColumns, tableRows } from '../layout.ts';
import { type Line, plain, quiet, toned } from '../line.ts';
import type { JobsScreen, State } from '../model.ts';
import { visibleOf } from '../visible.ts';
import { blank, fillRows, fitLine, paragraph, rule, spread } from './compose.ts';
import { glance } from './glance.ts';
import { countSpans, lostReason, portForwardHint } from './header.ts';
import { cells, row } from './table.ts';

/** `Jobs  412 · 3 failed        /executor:http  38 shown`. */
export function jobsTitle(state: State, screen: JobsScreen): Line {
  const shown = visibleOf(state, screen).keys.length;
  const right: Line = [
    plain('  '),
    ...(screen.marks.size > 0 ? [toned(`${screen.marks.size} marked  `, 'attention')] : []),
    ...(screen.filter === '' ? [] : [plain(`/${screen.filter}  `), quiet(`${shown} shown `)]),
  ];
  return spread([plain(' Jobs  '), ...countSpans(state)], right, state.columns);
}

export function jobsBody(state: State, screen: JobsScreen, inset: readonly Line[]): Line[] {
  const pane = paneColumns(state);
  const table = tableLines(state, screen, inset);
  if (pane > 0) return beside(table, glance(state, pane, table.length), tableColumns(state), pane);
  const strip = stripHeight(state);
  if (strip === 0 || inset.length > 0) return table;
  return [...table, rule(state.columns), ...glance(state, state.columns, strip - 1)];
}

function tableLines(state: State, screen: JobsScreen, inset: readonly Line[]): Line[] {
  const columns = tableColumns(state);
  const visible = visibleOf(state, screen);
  const placed = placeColumns(columns, visible.longestName);
  const titles = cells(
    placed.map(({ column }) =>
      quiet(column.id === screen.sort.column ? `${column.title} ${arrow(screen)}` : column.title),
    ),
    placed.map(({ column, width }) => ({ width, align: column.align })),
  );
  const height = tableRows(state) + (inset.length > 0 ? stripHeight(state) : 0);
  const edited = state.overlay?.kind === 'schedule' ? state.overlay.seen.name : '';
  const above = visible.index.has(edited) ? [] : orphaned(edited, inset);
  const shown = Math.max(1, height - inset.length - Math.min(1, above.length));
  const rows = [...above, ...(visible.keys.length === 0 ? emptyLines(state, screen) : [])];
  const { start, end } = windowOf(screen.cursor, visible, shown);
  for (const name of visible.keys.slice(start, end)) {
    const entry = state.jobs.byName.get(name);
    if (!entry) continue;
    const facts = rowOf(
      entry.job,
      state.busy.has(name),
      nextOf(entry.job, state.now, state.setting.serverZone, state.server?.version),
      state.now,
      visible.depth.get(name) ?? 0,
    );
    const cursor = name === screen.cursor.key;
    const content = cells(
      placed.map(({ column }) => column.cell(facts)),
      placed.map(({ column, width }) => ({ width, align: column.align })),
    );
    rows.push(row(content, { cursor, marked: screen.marks.has(name), columns }));
    if (name === edited) rows.push(...inset);
  }
  return [[plain('   '), ...titles], ...fillRows(rows, height)];
}

/** An editor whose job went away keeps what is typed, and never stands below another job. */
const orphaned = (name: string, inset: readonly Line[]): Line[] =>
  inset.length === 0
    ? []
    : [[toned(`   ${name} is not in the list any more`, 'attention')], ...inset];

const arrow = ({ sort }: JobsScreen): string => (sort.descending ? '▼' : '▲');

function emptyLines(state: State, screen: JobsScreen): Line[] {
  if (state.link.kind === 'lost' && state.jobs.at === null) return unread(state);
  if (state.jobs.at === null) return [[quiet('   loading the jobs…')]];
  const none =
    screen.filter === '' ? 'This Dkron has no jobs.' : 'No job matches; esc clears the filter.';
  return [[quiet(`   ${none}`)]];
}

/** The whole reason, which the line on top may have no room for. */
function unread(state: State): Line[] {
  const text = `No jobs yet from ${state.setting.url}: ${lostReason(state)}.`;
  const hint = portForwardHint(state) === '' ? '' : 'Is the port-forward up? ';
  return [text, `${hint}It is tried again by itself; --url names another server.`]
    .flatMap((line) => paragraph(line, tableColumns(state) - 4))
    .map((line) => [plain(`   ${line}`)]);
}

function beside(left: Line[], right: Line[], leftColumns: number, rightColumns: number): Line[] {
  return left.map((line, at) => [
    ...fitLine(line, leftColumns),
    quiet('│'),
    ...fitLine(right[at] ?? blank, rightColumns),
  ]);
}

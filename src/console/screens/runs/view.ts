/** Executions as rows: on the job screen with a bar each, on their own screen with every column. */
import { durationOf, lastWords, runKey, unfinished } from '../../../dkron/execution.ts';
import type { Execution } from '../../../dkron/shapes.ts';
import { usualOf } from '../../../job/run-times/times.ts';
import { usualText } from '../../../job/run-times/words.ts';
import { serverTime } from '../../../job/time.ts';
import { width } from '../../../terminal/cell.ts';
import { fillRows, from, spread } from '../../../view/compose.ts';
import { type Line, plain, quiet, type Span, toned } from '../../../view/line.ts';
import { memo } from '../../../view/memo.ts';
import { clockWidth, shortClock, shortDuration, shortSpan } from '../../../view/short.ts';
import { cells, row, type Width } from '../../../view/table.ts';
import { zoneOfTimes, zoneText } from '../../../view/zones.ts';
import { noRuns } from '../../state/closed.ts';
import { keysOf, type Rows, windowOf } from '../../state/cursor.ts';
import { listRows } from '../../state/layout.ts';
import type { ExecutionsScreen, JobScreen, State } from '../../state/model.ts';
import type { Runs } from '../../state/runs.ts';

/**
 * What runs now stands on top of what has ended: Dkron stores both, busy knows of the newest first,
 * and of an end before it was read.
 */
export const runsOf = memo(
  (
    runs: Runs | undefined,
    busy: readonly Execution[] | undefined,
  ): Rows & { list: readonly Execution[] } => {
    const stored = runs?.list ?? [];
    const known = new Set(stored.map(runKey));
    const running = new Map((busy ?? []).map((run) => [runKey(run), run]));
    const list = [
      ...(busy ?? []).filter((run) => !known.has(runKey(run))).toReversed(),
      ...stored.map((run) => (unfinished(run) ? (running.get(runKey(run)) ?? run) : run)),
    ];
    return { ...keysOf(list.map(runKey)), list };
  },
);

export const runsAt = (state: State, name: string): ReturnType<typeof runsOf> =>
  runsOf(state.runs.get(name), state.busy.get(name));

/** How many runs there are; null while none could be read, which is not 0. */
export function runsCount(state: State, name: string): number | null {
  const read = state.runs.get(name);
  const count = runsAt(state, name).keys.length;
  return count === 0 && (read === undefined || read.error !== undefined) ? null : count;
}

function result(run: Execution, state: State): Span {
  if (!unfinished(run)) return run.success ? toned('✓ success', 'ok') : toned('✗ failed', 'bad');
  const listed = state.busy.get(run.job_name)?.some((busy) => runKey(busy) === runKey(run));
  // Older servers keep runs of crashed nodes unfinished for ever; no node runs this one.
  return listed ? toned('▸ running', 'attention') : toned('? no end', 'attention');
}

/** By our clock while it runs; the server's may be ahead of it. */
function duration(run: Execution, now: number): number {
  const started = serverTime(run.started_at)?.getTime() ?? now;
  return unfinished(run) ? Math.max(0, now - started) : durationOf(run);
}

function bar(length: number, longest: number, columns: number): string {
  const eighths = Math.round((length / Math.max(1, longest)) * columns * 8);
  const rest = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8]!;
  return '█'.repeat(Math.floor(eighths / 8)) + rest;
}

const started = (run: Execution, now: number, zone: string): string => {
  const at = serverTime(run.started_at)?.getTime();
  return at === undefined ? '–' : shortClock(at, now, zone);
};

const zoneOfRuns = (state: State, name: string): string =>
  zoneOfTimes(state, state.jobs.byName.get(name)?.job);

/** Runs of other years, and of a night with an hour twice, need more room. */
function startedWidth(state: State, name: string): number {
  const zone = zoneOfRuns(state, name);
  const { list } = runsAt(state, name);
  return list.reduce(
    (most, run) => Math.max(most, started(run, state.now, zone).length),
    clockWidth,
  );
}

/** What a run said last is worth more than a long bar. */
const barWidth = ({ columns }: State): number => Math.min(20, Math.floor(columns / 8));

/** The names of nodes whole where there is room, as those of a cluster in Kubernetes. */
function nodeWidth(state: State, name: string, least: number): number {
  const longest = runsAt(state, name).list.reduce(
    (most, { node_name }) => Math.max(most, width(node_name)),
    least,
  );
  return Math.min(longest, state.columns >= 120 ? 32 : 14);
}

function rowWidths(state: State, name: string): Width[] {
  const first = startedWidth(state, name);
  const node = nodeWidth(state, name, 8);
  return [
    { width: first, align: 'right' },
    { width: 7, align: 'right' },
    { width: barWidth(state) },
    { width: 9 },
    { width: node },
    { width: Math.max(8, state.columns - 30 - first - node - barWidth(state)) },
  ];
}

/** The last column of either list of runs. */
const wordsOf = (run: Execution, { kind }: JobScreen | ExecutionsScreen): string =>
  (kind === 'job' && run.attempt > 1 ? `try ${run.attempt}  ` : '') + lastWords(run.output);

/** How much wider than its column the longest last words are. */
export function runsOverhang(state: State, screen: JobScreen | ExecutionsScreen): number {
  const widths =
    screen.kind === 'job' ? rowWidths(state, screen.job) : listWidths(state, screen.job);
  const room = widths.at(-1)!.width;
  const { list } = runsAt(state, screen.job);
  return list.reduce((most, run) => Math.max(most, width(wordsOf(run, screen)) - room), 0);
}

/** A bar per run: its length is the duration, its tone the result. */
export function runRows(state: State, screen: JobScreen, rows: number): Line[] {
  const { job: name, cursor, inPane } = screen;
  const runs = runsAt(state, name);
  if (runs.keys.length === 0) return [emptyRuns(state, name)];
  const longest = Math.max(...runs.list.map((run) => duration(run, state.now)));
  const { start, end } = windowOf(cursor, runs, rows);
  const barColumns = barWidth(state);
  const widths = rowWidths(state, name);
  const zone = zoneOfRuns(state, name);
  return runs.list.slice(start, end).map((run) => {
    const length = duration(run, state.now);
    const tone = unfinished(run) ? 'attention' : run.success ? 'ok' : 'bad';
    const content = cells(
      [
        plain(started(run, state.now, zone)),
        plain(shortDuration(length)),
        toned(bar(length, longest, barColumns), tone),
        result(run, state),
        quiet(run.node_name),
        quiet(from(wordsOf(run, screen), screen.left ?? 0)),
      ],
      widths,
    );
    return row(content, {
      cursor: runKey(run) === cursor.key,
      marked: false,
      columns: state.columns,
      dull: inPane,
    });
  });
}

function emptyRuns(state: State, name: string): Line {
  const none = noRuns(state);
  if (none !== null) return [quiet(`   ${none.replace(/^a/, 'A')}.`)];
  const runs = state.runs.get(name);
  if (runs?.error !== undefined) return [toned(`   ${runs.error}`, 'bad')];
  return [quiet(runs === undefined ? '   loading the runs…' : '   No runs yet; t runs it now.')];
}

const titles: readonly (Width & { title: string })[] = [
  { title: 'STARTED', width: 12, align: 'right' },
  { title: 'AGO', width: 6, align: 'right' },
  { title: 'TOOK', width: 8, align: 'right' },
  { title: 'RESULT', width: 9 },
  { title: 'NODE', width: 10 },
  { title: 'TRY', width: 3, align: 'right' },
  { title: 'GROUP', width: 19 },
];

const titlesAt = ({ columns }: State): typeof titles =>
  columns >= 90 ? titles : titles.slice(0, 6);

function listWidths(state: State, name: string): Width[] {
  const shown = titlesAt(state).map((column) => ({
    ...column,
    width:
      column.title === 'STARTED'
        ? startedWidth(state, name)
        : column.title === 'NODE'
          ? nodeWidth(state, name, column.width)
          : column.width,
  }));
  const used = shown.reduce((sum, { width }) => sum + width + 2, 3);
  return [...shown, { width: Math.max(6, state.columns - used) }];
}

export function executionsBody(state: State, screen: ExecutionsScreen): Line[] {
  const height = listRows(state);
  const runs = runsAt(state, screen.job);
  const shown = titlesAt(state);
  const widths = listWidths(state, screen.job);
  const zone = zoneOfRuns(state, screen.job);
  const head: Line = [
    plain('   '),
    ...cells([...shown.map(({ title }) => quiet(title)), quiet('LAST OUTPUT')], widths),
  ];
  if (runs.keys.length === 0) return [head, ...fillRows([emptyRuns(state, screen.job)], height)];
  const { start, end } = windowOf(screen.cursor, runs, height);
  const rows = runs.list.slice(start, end).map((run) => {
    const ago = state.now - (serverTime(run.started_at)?.getTime() ?? state.now);
    const all: Span[] = [
      plain(started(run, state.now, zone)),
      quiet(shortSpan(ago)),
      plain(shortDuration(duration(run, state.now))),
      result(run, state),
      plain(run.node_name),
      run.attempt > 1 ? toned(String(run.attempt), 'attention') : quiet(String(run.attempt)),
      quiet(run.group),
    ];
    const content = cells(
      [...all.slice(0, shown.length), quiet(from(wordsOf(run, screen), screen.left ?? 0))],
      widths,
    );
    return row(content, {
      cursor: runKey(run) === screen.cursor.key,
      marked: false,
      columns: state.columns,
    });
  });
  return [head, ...fillRows(rows, height)];
}

/** What is usual, where there is room for it. */
function usualSpans({ times, columns }: State, name: string): Line {
  const known = times.get(name);
  const usual = known === undefined || columns < 100 ? null : usualOf(known);
  return usual === null ? [] : [quiet(`   ${usualText(usual)}`)];
}

export function executionsTitle(state: State, screen: ExecutionsScreen): Line {
  const runs = runsAt(state, screen.job);
  const failed = runs.list.filter((run) => !run.success && !unfinished(run)).length;
  const count = runsCount(state, screen.job);
  const words = count === null ? 'executions' : `executions, the last ${count}`;
  return spread(
    [plain(` ${screen.job}  `), quiet(words), ...usualSpans(state, screen.job)],
    [
      ...(failed > 0 ? [toned(`${failed} failed  `, 'bad')] : []),
      quiet(`${zoneText(state, state.jobs.byName.get(screen.job)?.job)} `),
    ],
    state.columns,
  );
}

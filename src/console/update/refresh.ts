/** Data from the server: rows and runs change, cursors and marks stay. */

import { isDeepStrictEqual } from 'node:util';
import { runKey, unfinished } from '../../dkron/execution.ts';
import type { UnreadHere } from '../../dkron/live.ts';
import type { Execution } from '../../dkron/shapes.ts';
import type { JobRow } from '../../job/row.ts';
import { asTable, type JobTable } from '../../job/table.ts';
import { joinedTimes } from '../../oversight/kept-times.ts';
import { skewNote } from '../../view/skew.ts';
import { visibleOf } from '../screens/jobs/visible.ts';
import type { Listing } from '../screens/row.ts';
import { listingOf, rowOfScreen } from '../screens/table.ts';
import { rowCount, topOf } from '../screens/text/view.ts';
import { cursorIndex, keepCursor, windowOf } from '../state/cursor.ts';
import type { MessageOf } from '../state/message.ts';
import {
  type Cursor,
  type Effect,
  type Flash,
  flash,
  type Pace,
  type State,
  type Step,
  type TextScreen,
} from '../state/model.ts';
import { onNearest, topScreen, withJobs, withScreens } from '../state/stack.ts';

type Refreshed = MessageOf<'refreshed'>;

export function refreshed(state: State, message: Refreshed): Step {
  const { server, leader, whom, node, nodes, skew, at, now, took, nextAt, jobs, unreadable, busy } =
    message;
  const { liveAt = at } = message;
  const table = asTable(jobs);
  const newsAt = table === state.jobs.byName ? state.jobs.newsAt : liveAt;
  const arrived: State = {
    ...state,
    now,
    server,
    leader,
    whom,
    node,
    // The same nodes stay the very same, so that what was found by them need not be found again.
    nodes: isDeepStrictEqual(nodes, state.nodes) ? state.nodes : (nodes ?? state.nodes),
    link: { kind: 'live', took, nextAt },
    jobs: { byName: table, unreadable, at, liveAt, newsAt },
    busy: busy === null ? untilTheyEnd(state, table) : busyByJob(state.busy, busy),
    busyAt: busy === null ? state.busyAt : liveAt,
    clocks: { ...state.clocks, skew },
    flash: state.flash ?? newlyUnreadable(state.jobs.unreadable, unreadable),
  };
  const next = keepRuns(state, keepPlace(state, withSkewTold(arrived)));
  return [next, followUp(state, next)];
}

/** The runs that are looked at are read again when their job changed, or while it runs. */
function followUp(before: State, after: State): readonly Effect[] {
  const screen = topScreen(after);
  const row = rowOfScreen(screen);
  const asked = [...(row.onRead?.(screen) ?? []), ...changesFor(before, after)];
  const name = row.runsOf?.(screen) ?? null;
  if (name === null || !moved(before, after, name)) return asked;
  return [...asked, ...(row.onRow?.(screen) ?? [{ type: 'load-runs', name }])];
}

/** What screens ask for that tell of all jobs, also where others lie over them. */
function changesFor(before: State, after: State): readonly Effect[] {
  if (before.jobs.byName === after.jobs.byName) return [];
  const asking = after.screens.filter((screen) => rowOfScreen(screen).onJobs !== undefined);
  if (asking.length === 0) return [];
  const changed = after.jobs.byName.othersThan(before.jobs.byName).map(([{ name }]) => name);
  return asking.flatMap((screen) => rowOfScreen(screen).onJobs?.(screen, changed) ?? []);
}

function moved(before: State, after: State, name: string): boolean {
  return (
    before.jobs.byName.get(name) !== after.jobs.byName.get(name) ||
    before.busy.get(name) !== after.busy.get(name) ||
    after.runs.get(name)?.error !== undefined ||
    !after.runs.has(name)
  );
}

/** Nobody could tell what runs: what ran goes on until its job has counted one more end. */
function untilTheyEnd({ busy, jobs: before }: State, jobs: JobTable): State['busy'] {
  const ends = (row: JobRow | undefined): number =>
    row ? row.success_count + row.error_count : Number.NaN;
  const going = [...busy].filter(
    ([name]) => ends(jobs.get(name)) === ends(before.byName.get(name)),
  );
  return going.length === busy.size ? busy : new Map(going);
}

/** The rest of the list is worth showing; what is missing in it is told when it comes to be so. */
function newlyUnreadable(before: readonly UnreadHere[], now: readonly UnreadHere[]): Flash | null {
  const news = now.filter(({ why }) => before.every((one) => one.why !== why));
  const [first] = news;
  if (first === undefined) return null;
  const more = news.length === 1 ? '' : ` (and ${news.length - 1} more)`;
  const text = `${first.why}${more} · The list shows the other jobs; a backup keeps this one as it is.`;
  return { level: 'error', text };
}

/** Clocks that do not agree are told of once; what stands in the header goes on saying it. */
function withSkewTold(state: State): State {
  const text = state.flash === null && !state.clocks.told ? skewNote(state.clocks.skew) : null;
  if (text === null) return state;
  return flash({ ...state, clocks: { ...state.clocks, told: true } }, 'info', text);
}

/**
 * The same map as before when nothing runs differently, so that no row is drawn again for nothing. It
 * would keep the piece that was told first: none is kept.
 */
function busyByJob(before: State['busy'], executions: readonly Execution[]): State['busy'] {
  const busy = new Map<string, Execution[]>();
  for (const run of executions) {
    const told = { ...run, output: '', output_truncated: run.output !== '' && !unfinished(run) };
    busy.set(run.job_name, [...(busy.get(run.job_name) ?? []), told]);
  }
  const keys = (runs: readonly Execution[]): string =>
    runs.map((run) => `${runKey(run)} ${unfinished(run)}`).join(' ');
  const same =
    busy.size === before.size &&
    [...busy].every(([name, runs]) => keys(runs) === keys(before.get(name) ?? []));
  return same ? before : busy;
}

/** The data changed: the cursor of the jobs table stays on its job, in its row of the window. */
export function keepPlace(before: State, after: State): State {
  const screen = after.screens[0];
  const { cursor, gone } = keepCursor(screen.cursor, visibleOf(before), visibleOf(after));
  const marks = [...screen.marks].every((name) => after.jobs.byName.has(name))
    ? screen.marks
    : new Set([...screen.marks].filter((name) => after.jobs.byName.has(name)));
  const kept = withJobs(after, { ...screen, cursor, marks });
  return { ...kept, rowReplaced: after.rowReplaced || gone };
}

/** Rows may stand elsewhere now: the cursor stays on its job. */
export const overseen = (state: State, { troubles, missed }: MessageOf<'overseen'>): State =>
  keepPlace(state, { ...state, troubles, missed });

/** The same: the status of a job may be another now. */
export const timed = (state: State, { times, paces }: MessageOf<'timed'>): State =>
  keepPlace(state, { ...state, times: joinedTimes(state.times, times), paces });

export function lost(state: State, { trouble, reason, now, retryAt }: MessageOf<'lost'>): State {
  const since = state.link.kind === 'lost' ? state.link.since : now;
  return { ...state, now, link: { kind: 'lost', trouble, reason, since, retryAt } };
}

/** Rows that are due to be read now are not live until they are. */
export function due(state: State, { nextAt, now }: MessageOf<'due'>): State {
  if (state.link.kind !== 'live') return { ...state, now };
  return { ...state, now, link: nextAt > now ? { ...state.link, nextAt } : { kind: 'connecting' } };
}

export const paced = (state: State, wanted: Partial<Pace>): Step => {
  const pace = { ...state.pace, ...wanted };
  const same = pace.paused === state.pace.paused && pace.focused === state.pace.focused;
  return same ? [state, []] : [{ ...state, pace }, [{ type: 'pace', pace }]];
};

export function withRuns(state: State, name: string, runs: MessageOf<'runs'>['runs']): State {
  // Only what is looked at is kept: a long walk over the table must not fill the memory.
  const kept = [...state.runs].slice(-50);
  const known = state.runs.get(name);
  // Asked for before what is there, and slower.
  if (known && runs.at < known.at) return state;
  // What was read before stays when it cannot be read again.
  const read = runs.error !== undefined && known ? { ...known, error: runs.error } : runs;
  return keepRuns(state, { ...state, runs: new Map([...kept, [name, read]]) });
}

/** The newest runs come on top: the cursor stays on its run, and a window that shows the top goes on to. */
function keepRuns(before: State, after: State): State {
  const screens = after.screens.map((screen) => {
    if (screen.kind !== 'job' && screen.kind !== 'executions') return screen;
    const [old, now] = [listingOf(before, screen), listingOf(after, screen)];
    if (old === null || now === null || old.list === now.list) return screen;
    const { cursor } = keepCursor(screen.cursor, old.list, now.list);
    const top = windowOf(old.cursor, old.list, old.height).start === 0;
    return { ...screen, cursor: top ? shownFromTop(cursor, now) : cursor };
  });
  return withScreens(after, screens);
}

const shownFromTop = ({ key }: Cursor, { list, height }: Listing): Cursor => ({
  key,
  row: Math.min(cursorIndex({ key, row: 0 }, list), height - 1),
});

export function withOutput(state: State, message: MessageOf<'output'>): State {
  return onNearest(state, 'text', (screen) => {
    // The end of it may come after the whole of it.
    const wanted =
      screen.execution === message.execution && (screen.truncated || !message.truncated);
    return wanted ? withText(state, screen, message) : screen;
  });
}

/** What came before the text pushes it down: the lines that are read stay where they are. */
function withText(
  state: State,
  screen: TextScreen,
  { text, truncated }: MessageOf<'output'>,
): TextScreen {
  const longer = { ...screen, text, truncated, match: undefined };
  const more = rowCount(state, longer) - rowCount(state, screen);
  const before = screen.text !== null && text.endsWith(screen.text);
  return before ? { ...longer, top: topOf(state, screen) + more } : longer;
}

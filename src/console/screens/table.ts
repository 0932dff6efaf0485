/** The stack of screens: which is shown, what it lists, what it is about. */

import type { Job } from '../../job/job.ts';
import { type Keys, moveTo } from '../state/cursor.ts';
import { jobRows, listRows, planRows, tableRows } from '../state/layout.ts';
import type { Cursor, Effect, JobsScreen, Screen, State } from '../state/model.ts';
import { agendaKeys, agendaRows } from './agenda/view.ts';
import { fieldRows } from './fields/view.ts';
import { detailsOf } from './job/details.ts';
import { visibleOf } from './jobs/visible.ts';
import { journalKeys } from './journal/view.ts';
import { planKeys } from './plan/rows.ts';
import { runsAt } from './runs/view.ts';
import { snapshotKeys } from './snapshots/view.ts';

export const topScreen = (state: State): Screen => state.screens[state.screens.length - 1]!;

/** The state with its top screen replaced. */
export function withTop(state: State, screen: Screen): State {
  return {
    ...state,
    screens: [...state.screens.slice(0, -1), screen] as unknown as State['screens'],
  };
}

export const withJobs = (state: State, screen: JobsScreen): State => ({
  ...state,
  screens: [screen, ...state.screens.slice(1)] as State['screens'],
});

export const push = (state: State, screen: Screen): State => ({
  ...state,
  screens: [...state.screens, screen] as State['screens'],
});

export const pop = (state: State): State =>
  state.screens.length === 1
    ? state
    : { ...state, screens: state.screens.slice(0, -1) as unknown as State['screens'] };

export interface Listing {
  readonly list: Keys;
  readonly cursor: Cursor;
  readonly height: number;
}

/** What the cursor of the shown screen moves over; null for a text, which scrolls instead. */
export function listingOf(state: State): Listing | null {
  const screen = topScreen(state);
  if (screen.kind === 'jobs')
    return { list: visibleOf(state, screen), cursor: screen.cursor, height: tableRows(state) };
  if (screen.kind === 'job') {
    const job = state.jobs.byName.get(screen.name)?.job;
    const details = job ? detailsOf(state, job, state.columns - 2).length : 0;
    const height = jobRows(state, details).runs;
    return { list: runsAt(state, screen.name), cursor: screen.cursor, height };
  }
  if (screen.kind === 'executions')
    return { list: runsAt(state, screen.name), cursor: screen.cursor, height: listRows(state) };
  if (screen.kind === 'snapshots')
    return { list: snapshotKeys(screen.files), cursor: screen.cursor, height: listRows(state) };
  if (screen.kind === 'plan') {
    const list = planKeys(screen.plan, screen.filter, screen.open);
    return { list, cursor: screen.cursor, height: planRows(state, list.keys.length).list };
  }
  if (screen.kind === 'fields') {
    const job = state.jobs.byName.get(screen.name)?.job;
    const list = job ? fieldRows(job) : { keys: [], index: new Map<string, number>() };
    return { list, cursor: screen.cursor, height: listRows(state) };
  }
  if (screen.kind === 'agenda')
    return {
      list: agendaKeys(screen.agenda),
      cursor: screen.cursor,
      height: agendaRows(state, screen).busiest,
    };
  if (screen.kind === 'journal')
    return { list: journalKeys(screen.changes), cursor: screen.cursor, height: listRows(state) };
  return null;
}

export function withCursor(state: State, cursor: Cursor): State {
  const screen = topScreen(state);
  if (screen.kind === 'text') return state;
  if (screen.kind !== 'jobs' && screen.kind !== 'plan')
    return withTop(state, { ...screen, cursor });
  // Another job's pane is read from its top.
  const top = cursor.key === screen.cursor.key ? (screen.top ?? 0) : 0;
  return withTop(state, { ...screen, cursor, top });
}

/** The cursor on row `index` of the shown list. */
export function jump(state: State, index: number): State {
  const listing = listingOf(state);
  if (listing === null) return state;
  return withCursor(state, moveTo(listing.cursor, listing.list, index, listing.height));
}

/** The strip wants the runs of the job under the cursor. */
export function glanceAt(state: State): Effect[] {
  const screen = topScreen(state);
  if (screen.kind !== 'jobs' || screen.cursor.key === null) return [];
  return [{ type: 'glance', name: screen.cursor.key }];
}

/** The job that the shown screen is about: under the cursor, or the one that was opened. */
export function subject(state: State): Job | null {
  const screen = topScreen(state);
  const name =
    screen.kind === 'jobs'
      ? screen.cursor.key
      : screen.kind === 'job' || screen.kind === 'executions' || screen.kind === 'fields'
        ? screen.name
        : screen.kind === 'text'
          ? screen.job
          : null;
  return name === null ? null : (state.jobs.byName.get(name)?.job ?? null);
}

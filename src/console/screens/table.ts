/**
 * The table of screens: a new one is a folder and a row here. The dispatcher, the moves, the filter,
 * the frame and what a refresh reads again are read from it.
 */
import { moveTo } from '../state/cursor.ts';
import type { Cursor, Effect, Screen, State } from '../state/model.ts';
import { topScreen, withTop } from '../state/stack.ts';
import { againScreen } from './again/screen.ts';
import { agendaScreen } from './agenda/screen.ts';
import { clusterScreen } from './cluster/screen.ts';
import { comparisonScreen } from './comparison/screen.ts';
import { contextsScreen } from './contexts/screen.ts';
import { familiesScreen } from './families/screen.ts';
import { fieldsScreen } from './fields/screen.ts';
import { historyScreen } from './history/screen.ts';
import { jobScreen } from './job/screen.ts';
import { jobsScreen } from './jobs/screen.ts';
import { journalScreen } from './journal/screen.ts';
import { lintScreen } from './lint/screen.ts';
import { missedScreen } from './missed/screen.ts';
import { planScreen } from './plan/screen.ts';
import { pruneScreen } from './prune/screen.ts';
import type { Listing, ScreenRow } from './row.ts';
import { runComparisonScreen } from './run-comparison/screen.ts';
import { runsScreen } from './runs/screen.ts';
import { snapshotsScreen } from './snapshots/screen.ts';
import { textScreen } from './text/screen.ts';
import { whyScreen } from './why/screen.ts';

type Kind = Screen['kind'];
type Table = { readonly [K in Kind]: ScreenRow<Extract<Screen, { kind: K }>> };

export const screens: Table = {
  executions: runsScreen,
  job: jobScreen,
  jobs: jobsScreen,
  snapshots: snapshotsScreen,
  prune: pruneScreen,
  plan: planScreen,
  fields: fieldsScreen,
  journal: journalScreen,
  history: historyScreen,
  comparison: comparisonScreen,
  'run-comparison': runComparisonScreen,
  contexts: contextsScreen,
  cluster: clusterScreen,
  families: familiesScreen,
  agenda: agendaScreen,
  lint: lintScreen,
  missed: missedScreen,
  why: whyScreen,
  again: againScreen,
  text: textScreen,
};

/** The row of a screen: the compiler demands one of every kind, but cannot follow which. */
export const rowOfScreen = <S extends Screen>({ kind }: S): ScreenRow<S> =>
  screens[kind as Kind] as unknown as ScreenRow<S>;

/** The kinds whose row says this of them. */
export const kindsWith = (...keys: readonly (keyof ScreenRow<Screen>)[]): Kind[] =>
  (Object.keys(screens) as Kind[]).filter((kind) => keys.every((key) => key in screens[kind]));

/** What the cursor of a screen moves over; null for a text, which scrolls instead. */
export const listingOf = (state: State, screen: Screen = topScreen(state)): Listing | null =>
  rowOfScreen(screen).listing?.(state, screen) ?? null;

export function withCursor(state: State, cursor: Cursor): State {
  const screen = topScreen(state);
  if (!('cursor' in screen)) return state;
  return withTop(state, rowOfScreen(screen).at?.(screen, cursor) ?? { ...screen, cursor });
}

/** The cursor on row `index` of the shown list. */
export function jump(state: State, index: number): State {
  const listing = listingOf(state);
  if (listing === null) return state;
  return withCursor(state, moveTo(listing.cursor, listing.list, index, listing.height));
}

/** What the shown screen asks for, now that its cursor stands where it does. */
export function onRow(state: State): readonly Effect[] {
  const screen = topScreen(state);
  return rowOfScreen(screen).onRow?.(screen) ?? [];
}

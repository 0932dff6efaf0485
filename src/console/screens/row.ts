/** One row a screen: all that the rest of the console asks of it. */
import type { Line } from '../../view/line.ts';
import type { Action } from '../state/action.ts';
import type { Rows } from '../state/cursor.ts';
import type { Cursor, Effect, Screen, State } from '../state/model.ts';

/** What a cursor moves over, in a window of so many rows. */
export interface Listing {
  readonly list: Rows;
  readonly cursor: Cursor;
  readonly height: number;
}

/** Lines that scroll: a pane beside or below the list, or the whole of a screen that has no list. */
export interface Part {
  readonly lines: number;
  readonly height: number;
  /** First line shown, when it is not the one that the screen remembers. */
  readonly top?: number;
}

/** What `/` does on a screen. */
export interface Filtered<S extends Screen> {
  /** `filter` shows only what matches, `search` goes to it. */
  readonly verb: 'filter' | 'search';
  readonly words: (screen: S) => string;
  /** With these words, live while they are typed; `before` is the screen as it was until then. */
  readonly typed: (state: State, screen: S, words: string, before: S) => State;
  /** As it was before; the words of then and the cursor on its row, unless told. */
  readonly restored?: (screen: S, before: S) => S;
  /** The keys that the words may have before a colon; a search has none. */
  readonly keys?: Readonly<Record<string, unknown>>;
  /** What is wrong with the words; a search takes any. */
  readonly problem?: (words: string, finished: boolean) => string | null;
}

export interface ScreenRow<S extends Screen> {
  /** The actions that came with it, also those of other screens that lead to it. */
  readonly actions: readonly Action[];
  readonly title: (state: State, screen: S) => Line;
  /** `inset` are the lines of an editor that stand among its own. */
  readonly body: (state: State, screen: S, inset: readonly Line[]) => Line[];
  /** Cells that an inset has; all but one unless told. */
  readonly insetColumns?: (state: State) => number;
  readonly listing?: (state: State, screen: S) => Listing;
  /** The screen with its cursor on another row; nothing else changes unless told. */
  readonly at?: (screen: S, cursor: Cursor) => S;
  /** What is asked for when the cursor goes to another row. */
  readonly onRow?: (screen: S) => readonly Effect[];
  /** What is asked for when jobs of these names are others than before. */
  readonly onJobs?: (screen: S, names: readonly string[]) => readonly Effect[];
  /** What is asked for again whenever the server was read while it is shown. */
  readonly onRead?: (screen: S) => readonly Effect[];
  /** The job whose runs are shown: they are read again when it changed. */
  readonly runsOf?: (screen: S) => string | null;
  readonly part?: (state: State, screen: S) => Part | null;
  /** How far it scrolls sideways, and how far one key goes: whole columns, or cells. */
  readonly sideways?: (state: State, screen: S) => { readonly most: number; readonly step: number };
  readonly filtered?: Filtered<S>;
  /** Why it may not be left now. */
  readonly held?: (screen: S) => string | null;
  /** What esc takes away before it goes back; null: nothing is left. */
  readonly cleared?: (screen: S) => S | null;
}

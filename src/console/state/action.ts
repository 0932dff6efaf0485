/** A row of the table that the dispatcher, the footer, `?`, the palette and the docs are read from. */

import type { Screen, State, Step } from './model.ts';
import { subject } from './stack.ts';

export type Scope = Screen['kind'] | 'everywhere';

export interface Action {
  /** Stable, for docs and tests: `job.run`. */
  readonly id: string;
  /** Names of Key; the first is the one shown. */
  readonly keys: readonly string[];
  /** A verb or two, for the footer and `?`. */
  readonly title: string;
  /** One sentence that says what happens. */
  readonly help: string;
  readonly scope: readonly Scope[];
  /** What the palette calls it. */
  readonly command?: string;
  /** It takes words after its name: what they may be, for completion. Without it it takes none. */
  readonly complete?: (state: State) => readonly string[];
  /** Stands in the footer where it fits, the smallest number first. */
  readonly footer?: number;
  /** Changes the server: never by a key that came in a heap with others, never when read-only. */
  readonly dangerous?: boolean;
  /** Is there inside a snapshot only, where it has the key before others. */
  readonly inside?: boolean;
  /** While this holds it has its key before others that have it too; while it does not, they have it. */
  readonly takesKey?: (state: State) => boolean;
  /** Asks the server: of a snapshot there is none. */
  readonly live?: boolean;
  /** Needs no more of a job than its row: works over those of an earlier console, too. */
  readonly ofRows?: boolean;
  /** Does the same whatever row is under the cursor. */
  readonly anyRow?: boolean;
  /** Why it cannot run now; null when it can. */
  readonly available?: (state: State) => string | null;
  readonly run: (state: State, argument: string) => Step;
}

export const needsJob = (state: State): string | null =>
  subject(state) === null ? 'no job under the cursor' : null;

/** The first reason that any of the guards gives. */
export const all =
  (...guards: readonly ((state: State) => string | null)[]) =>
  (state: State): string | null =>
    guards.map((guard) => guard(state)).find((reason) => reason !== null) ?? null;

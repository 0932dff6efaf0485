/** Jobs that are run again: the list, and what goes on of it. */
import type { AgainItem } from '../../plan/again/plan.ts';
import type { AgainState } from '../../plan/again/state.ts';
import type { Cursor } from './place.ts';

/** One on this cluster at a time; screens come and go over it. */
export interface AgainRun {
  readonly items: readonly AgainItem[];
  readonly states: ReadonlyMap<string, AgainState>;
  /** `stopping`: nothing more is asked for. `left`: it did not come to its end, and can go on. */
  readonly stage: 'going' | 'stopping' | 'left' | 'over';
}

/** The list before anything of it is asked for; from then on it shows what goes on. */
export interface AgainScreen {
  readonly kind: 'again';
  /** In the order in which they show. */
  readonly names: readonly string[];
  readonly marks: ReadonlySet<string>;
  readonly cursor: Cursor;
}

export type AgainMessage =
  /** Null: there is none any more. */
  | { readonly type: 'again'; readonly run: AgainRun | null }
  | { readonly type: 'again-states'; readonly states: readonly AgainState[] };

export type AgainEffect =
  | {
      readonly type: 'run-again';
      readonly items: readonly AgainItem[];
      /** How many requests that are. */
      readonly count: number;
      /** It goes on with what was interrupted. */
      readonly resumes: boolean;
      readonly agreed?: string;
    }
  | { readonly type: 'stop-again' }
  /** Shows what was interrupted, if there is something. */
  | { readonly type: 'find-again' }
  | { readonly type: 'discard-again' };

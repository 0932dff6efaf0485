import type { Execution } from '../../dkron/shapes.ts';
import type { RunSight } from '../../dkron/sight.ts';
import type { Followed } from './text.ts';

/** The strip and the rows show a line of each output; the end of a longer one is enough. */
export const outputLimit = 2_000;

/** The executions of a job as they were read at a moment, ms since the epoch. */
export interface Runs {
  readonly list: readonly Execution[];
  readonly at: number;
  readonly error?: string;
}

export type RunMessage =
  | { readonly type: 'runs'; readonly name: string; readonly runs: Runs }
  | {
      readonly type: 'output';
      readonly execution: string;
      readonly text: string;
      readonly truncated: boolean;
    }
  /** A look at a run that is followed. */
  | {
      readonly type: 'followed';
      readonly name: string;
      readonly execution: string;
      readonly sight: RunSight;
      readonly now: number;
    };

export type RunEffect =
  /** `soon`: once the cursor rests on the job, not at every step. */
  | { readonly type: 'load-runs'; readonly name: string; readonly soon?: true }
  | {
      readonly type: 'load-output';
      readonly name: string;
      readonly execution: string;
      readonly whole: boolean;
    }
  /** From now on this run in place of the one before; null: none. */
  | { readonly type: 'follow'; readonly run: Followed | null };

import type { Execution } from '../../dkron/shapes.ts';

/** The executions of a job as they were read at a moment, ms since the epoch. */
export interface Runs {
  readonly list: readonly Execution[];
  readonly at: number;
  readonly error?: string;
}

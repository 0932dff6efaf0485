/** Two runs of a job compared: the screen, what it asks for, and what comes of it. */
import type { ReadRuns } from '../../runs/compare.ts';
import type { Parts } from './place.ts';

/** Which runs, by their keys. */
interface Which {
  readonly job: string;
  readonly older: string;
  readonly newer: string;
}

export interface RunComparisonScreen extends Parts, Which {
  readonly kind: 'run-comparison';
  /** Null while they are read. */
  readonly runs: ReadRuns | null;
  /** Why they could not be. */
  readonly problem?: string | undefined;
  /** Which of the places was gone to last. */
  readonly at: number;
  /** First line shown. */
  readonly top: number;
}

export interface RunComparisonMessage extends Which {
  readonly type: 'runs-read';
  readonly runs: ReadRuns | null;
  /** Why they could not be. */
  readonly problem?: string;
}

export interface RunComparisonEffect extends Which {
  readonly type: 'read-runs';
}

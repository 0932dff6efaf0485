/** What the console is told of jobs that should have run. */
import type { Missed } from '../../oversight/missed.ts';
import type { Verdict } from '../../oversight/verdict.ts';

export interface OversightMessage {
  readonly type: 'overseen';
  /** What should have run and did not, by job name: all of it. */
  readonly troubles: ReadonlyMap<string, Verdict>;
  /** What was missed, the newest first. */
  readonly missed: readonly Missed[];
}

/** What the console is told of jobs that should have run, and of those that take too long. */
import type { Pace } from '../../job/status.ts';
import type { KnownTimes } from '../../oversight/kept-times.ts';
import type { Missed } from '../../oversight/missed.ts';
import type { RosterChange } from '../../oversight/roster.ts';
import type { Verdict } from '../../oversight/verdict.ts';

export type OversightMessage =
  | {
      readonly type: 'overseen';
      /** What should have run and did not, by job name: all of it. */
      readonly troubles: ReadonlyMap<string, Verdict>;
      /** What was missed, the newest first. */
      readonly missed: readonly Missed[];
    }
  | {
      readonly type: 'roster';
      /** Which nodes came and went, and who led: all that is known, the newest first. */
      readonly changes: readonly RosterChange[];
    }
  | {
      readonly type: 'timed';
      /** How long jobs take, as far as it was learnt since it was told last. */
      readonly times: KnownTimes;
      /** Which jobs take too long, by name: all of them. */
      readonly paces: ReadonlyMap<string, Pace>;
    };

/** Whether a job takes too long, in one word: what is so now comes before what was. */

import type { JobFacts } from '../job.ts';
import type { ReadBy } from '../lint/pauses.ts';
import type { Pace } from '../status.ts';
import { overrunOf } from './overrun.ts';
import { slowOf, takesNow } from './slow.ts';
import { type RunTimes, usualOf } from './times.ts';

/** What of it does not change while nothing is read: null where all is as usual, or too little is known. */
export function paceOf(job: JobFacts, times: RunTimes, by: ReadBy): Pace | null {
  const takes = takesNow(times);
  if (takes === null) return null;
  if (overrunOf(job, takes, by) !== null) return 'overrun';
  return slowOf(times) === null ? null : 'slow';
}

/** Whether a run that goes on for so long, ms, takes longer than every one that is known. */
export const isLongest = (times: RunTimes, age: number): boolean =>
  age > (usualOf(times)?.longest ?? Number.POSITIVE_INFINITY) + tolerance;

/** Clocks of nodes differ a little, and so do looks, ms. */
const tolerance = 1_000;

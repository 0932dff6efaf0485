/** What is said of how long a job takes, a line each. */
import type { ReadBy } from '../lint/pauses.ts';
import { foretold, type Timed } from './overrun.ts';
import { slowOf } from './slow.ts';
import { type RunTimes, usualOf } from './times.ts';
import { overrunText, slowText, usualText } from './words.ts';

export interface Told {
  /** What is usual. */
  readonly usual: string;
  /** What is not as it should be. */
  readonly wrong: readonly string[];
}

/** Null where too little is known; `running`: for how long the run goes on that began first, ms. */
export function toldOf(
  job: Timed,
  times: RunTimes | undefined,
  by: ReadBy,
  running: number | null = null,
): Told | null {
  const usual = times && usualOf(times);
  if (!times || !usual) return null;
  const slow = slowOf(times);
  const overrun = foretold(job, slow?.now ?? usual.median, by);
  const isLong = running !== null && running > usual.longest;
  return {
    usual: usualText(usual),
    wrong: [
      ...(isLong ? ['runs longer now than in any run that is known'] : []),
      ...(overrun === null ? [] : [`its schedule ${overrunText(overrun)}`]),
      ...(slow === null ? [] : [slowText(slow)]),
    ],
  };
}

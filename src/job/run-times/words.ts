/** What is said of how long a job takes: the same words on the screen, in commands and by the checks. */
import { counted } from '../../base/counted.ts';
import { durationText } from '../../schedule/go-duration.ts';
import type { Foretold } from './overrun.ts';
import type { Slow } from './slow.ts';
import type { Usual } from './times.ts';

/** Tenths of a second below ten of them. */
export const tookText = (ms: number): string =>
  ms < 9_950 ? `${(ms / 1_000).toFixed(1)}s` : durationText(Math.round(ms / 1_000));

/** `usually 2.1s, nineteen of twenty within 3.0s, 4.2s at most (30 runs)`. */
export const usualText = ({ median, p95, longest, count }: Usual): string =>
  `usually ${tookText(median)}, p95 ${tookText(p95)}, ${tookText(longest)} at most (of ${counted(count, 'run')})`;

export const slowText = ({ runs, now, before }: Slow): string =>
  `the last ${runs} runs took ${tookText(now)}, and ${tookText(before)} was usual before: ${times(now / before)} as long`;

/** As a sentence whose subject is the schedule. */
export function overrunText({ takes, gap, firings, skipped, atOnce }: Foretold): string {
  const then =
    skipped > 0
      ? `of ${counted(firings, 'firing')} about ${skipped} are skipped`
      : `up to ${atOnce} runs go on at once`;
  return `cannot be kept: a run usually takes ${tookText(takes)}, and two firings are ${tookText(gap)} apart; ${then}`;
}

const times = (ratio: number): string => `${ratio.toFixed(1).replace(/\.0$/, '')} times`;

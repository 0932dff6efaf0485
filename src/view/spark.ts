/** Runs as bars in a row: as high as they took long. */
import { isFailure, tookOf } from '../job/run-times/times.ts';

const bars = '▁▂▃▄▅▆▇█';

/** What went wrong has no length that means anything. */
export const failedBar = '╳';

/** `share` of the longest, from 0 to 1. */
export const barOf = (share: number): string => bars[Math.floor(share * 7.99)]!;

/** The last runs (`RunTimes`), at most so many, the newest last. */
export function sparkText(runs: readonly number[], count: number): string {
  const last = runs.slice(-count);
  const longest = Math.max(1, ...last.map(tookOf));
  return last.map((run) => (isFailure(run) ? failedBar : barOf(tookOf(run) / longest))).join('');
}

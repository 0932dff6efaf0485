/** Which nodes came and went, as the cluster screen and its command tell it. */

import { clean } from '../terminal/cell.ts';
import { bold, type Line, plain, quiet } from '../view/line.ts';
import { whenText } from '../view/step.ts';
import { type RosterChange, rosterWords } from './roster.ts';

/** More would push out of sight what stands below. */
const most = 6;

/** Nothing where nobody saw anything change. `clock` tells a time. */
export function rosterLines(
  changes: readonly RosterChange[],
  clock: (at: number) => string,
): Line[] {
  if (changes.length === 0) return [];
  const more = changes.length - most;
  return [
    [],
    [bold('Came and went'), quiet('  by the looks of this machine, the newest first')],
    ...changes
      .slice(0, most)
      .map(
        (change): Line => [
          plain(clean(rosterWords(change))),
          quiet(`  ${whenText(change, clock)}`),
        ],
      ),
    ...(more > 0 ? [[quiet(`and ${more} before`)]] : []),
  ];
}

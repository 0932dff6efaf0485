/** Which columns of the jobs table there is room for, and how wide each is. */
import { type Column, columns } from './job-columns.ts';
import { memo } from './memo.ts';
import type { Width } from './table.ts';

export interface Placed extends Required<Width> {
  readonly column: Column;
}

// `0 */20 * * * *` is the commonest form there is.
const leastSchedule = 15;
const leastName = 12;
const mostSchedule = 26;
/** The cursor, the mark and a space stand before the first column. */
const lead = 3;
const gap = 2;

/**
 * The columns that a table of so many cells shows, with the width of each. Names get more than
 * schedules, but never their last cells. `skipped` columns behind the name are left out at the
 * left, for the sake of those at the right that had no room.
 */
export const placeColumns = memo(
  (width: number, longestName: number, skipped?: number): readonly Placed[] =>
    !skipped ? placeAll(width, longestName) : placeFrom(width, longestName, skipped),
);

function placeAll(width: number, longestName: number): readonly Placed[] {
  const shown = columns.filter((column) => column.from <= width);
  const gaps = gap * (shown.length - 1);
  const fixed = shown.reduce((sum, column) => sum + column.width, 0);
  const rest = Math.max(8, width - lead - gaps - fixed);
  const hasSchedule = shown.some((column) => column.id === 'schedule');
  const wanted = Math.max(longestName, leastName);
  const schedule = hasSchedule
    ? Math.min(mostSchedule, Math.max(leastSchedule, rest - Math.min(wanted, 40)))
    : 0;
  const name = Math.min(rest - schedule, wanted);
  const spare = rest - schedule - name;
  return shown.map((column) => ({
    column,
    width:
      column.id === 'name'
        ? name + (hasSchedule ? 0 : spare)
        : column.id === 'schedule'
          ? schedule + Math.min(spare, 14)
          : column.width,
    align: column.align,
  }));
}

/** The name keeps its place; the last column takes what is left over. */
function placeFrom(width: number, longestName: number, skipped: number): readonly Placed[] {
  const [first, ...others] = columns;
  const name = Math.min(Math.max(longestName, leastName), Math.floor(width * 0.4));
  const placed: Placed[] = [{ column: first!, width: name, align: first!.align }];
  let left = width - lead - name;
  for (const column of others.slice(skipped)) {
    const wanted = column.width || mostSchedule;
    if (placed.length > 1 && wanted + gap > left) break;
    placed.push({ column, width: Math.min(wanted, left - gap), align: column.align });
    left -= wanted + gap;
  }
  const last = placed.pop()!;
  return [...placed, { ...last, width: last.width + Math.max(0, left) }];
}

/** How many columns are left out at the left when the last one shows. */
export function mostSkipped(width: number, longestName: number): number {
  const last = columns.at(-1);
  const shows = (skipped: number): boolean =>
    placeColumns(width, longestName, skipped).at(-1)?.column === last;
  return columns.findIndex((_, skipped) => shows(skipped));
}

/** Executions by day as bars, with the numbers beside: of UTC's days, as Dkron counts them. */
import { monthOf } from '../../base/calendar.ts';
import { type Line, plain, quiet, toned } from '../../view/line.ts';
import type { DayOfRuns } from '../shapes.ts';

/** Who counts what, which the numbers do not tell. */
export const daysNote = 'by day of UTC; each node and each retry counts for itself';

/** The days from the first on which anything ran, the newest first. */
export function knownDays(days: readonly DayOfRuns[]): readonly DayOfRuns[] {
  const first = days.findIndex(
    ({ success_count, failed_count }) => success_count + failed_count > 0,
  );
  return first < 0 ? [] : days.slice(first).toReversed();
}

/** What stands behind a bar at the longest: both counts, the share, `so far`. */
const numbers = 42;

/** A line a day: its bar in at most so many cells, what went well before what failed. */
export function dayLines(days: readonly DayOfRuns[], columns: number): Line[] {
  const known = knownDays(days);
  const room = Math.max(4, columns - dateWidth - numbers);
  const most = known.reduce((highest, day) => Math.max(highest, totalOf(day)), 1);
  return known.map((day, at): Line => {
    const { success_count: ok, failed_count: failed } = day;
    // What failed is seldom much, and it is what one looks for: it never goes without a cell.
    const bad = failed === 0 ? 0 : Math.max(1, Math.round((failed / most) * room));
    const good = Math.min(room - bad, (ok / most) * room);
    const bars = [plain(bar(good)), toned('▒'.repeat(bad), 'bad')];
    const used = Math.ceil(good - 1e-9) + bad;
    return [
      quiet(dateOf(day).padEnd(dateWidth)),
      ...bars,
      plain(' '.repeat(Math.max(0, room - used))),
      plain(`  ${grouped(ok).padStart(9)} ok`),
      failed > 0 ? toned(`  ${grouped(failed)} failed`, 'bad') : quiet('  none failed'),
      quiet(failed > 0 ? `  ${share(failed, totalOf(day))}` : ''),
      quiet(at === 0 ? '  so far' : ''),
    ];
  });
}

const dateWidth = 8;
const totalOf = ({ success_count, failed_count }: DayOfRuns): number =>
  success_count + failed_count;

/** Whole cells and the eighths of one. */
function bar(cells: number): string {
  const eighths = Math.round(cells * 8);
  const part = eighths % 8;
  return '█'.repeat(Math.floor(eighths / 8)) + (part === 0 ? '' : '▏▎▍▌▋▊▉'[part - 1]!);
}

/** `27 Nov`, for a date of a server as it is where that is none. */
function dateOf({ date }: DayOfRuns): string {
  const day = new Date(date);
  if (Number.isNaN(day.getTime())) return date.slice(0, dateWidth - 1);
  return `${String(day.getUTCDate()).padStart(2)} ${monthOf(day)}`;
}

const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ' ');

function share(failed: number, total: number): string {
  const percent = (failed / total) * 100;
  return percent < 0.1 ? '<0.1 %' : `${percent.toFixed(percent < 10 ? 1 : 0)} %`;
}

/** Firings over time as rows of bars: an hour a row and a minute a cell, or a day and its hours. */
import type { BusyMinute } from '../schedule/agenda.ts';
import { type Agenda, millisFromInstant, zoneOf } from '../schedule/index.ts';
import { type Line, plain, quiet, type Span, toned } from './line.ts';

const minute = 60_000;

/** How a strip is laid out: milliseconds of a cell, and cells of a row. */
export interface StripLayout {
  readonly cell: number;
  readonly perRow: number;
}

export const hourOfMinutes: StripLayout = { cell: minute, perRow: 60 };
export const dayOfHours: StripLayout = { cell: 60 * minute, perRow: 24 };

export interface StripRow {
  /** When the row begins, ms: a whole hour or day of the zone. */
  readonly at: number;
  readonly bars: Line;
  readonly total: number;
}

/** What stands above rows of an hour. */
export const quarters = ':00            :15            :30            :45';

/**
 * Every row of the agenda; all bars are in proportion to the highest. A row is as long in every
 * night: an hour that a zone's clocks have twice is two rows, and a day keeps the offset of the first.
 */
export function stripOf(
  { start, firings }: Agenda,
  { cell, perRow }: StripLayout,
  zone = 'UTC',
): StripRow[] {
  const length = cell * perRow;
  const from = millisFromInstant(start);
  const ahead = zoneOf(zone).offsetAt(Math.floor(from / 1_000)) * 1_000;
  const first = Math.floor((from + ahead) / length) * length - ahead;
  const rows = Math.ceil((from + firings.length * minute - first) / length);
  const cells: (number | undefined)[] = Array.from({ length: rows * perRow });
  for (const [index, count] of firings.entries()) {
    const at = Math.floor((from + index * minute - first) / cell);
    cells[at] = (cells[at] ?? 0) + count;
  }
  const highest = cells.reduce<number>((most, count) => Math.max(most, count ?? 0), 1);
  return Array.from({ length: rows }, (_, row) => {
    const counts = cells.slice(row * perRow, (row + 1) * perRow);
    return {
      at: first + row * length,
      bars: counts.map((count) => bar(count, highest)),
      total: counts.reduce<number>((sum, count) => sum + (count ?? 0), 0),
    };
  });
}

const glyphs = '▁▂▃▄▅▆▇█';

/** Time outside the agenda is blank; the highest are toned. */
function bar(count: number | undefined, highest: number): Span {
  if (count === undefined) return plain(' ');
  if (count === 0) return quiet('·');
  const glyph = glyphs[Math.ceil((count / highest) * glyphs.length) - 1]!;
  return count > highest * 0.75 && highest > 2 ? toned(glyph, 'attention') : plain(glyph);
}

/** `zones`, or `zones ×12` for a job that fires more than once within the minute. */
export const firingJobs = ({ jobs }: BusyMinute): string[] =>
  jobs.map(({ name, firings }) => (firings > 1 ? `${name} ×${firings}` : name));

/** `38 cache-manager`: the host that is called most in one second of the minute. */
export const mostTo = (host: BusyMinute['host']): string =>
  host === null ? '' : `${host.atOnce} ${host.name}`;

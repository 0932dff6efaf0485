/** Which jobs a filter lets through. What a shorter filter found is all that a longer one searches. */
import { jobFilter, parseFilter } from '../../../job/filter.ts';
import { narrows } from '../../../job/filter-language.ts';
import { type Standings, standingOf } from '../../../job/status.ts';
import type { JobTable } from '../../../job/table.ts';
import { standingPlaces } from './order.ts';
import { holdersOf, isWord } from './words.ts';

export interface Found {
  readonly filter: string;
  readonly table: JobTable;
  readonly standings: Standings;
  /** 1 for each place whose job is let through; the very same as before where these are the same. */
  readonly passes: Uint8Array;
  /** What shorter filters found, the shortest last: a letter taken back is there again. */
  readonly shorter: Found | null;
}

/** What `filter` finds; `before` is what was found before, of whatever. */
export function foundBy(
  filter: string,
  table: JobTable,
  standings: Standings,
  before: Found | null,
): Found {
  const known = before === null ? null : updated(before, table, standings);
  const nearest = nearestOf(filter, known);
  if (nearest?.filter === filter) return nearest;
  return takeAhead(filter, table, standings, nearest) ?? search(filter, table, standings, nearest);
}

/** The same, or what a shorter filter found, in which all is that this one finds. */
function nearestOf(filter: string, known: Found | null): Found | null {
  let one = known;
  while (one !== null && one.filter !== filter && !narrows(one.filter, filter, jobFilter))
    one = one.shorter;
  return one;
}

/** A search under way, and how many places it has looked at. */
interface Ahead extends Found {
  readonly count: number;
}

let ahead: Ahead | null = null;

/** So many jobs, of which each may be large, are looked at between two looks at the clock. */
const together = 4;

/** Searches until it is late; gives whether it is over: `foundBy` has it then. */
export function foundAhead(
  filter: string,
  table: JobTable,
  standings: Standings,
  before: Found | null,
  isLate: () => boolean,
): boolean {
  const begun = ahead?.filter === filter ? aheadIn(ahead, table, standings) : null;
  const known = before === null ? null : updated(before, table, standings);
  const shorter = begun?.shorter ?? nearestOf(filter, known);
  if (shorter?.filter === filter) return true;
  const passes = begun?.passes ?? new Uint8Array(table.size);
  let count = begun?.count ?? 0;
  const holds = parseFilter(filter);
  for (let more = true; more && count < table.size; more = !isLate()) {
    const until = Math.min(table.size, count + together);
    for (; count < until; count++) {
      if (shorter !== null && shorter.passes[count] === 0) continue;
      const row = table.rows[count]!;
      if (holds(row, standingOf(standings, row.name))) passes[count] = 1;
    }
  }
  ahead = { filter, table, standings, passes, shorter, count };
  return count === table.size;
}

/** What was searched so far, over the jobs as they are now; null where these are others. */
function aheadIn(begun: Ahead, table: JobTable, standings: Standings): Ahead | null {
  const now = updated(begun, table, standings);
  return now === null ? null : { ...now, count: begun.count };
}

/** The search, once it is over, with what is known of shorter ones now. */
function takeAhead(
  filter: string,
  table: JobTable,
  standings: Standings,
  shorter: Found | null,
): Found | null {
  const done = ahead;
  if (done?.filter !== filter || done.count < done.table.size) return null;
  if (done.table !== table || done.standings !== standings) return null;
  ahead = null;
  return { filter, table, standings, passes: done.passes, shorter };
}

function search(
  filter: string,
  table: JobTable,
  standings: Standings,
  shorter: Found | null,
): Found {
  if (filter === '')
    return { filter, table, standings, passes: new Uint8Array(table.size).fill(1), shorter };
  if (isWord(filter))
    return { filter, table, standings, passes: holdersOf(filter.toLowerCase(), table), shorter };
  const holds = parseFilter(filter);
  const passes = new Uint8Array(table.size);
  for (let place = 0; place < passes.length; place++) {
    if (shorter !== null && shorter.passes[place] === 0) continue;
    const row = table.rows[place]!;
    if (holds(row, standingOf(standings, row.name))) passes[place] = 1;
  }
  return { filter, table, standings, passes, shorter };
}

/** The same filters over the jobs as they are now; null where these are others. */
function updated(found: Found, table: JobTable, standings: Standings): Found | null {
  if (found.table === table && found.standings === standings) return found;
  const changed = table.changedSince(found.table);
  if (changed === null) return null;
  const touched = [...changed, ...standingPlaces(found.standings, standings, table)];
  return retested(found, touched, table, standings);
}

function retested(
  { filter, passes: before, shorter }: Found,
  touched: readonly number[],
  table: JobTable,
  standings: Standings,
): Found {
  const holds = parseFilter(filter);
  const another = touched.filter((place) => {
    const row = table.rows[place]!;
    return holds(row, standingOf(standings, row.name)) !== (before[place] === 1);
  });
  const passes = another.length === 0 ? before : before.slice();
  for (const place of new Set(another)) passes[place] = 1 - before[place]!;
  return {
    filter,
    table,
    standings,
    passes,
    shorter: shorter === null ? null : retested(shorter, touched, table, standings),
  };
}

/** Which jobs a filter lets through. What a shorter filter found is all that a longer one searches. */
import { jobFilter, parseFilter } from '../../../job/filter.ts';
import { narrows } from '../../../job/filter-language.ts';
import { changedPlaces, type JobTable } from '../../../job/table.ts';
import { type Busy, busyPlaces } from './order.ts';
import { holdersOf, isWord } from './words.ts';

export interface Found {
  readonly filter: string;
  readonly table: JobTable;
  readonly busy: Busy;
  /** 1 for each place whose job is let through; the very same as before where these are the same. */
  readonly passes: Uint8Array;
  /** What shorter filters found, the shortest last: a letter taken back is there again. */
  readonly shorter: Found | null;
}

/** What `filter` finds; `before` is what was found before, of whatever. */
export function foundBy(filter: string, table: JobTable, busy: Busy, before: Found | null): Found {
  const known = before === null ? null : updated(before, table, busy);
  for (let shorter = known; shorter !== null; shorter = shorter.shorter) {
    if (shorter.filter === filter) return shorter;
    if (narrows(shorter.filter, filter, jobFilter)) return search(filter, table, busy, shorter);
  }
  return search(filter, table, busy, null);
}

function search(filter: string, table: JobTable, busy: Busy, shorter: Found | null): Found {
  if (isWord(filter))
    return { filter, table, busy, passes: holdersOf(filter.toLowerCase(), table), shorter };
  const holds = parseFilter(filter);
  const passes = new Uint8Array(table.size);
  for (let place = 0; place < passes.length; place++) {
    if (shorter !== null && shorter.passes[place] === 0) continue;
    const row = table.rows[place]!;
    if (holds(row, busy.has(row.name))) passes[place] = 1;
  }
  return { filter, table, busy, passes, shorter };
}

/** The same filters over the jobs as they are now; null where these are others. */
function updated(found: Found, table: JobTable, busy: Busy): Found | null {
  if (found.table === table && found.busy === busy) return found;
  const changed = changedPlaces(found.table, table);
  if (changed === null) return null;
  const touched = [...changed, ...busyPlaces(found.busy, busy, table)];
  return retested(found, touched, table, busy);
}

function retested(
  { filter, passes: before, shorter }: Found,
  touched: readonly number[],
  table: JobTable,
  busy: Busy,
): Found {
  const holds = parseFilter(filter);
  const another = touched.filter((place) => {
    const row = table.rows[place]!;
    return holds(row, busy.has(row.name)) !== (before[place] === 1);
  });
  const passes = another.length === 0 ? before : before.slice();
  for (const place of new Set(another)) passes[place] = 1 - before[place]!;
  return {
    filter,
    table,
    busy,
    passes,
    shorter: shorter === null ? null : retested(shorter, touched, table, busy),
  };
}

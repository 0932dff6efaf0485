/** A list of jobs as the rows of a table. What did not change since the list before is not read again. */
import { UnreadableJob } from '../base/errors.ts';
import { usualFacts } from '../job/facts.ts';
import type { JobFacts, JobText } from '../job/job.ts';
import { JobRow, type Page } from '../job/row.ts';
import { valueSharer } from '../job/shared-values.ts';
import { JobTable } from '../job/table.ts';
import { nameIn, parseJob, textOf } from './list.ts';
import { alone, pageWriter } from './page.ts';

export interface RowReader {
  /** The row of a job by its exact bytes; null for what is not a job, which was told of. */
  readonly read: (bytes: Uint8Array) => JobRow | null;
  /** The whole table: the one before where nothing changed. */
  readonly end: () => JobTable;
}

/** `before`: the table of the list before; its rows are handed out again. */
export function rowReader(
  url: string,
  before: JobTable,
  onUnreadable: (error: UnreadableJob, name: string) => void,
): RowReader {
  const writer = pageWriter();
  const shared = valueSharer();
  const rows: JobRow[] = [];
  const uses = usesOfPages();
  /** Null as long as each name stands where it stood before. */
  let places: Map<string, number> | null = before.size === 0 ? new Map() : null;
  /** Where the next job stood before, as lists come in one order. */
  let next = 0;

  function rowOf(bytes: Uint8Array): JobRow | null {
    const expected = before.rows[next];
    if (expected?.isOf(bytes)) return again(expected, bytes);
    const text = textOf(bytes);
    if (before.size > 0) {
      const known = before.get(nameIn(text));
      if (known !== undefined && known !== expected && known.isOf(bytes))
        return again(known, bytes);
    }
    const facts = usualFacts(text) ?? factsOf(text);
    return facts === null ? null : new JobRow(shared(facts), writer.add(bytes));
  }

  /** Null for what is not a job. */
  function factsOf(text: string): JobFacts | null {
    try {
      return parseJob(url, text).job;
    } catch (error) {
      if (!(error instanceof UnreadableJob)) throw error;
      onUnreadable(error, nameIn(text));
      return null;
    }
  }

  function again(row: JobRow, bytes: Uint8Array): JobRow {
    if (row.page !== null && isSpare(row.page)) row.move(writer.add(bytes));
    return row;
  }

  /** In the place of its name; of two of one name the later counts. */
  function put(row: JobRow): void {
    if (places === null && row.name !== before.rows[rows.length]?.name)
      places = new Map(rows.map(({ name }, place) => [name, place]));
    if (row.page !== null) uses.note(row.page);
    const place = places?.get(row.name);
    if (place !== undefined) rows[place] = row;
    else {
      places?.set(row.name, rows.length);
      rows.push(row);
    }
  }

  return {
    read(bytes) {
      const row = rowOf(bytes);
      if (row === null) return null;
      next = (before.places.get(row.name) ?? next - 1) + 1;
      put(row);
      return row;
    },
    end() {
      writer.end();
      uses.end();
      const isAsLong = rows.length === before.size;
      if (isAsLong && rows.every((row, place) => row === before.rows[place])) return before;
      if (isAsLong && places === null) return new JobTable(rows, before.places);
      return new JobTable(rows, places ?? new Map(rows.map(({ name }, place) => [name, place])));
    },
  };
}

/** The row of a job that was read on its own: the very same one where the job is as it was. */
export function rowAmong(table: JobTable, { text, job }: JobText): JobRow {
  const bytes = Buffer.from(text);
  const known = table.get(job.name);
  return known?.isOf(bytes) ? known : new JobRow(job, alone(bytes));
}

/** Most of what it holds is not in the list any more. */
const isSpare = ({ uses, count }: Page): boolean => uses * 2 < count;

/** Bytes of small pages, which take what they hold, before they are put together. */
const most = 1_000_000;

/** How many texts of each page a list has: counted while it comes, since a long one would stop all else. */
function usesOfPages() {
  const uses = new Map<Page, number>();
  let page: Page | null = null;
  let count = 0;
  const turn = (to: Page | null): void => {
    if (page !== null) uses.set(page, (uses.get(page) ?? 0) + count);
    page = to;
    count = 0;
  };
  return {
    note: (one: Page): void => {
      if (one !== page) turn(one);
      count++;
    },
    end: (): void => {
      turn(null);
      let raw = 0;
      for (const [one, its] of uses) {
        one.uses = its;
        raw += one.raw;
      }
      // They go into larger ones with the next list.
      if (raw > most) for (const one of uses.keys()) if (one.raw > 0) one.uses = 0;
    },
  };
}

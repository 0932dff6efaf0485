/** The jobs of a server by name, replaced as a whole, or some of them. */
import type { JobText } from './job.ts';
import { type JobRow, rowOf } from './row.ts';

type Places = ReadonlyMap<string, number>;

/** A map in which each name has a place: what is made of all jobs need not be made anew for one. */
export class JobTable implements ReadonlyMap<string, JobRow> {
  static readonly empty = new JobTable([], new Map());

  readonly rows: readonly JobRow[];
  /** Where each name stands in `rows`: the very same map in a table with the same names. */
  readonly places: Places;

  constructor(rows: readonly JobRow[], places: Places) {
    this.rows = rows;
    this.places = places;
  }

  get size(): number {
    return this.rows.length;
  }

  get(name: string): JobRow | undefined {
    const place = this.places.get(name);
    return place === undefined ? undefined : this.rows[place];
  }

  has(name: string): boolean {
    return this.places.has(name);
  }

  keys(): MapIterator<string> {
    return this.places.keys();
  }

  values(): MapIterator<JobRow> {
    return this.rows.values();
  }

  *entries(): MapIterator<[string, JobRow]> {
    for (const row of this.rows) yield [row.name, row];
  }

  [Symbol.iterator](): MapIterator<[string, JobRow]> {
    return this.entries();
  }

  forEach(each: (row: JobRow, name: string, table: JobTable) => void): void {
    for (const row of this.rows) each(row, row.name, this);
  }

  /** With these jobs in place of those of the same names; new ones at the end. */
  with(entries: Iterable<JobText>): JobTable {
    const builder = tableBuilder(this);
    for (const entry of entries) builder.set(rowOf(entry));
    return builder.table();
  }

  /** The rows that are others than before, each with the one of its name before. */
  *othersThan(before: JobTable): Generator<readonly [row: JobRow, old: JobRow | undefined]> {
    const isInPlace = before.places === this.places;
    for (let place = 0; place < this.size; place++) {
      const row = this.rows[place]!;
      const old = isInPlace ? before.rows[place] : before.get(row.name);
      if (old !== row) yield [row, old];
    }
  }

  /** Without the jobs of these names. */
  without(names: ReadonlySet<string>): JobTable {
    if (names.size === 0) return this;
    const left = this.rows.filter(({ name }) => !names.has(name));
    return left.length === this.size ? this : tableOf(left);
  }
}

export const tableOf = (entries: Iterable<JobText>): JobTable => JobTable.empty.with(entries);

/** The table of such a map; itself where it is one. */
export const asTable = (jobs: ReadonlyMap<string, JobText>): JobTable =>
  jobs instanceof JobTable ? jobs : tableOf(jobs.values());

export interface TableBuilder {
  /** Puts it in the place of its name, or at the end. */
  readonly set: (row: JobRow) => void;
  /** The table; `begun` itself where nothing differs. */
  readonly table: () => JobTable;
}

/** Copies of `begun` only what has to be another. */
function tableBuilder(begun: JobTable): TableBuilder {
  let rows: JobRow[] | null = null;
  let places: Map<string, number> | null = null;
  return {
    set(row) {
      const place = (places ?? begun.places).get(row.name);
      if (place !== undefined && (rows ?? begun.rows)[place] === row) return;
      rows ??= begun.rows.slice();
      if (place !== undefined) rows[place] = row;
      else {
        places ??= new Map(begun.places);
        places.set(row.name, rows.push(row) - 1);
      }
    },
    table: () => (rows === null ? begun : new JobTable(rows, places ?? begun.places)),
  };
}

/**
 * The places whose row is another in `now`; null where the names themselves differ, so that places mean
 * nothing.
 */
export function changedPlaces(before: JobTable, now: JobTable): readonly number[] | null {
  if (before === now) return [];
  if (before.places !== now.places) return null;
  const changed: number[] = [];
  for (let place = 0; place < now.rows.length; place++)
    if (before.rows[place] !== now.rows[place]) changed.push(place);
  return changed;
}

/** The jobs of a server by name, replaced as a whole, or some of them. */
import type { JobText } from './job.ts';
import { type JobRow, rowOf } from './row.ts';

type Places = ReadonlyMap<string, number>;

/** The table that another one was made of, and the places of the rows that it has instead, each once. */
interface Made {
  readonly of: WeakRef<JobTable>;
  readonly changed: readonly number[];
}

/** A map in which each name has a place: what is made of all jobs need not be made anew for one. */
export class JobTable implements ReadonlyMap<string, JobRow> {
  static readonly empty = new JobTable([], new Map());

  readonly rows: readonly JobRow[];
  /** Where each name stands in `rows`: the very same map in a table with the same names. */
  readonly places: Places;
  readonly #made: Made | null;

  constructor(rows: readonly JobRow[], places: Places, made: Made | null = null) {
    this.rows = rows;
    this.places = places;
    this.#made = made;
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
  othersThan(before: JobTable): (readonly [row: JobRow, old: JobRow | undefined])[] {
    const changed = this.changedSince(before);
    if (changed !== null) return changed.map((place) => [this.rows[place]!, before.rows[place]]);
    return this.rows.flatMap((row) => {
      const old = before.get(row.name);
      return old === row ? [] : [[row, old] as const];
    });
  }

  /**
   * The places whose row is another than `before`; null where the names themselves differ, so that places mean
   * nothing. Of a long table all rows are looked at only where it was not made of that one.
   */
  changedSince(before: JobTable): readonly number[] | null {
    if (before === this) return [];
    if (before.places !== this.places) return null;
    if (this.#made?.of.deref() === before) return this.#made.changed;
    const changed: number[] = [];
    for (let place = 0; place < this.size; place++)
      if (before.rows[place] !== this.rows[place]) changed.push(place);
    return changed;
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
  const changed = new Set<number>();
  return {
    set(row) {
      const place = (places ?? begun.places).get(row.name);
      if (place !== undefined && (rows ?? begun.rows)[place] === row) return;
      rows ??= begun.rows.slice();
      if (place !== undefined) {
        rows[place] = row;
        changed.add(place);
      } else {
        places ??= new Map(begun.places);
        places.set(row.name, rows.push(row) - 1);
      }
    },
    table: () => {
      if (rows === null) return begun;
      if (places !== null) return new JobTable(rows, places);
      const now = rows;
      const others = [...changed].filter((place) => now[place] !== begun.rows[place]);
      return new JobTable(now, begun.places, { of: new WeakRef(begun), changed: others });
    },
  };
}

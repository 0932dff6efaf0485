/**
 * The places of all jobs in the order of a column. Made once; where some jobs changed, those are moved
 * whose value is another, and nothing else is compared.
 */
import { nextOf } from '../../../job/runs.ts';
import { jobStatus } from '../../../job/status.ts';
import { changedPlaces, type JobTable } from '../../../job/table.ts';
import { columnOf, type Sort } from '../../../view/job-columns.ts';
import { memo } from '../../../view/memo.ts';
import type { State } from '../../state/model.ts';

export type Busy = State['busy'];

/** What an order is made of. */
export interface Unordered {
  readonly table: JobTable;
  readonly busy: Busy;
  readonly sort: Sort;
  /** What the next runs are seen from: ms since the epoch; zone and version of the server. */
  readonly at: number;
  readonly serverZone: string;
  readonly version: string | undefined;
}

type Value = string | number;

export interface Order {
  readonly of: Unordered;
  /** By place. */
  readonly values: readonly Value[];
  /** The very same as before where no job moved. */
  readonly places: Uint32Array;
}

export const compareValues = (a: Value, b: Value): number => (a < b ? -1 : a > b ? 1 : 0);

/** The order of `of`; `before` is an earlier one, of whatever. */
export function orderOf(of: Unordered, before: Order | null): Order {
  const touched = before === null ? null : touchedSince(before.of, of);
  if (before === null || touched === null) {
    const values = Array.from({ length: of.table.size }, (_, place) => valueAt(of, place));
    return { of, values, places: sorted(of, values) };
  }
  const values = before.values.slice();
  const moved = touched.filter((place) => {
    values[place] = valueAt(of, place);
    return values[place] !== before.values[place];
  });
  if (moved.length === 0) return { of, values: before.values, places: before.places };
  return { of, values, places: withMoved(of, values, before.places, moved) };
}

function valueAt({ table, busy, sort, at, serverZone, version }: Unordered, place: number): Value {
  const job = table.rows[place]!;
  const value = columnOf(sort.column).key({
    job,
    status: jobStatus(job, busy.has(job.name)),
    next: sort.column === 'next' ? nextOf(job, at, serverZone, version) : { kind: 'never' },
    now: at,
  });
  return typeof value === 'string' ? value.toLowerCase() : value;
}

/** The places whose value may be another; null where everything is. */
function touchedSince(before: Unordered, now: Unordered): readonly number[] | null {
  const { column, descending } = now.sort;
  if (before.sort.column !== column || before.sort.descending !== descending) return null;
  const changed = changedPlaces(before.table, now.table);
  if (changed === null) return null;
  if (column === 'status') return [...changed, ...busyPlaces(before.busy, now.busy, now.table)];
  // A time that has come has another one after it.
  return column === 'next' && !isSeenAlike(before, now)
    ? now.table.rows.map((_, at) => at)
    : changed;
}

const isSeenAlike = (before: Unordered, now: Unordered): boolean =>
  before.at === now.at && before.serverZone === now.serverZone && before.version === now.version;

/** The places of the jobs that began to run or ended. */
export function busyPlaces(before: Busy, now: Busy, { places }: JobTable): number[] {
  if (before === now) return [];
  const names = [...before.keys(), ...now.keys()];
  return names
    .filter((name) => before.has(name) !== now.has(name))
    .flatMap((name) => places.get(name) ?? []);
}

/** By the names, letter by letter: Dkron sends them so. */
const byName = memo((places: JobTable['places']): Uint32Array => {
  const names = [...places.keys()];
  const order = Uint32Array.from(names.keys());
  const isSorted = names.every((name, at) => at === 0 || names[at - 1]! < name);
  return isSorted ? order : order.sort((a, b) => compareValues(names[a]!, names[b]!));
});

/** Equal values by name. Each value is compared once, however many jobs have it. */
function sorted({ table, sort }: Unordered, values: readonly Value[]): Uint32Array {
  const base = byName(table.places);
  if (!sort.descending && isInOrder(base, values)) return base;
  const ranks = ranksOf(values, sort.descending);
  /** Where the next job of each rank stands. */
  const starts = new Uint32Array(ranks.size + 1);
  for (const value of values) starts[ranks.get(value)! + 1]!++;
  for (let rank = 0; rank < ranks.size; rank++) starts[rank + 1]! += starts[rank]!;
  const places = new Uint32Array(values.length);
  for (const place of base) places[starts[ranks.get(values[place]!)!]!++] = place;
  return places;
}

const isInOrder = (places: Uint32Array, values: readonly Value[]): boolean =>
  places.every((place, at) => at === 0 || values[places[at - 1]!]! <= values[place]!);

function ranksOf(values: readonly Value[], descending: boolean): ReadonlyMap<Value, number> {
  const different = [...new Set(values)].sort(compareValues);
  if (descending) different.reverse();
  return new Map(different.map((value, rank) => [value, rank]));
}

/** Takes the moved places out and merges them in again. */
function withMoved(
  { table, sort }: Unordered,
  values: readonly Value[],
  before: Uint32Array,
  moved: readonly number[],
): Uint32Array {
  const sign = sort.descending ? -1 : 1;
  const { rows } = table;
  const compare = (a: number, b: number): number =>
    sign * compareValues(values[a]!, values[b]!) || compareValues(rows[a]!.name, rows[b]!.name);
  const isMoved = new Uint8Array(rows.length);
  for (const place of moved) isMoved[place] = 1;
  const coming = [...new Set(moved)].sort(compare);
  const places = new Uint32Array(rows.length);
  let to = 0;
  let from = 0;
  for (const place of before) {
    if (isMoved[place] === 1) continue;
    while (from < coming.length && compare(coming[from]!, place) < 0)
      places[to++] = coming[from++]!;
    places[to++] = place;
  }
  while (from < coming.length) places[to++] = coming[from++]!;
  return places;
}

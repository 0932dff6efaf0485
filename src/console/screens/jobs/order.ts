/**
 * The places of all jobs in the order of a column. Made once; where some jobs changed, those are moved
 * whose value is another, and nothing else is compared.
 */

import { stepsOnce } from '../../../base/memo-of.ts';
import { forEachBelow } from '../../../base/steps.ts';
import type { Next } from '../../../job/next-seen.ts';
import type { JobRow } from '../../../job/row.ts';
import { nextOf } from '../../../job/runs.ts';
import { jobStatus, type Standings, standingOf } from '../../../job/status.ts';
import type { JobTable } from '../../../job/table.ts';
import type { KnownTimes } from '../../../oversight/kept-times.ts';
import { columnOf, type Sort } from '../../../view/job-columns.ts';

/** What an order is made of. */
export interface Unordered {
  readonly table: JobTable;
  readonly standings: Standings;
  readonly sort: Sort;
  /** What the next runs are seen from: ms since the epoch; zone and version of the server. */
  readonly at: number;
  readonly serverZone: string;
  readonly version: string | undefined;
  /** How long jobs take; nothing where the column does not look at it. */
  readonly times: KnownTimes;
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

/** The order of `of`, in steps; `before` is an earlier one, of whatever. */
export function* orderOf(of: Unordered, before: Order | null): Generator<void, Order> {
  const touched = before === null ? null : touchedSince(before.of, of);
  if (before === null || touched === null) {
    const { rows } = of.table;
    const value = valueFor(of);
    const values: Value[] = new Array(rows.length);
    yield* forEachBelow(rows.length, (place) => {
      values[place] = value(rows[place]!);
    });
    return { of, values, places: yield* sorted(of, values) };
  }
  if (touched.length === 0) return { of, values: before.values, places: before.places };
  const values = before.values.slice();
  const value = valueFor(of);
  const moved = touched.filter((place) => {
    values[place] = value(of.table.rows[place]!);
    return values[place] !== before.values[place];
  });
  if (moved.length === 0) return { of, values: before.values, places: before.places };
  return { of, values, places: withMoved(of, values, before.places, moved) };
}

/** What is asked of a row is worked out only for the column that shows it. */
function valueFor({
  standings,
  sort,
  at,
  serverZone,
  version,
  times,
}: Unordered): (row: JobRow) => Value {
  const { key } = columnOf(sort.column);
  return (job) => {
    const value = key({
      job,
      status: sort.column === 'status' ? jobStatus(job, standingOf(standings, job.name)) : 'never',
      next: sort.column === 'next' ? nextOf(job, at, serverZone, version) : never,
      now: at,
      times: times.get(job.name),
    });
    return typeof value === 'string' ? value.toLowerCase() : value;
  };
}

/** So many are worked out between two looks at the clock. */
const together = 32;

/** Whose next runs are known, from the first row on; they are remembered by their rows. */
let ahead: { readonly places: JobTable['places']; count: number } | null = null;

/** Works out next runs until it is late; gives whether all that the order looks at are known. */
export function orderAhead(
  { sort, table, at, serverZone, version }: Unordered,
  isLate: () => boolean,
): boolean {
  if (sort.column !== 'next') return true;
  const { rows, places } = table;
  if (ahead?.places !== places) ahead = { places, count: 0 };
  while (ahead.count < rows.length) {
    const until = Math.min(rows.length, ahead.count + together);
    for (; ahead.count < until; ahead.count++) nextOf(rows[ahead.count]!, at, serverZone, version);
    if (isLate()) break;
  }
  return ahead.count === rows.length;
}

const never: Next = { kind: 'never' };

/** The places whose value may be another; null where everything is. */
function touchedSince(before: Unordered, now: Unordered): readonly number[] | null {
  const { column, descending } = now.sort;
  if (before.sort.column !== column || before.sort.descending !== descending) return null;
  const changed = before.times === now.times ? now.table.changedSince(before.table) : null;
  if (changed === null) return null;
  if (column === 'status')
    return [...changed, ...standingPlaces(before.standings, now.standings, now.table)];
  // A time that has come has another one after it.
  return column === 'next' && !isSeenAlike(before, now)
    ? now.table.rows.map((_, at) => at)
    : changed;
}

const isSeenAlike = (before: Unordered, now: Unordered): boolean =>
  before.at === now.at && before.serverZone === now.serverZone && before.version === now.version;

/** The places of the jobs that stand otherwise than before. */
export function standingPlaces(before: Standings, now: Standings, { places }: JobTable): number[] {
  if (before === now) return [];
  const names = new Set([...before.keys(), ...now.keys()]);
  return [...names]
    .filter((name) => differs(before, now, name))
    .flatMap((name) => places.get(name) ?? []);
}

function differs(before: Standings, now: Standings, name: string): boolean {
  const [one, other] = [standingOf(before, name), standingOf(now, name)];
  return (
    one.running !== other.running ||
    one.trouble !== other.trouble ||
    (one.pace ?? null) !== (other.pace ?? null)
  );
}

/** By the names, letter by letter: Dkron sends them so. */
const byName = stepsOnce(function* (places: JobTable['places']): Generator<void, Uint32Array> {
  const names = [...places.keys()];
  const order = new Uint32Array(names.length);
  let isSorted = true;
  yield* forEachBelow(names.length, (at) => {
    order[at] = at;
    if (at > 0 && names[at - 1]! >= names[at]!) isSorted = false;
  });
  return isSorted ? order : order.sort((a, b) => compareValues(names[a]!, names[b]!));
});

/** Equal values by name. Each value is compared once, however many jobs have it. */
function* sorted(
  { table, sort }: Unordered,
  values: readonly Value[],
): Generator<void, Uint32Array> {
  const base = yield* byName(table.places);
  const steps = yield* stepsOf(base, values);
  if (steps === 'up' || (steps !== 'mixed' && !sort.descending))
    return sort.descending ? base.toReversed() : base;
  const ranks = ranksOf(values, sort.descending);
  /** Where the next job of each rank stands. */
  const starts = new Uint32Array(ranks.size + 1);
  for (const value of values) starts[ranks.get(value)! + 1]!++;
  for (let rank = 0; rank < ranks.size; rank++) starts[rank + 1]! += starts[rank]!;
  const places = new Uint32Array(values.length);
  for (const place of base) places[starts[ranks.get(values[place]!)!]!++] = place;
  return places;
}

/** How values go on from one place to the next: each is greater, none is less, or neither. */
function* stepsOf(
  places: Uint32Array,
  values: readonly Value[],
): Generator<void, 'up' | 'not down' | 'mixed'> {
  let isUp = true;
  let isDown = false;
  yield* forEachBelow(places.length - 1, (at) => {
    if (isDown) return;
    const one = values[places[at]!]!;
    const next = values[places[at + 1]!]!;
    if (one > next) isDown = true;
    else if (one === next) isUp = false;
  });
  if (isDown) return 'mixed';
  return isUp ? 'up' : 'not down';
}

function ranksOf(values: readonly Value[], descending: boolean): ReadonlyMap<Value, number> {
  const different = [...new Set(values)];
  const numbers = different.filter((value) => typeof value === 'number');
  const texts = different.filter((value) => typeof value === 'string');
  const inOrder: Value[] = [...Float64Array.from(numbers).sort(), ...texts.sort(compareValues)];
  if (descending) inOrder.reverse();
  return new Map(inOrder.map((value, rank) => [value, rank]));
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

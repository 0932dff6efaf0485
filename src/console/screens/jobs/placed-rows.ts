/** Rows by the places of their jobs: nothing is made for each of a hundred thousand, as a key has no time for it. */
import type { JobTable } from '../../../job/table.ts';
import type { Keys, Rows } from '../../state/cursor.ts';

/** `names` of all places, and `placeOf` the other way round. */
export const placedRows = (
  places: Uint32Array,
  names: readonly string[],
  placeOf: JobTable['places'],
): Rows => ({ keys: namesAt(places, names), index: indexOf(places, placeOf) });

/** An array of all names would be the largest part of a key's garbage. */
function namesAt(places: Uint32Array, names: readonly string[]): Keys {
  const at = (row: number): string | undefined => names[places.at(row) ?? -1];
  return {
    length: places.length,
    at,
    slice: (start, end) => Array.from(places.subarray(start, end), (place) => names[place]!),
    *[Symbol.iterator]() {
      for (const place of places) yield names[place]!;
    },
  };
}

/** So many rows are looked for one by one: a key asks for that of its cursor, and another list is shown. */
const few = 16;

/** Where the row of each name is. */
function indexOf(shownPlaces: Uint32Array, placeOf: JobTable['places']): Rows['index'] {
  let asked = 0;
  let rowAt: Int32Array | null = null;
  const rowOf = (place: number): number => {
    if (rowAt === null && asked++ < few) return shownPlaces.indexOf(place);
    rowAt ??= rowsAt(shownPlaces, placeOf.size);
    return rowAt[place]!;
  };
  const get = (name: string): number | undefined => {
    const place = placeOf.get(name);
    const row = place === undefined ? -1 : rowOf(place);
    return row < 0 ? undefined : row;
  };
  return { get, has: (name) => get(name) !== undefined };
}

function rowsAt(shownPlaces: Uint32Array, count: number): Int32Array {
  const rows = new Int32Array(count).fill(-1);
  for (let at = 0; at < shownPlaces.length; at++) rows[shownPlaces[at]!] = at;
  return rows;
}

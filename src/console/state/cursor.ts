/** Cursors bound to identities, in windows of equal rows: arithmetic only, nothing is measured. */
import type { Cursor } from './model.ts';

/** Identities in their order: an array, or what makes of many only those that are asked for. */
export interface Keys extends Iterable<string> {
  readonly length: number;
  at(place: number): string | undefined;
  slice(start?: number, end?: number): string[];
}

/** A list of identities with the place of each. */
export interface Rows {
  readonly keys: Keys;
  readonly index: Pick<ReadonlyMap<string, number>, 'get' | 'has'>;
}

export const keysOf = (keys: readonly string[]): Rows => ({
  keys,
  index: new Map(keys.map((key, at) => [key, at])),
});

export const noCursor: Cursor = { key: null, row: 0 };

const clamp = (value: number, low: number, high: number): number =>
  Math.max(low, Math.min(value, high));

/** Where the cursor stands in the list; the first row when it stands nowhere. */
export const cursorIndex = (cursor: Cursor, list: Rows): number =>
  (cursor.key === null ? undefined : list.index.get(cursor.key)) ?? 0;

/** The window of `height` rows that shows the cursor in its row. */
export function windowOf(
  cursor: Cursor,
  list: Rows,
  height: number,
): { readonly start: number; readonly end: number } {
  const at = cursorIndex(cursor, list);
  const row = clamp(cursor.row, 0, Math.max(0, height - 1));
  const start = clamp(at - row, 0, Math.max(0, list.keys.length - height));
  return { start, end: Math.min(list.keys.length, start + height) };
}

/** Moves to an index; the window scrolls only when the cursor would leave it. */
export function moveTo(cursor: Cursor, list: Rows, index: number, height: number): Cursor {
  if (list.keys.length === 0) return noCursor;
  const target = clamp(index, 0, list.keys.length - 1);
  const { start } = windowOf(cursor, list, height);
  return {
    key: list.keys.at(target) ?? null,
    row: clamp(target - start, 0, Math.max(0, height - 1)),
  };
}

/**
 * After the list changed: the same key in the same row of the window, or, when it is gone, the
 * neighbour that took its place: the next one that is left, else the one before.
 */
export function keepCursor(
  cursor: Cursor,
  before: Rows,
  after: Rows,
): { readonly cursor: Cursor; readonly gone: boolean } {
  if (after.keys.length === 0) return { cursor: noCursor, gone: cursor.key !== null };
  if (cursor.key === null) return { cursor: { key: after.keys.at(0)!, row: 0 }, gone: false };
  if (after.index.has(cursor.key)) return { cursor, gone: false };
  const key = nearestIn(after, before.keys, cursorIndex(cursor, before)) ?? after.keys.at(0)!;
  return { cursor: { key, row: cursor.row }, gone: true };
}

/** The first of the keys from a place on that is in the list, else the last one before it. */
function nearestIn({ index }: Rows, keys: Keys, from: number): string | undefined {
  for (let at = from; at < keys.length; at++) if (index.has(keys.at(at)!)) return keys.at(at);
  for (let at = from - 1; at >= 0; at--) if (index.has(keys.at(at)!)) return keys.at(at);
  return undefined;
}

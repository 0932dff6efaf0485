import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cursorIndex,
  keepCursor,
  keysOf,
  moveTo,
  noCursor,
  type Rows,
  windowOf,
} from '../../../src/console/state/cursor.ts';

const letters = (text: string): Rows => keysOf([...text]);
/** Lists of different keys, in any order. */
const anyList = fc.uniqueArray(fc.integer({ min: 0, max: 60 }).map(String)).map(keysOf);
const fullList = fc
  .uniqueArray(fc.integer({ min: 0, max: 60 }).map(String), { minLength: 1 })
  .map(keysOf);
const anyHeight = fc.integer({ min: 1, max: 30 });
const anyCursor = fc.record({
  key: fc.option(fc.integer({ min: 0, max: 70 }).map(String)),
  row: fc.integer({ min: 0, max: 40 }),
});

describe('windowOf', () => {
  it('is full whenever the list fills it, never exceeds the list, and shows the cursor', () => {
    fc.assert(
      fc.property(anyCursor, anyList, anyHeight, (cursor, list, height) => {
        const { start, end } = windowOf(cursor, list, height);
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end - start).toBe(Math.min(height, list.keys.length));
        expect(end).toBeLessThanOrEqual(list.keys.length);
        const at = cursorIndex(cursor, list);
        if (list.keys.length > 0) expect(at >= start && at < end).toBe(true);
      }),
    );
  });
});

describe('moving', () => {
  it('ends on the row asked for, or on the nearest one there is', () => {
    fc.assert(
      fc.property(
        anyCursor,
        fullList,
        fc.integer({ min: -100, max: 100 }),
        anyHeight,
        (cursor, list, index, height) => {
          const moved = moveTo(cursor, list, index, height);
          const target = Math.max(0, Math.min(index, list.keys.length - 1));
          expect(cursorIndex(moved, list)).toBe(target);
        },
      ),
    );
  });

  it('scrolls only when the cursor would leave the window', () => {
    fc.assert(
      fc.property(
        anyCursor,
        fullList,
        fc.integer({ min: -100, max: 100 }),
        anyHeight,
        (cursor, list, delta, height) => {
          const to = cursorIndex(cursor, list) + delta;
          const before = windowOf(cursor, list, height);
          const moved = moveTo(cursor, list, to, height);
          const after = windowOf(moved, list, height);
          const at = cursorIndex(moved, list);
          const stays = at >= before.start && at < before.end;
          if (stays) expect(after).toEqual(before);
          else expect(at === after.start || at === after.end - 1).toBe(true);
        },
      ),
    );
  });

  it('has nowhere to go in an empty list', () => {
    expect(moveTo({ key: 'a', row: 3 }, keysOf([]), 1, 10)).toEqual(noCursor);
  });
});

describe('keepCursor', () => {
  it('never moves a cursor whose key is still there, nor its row where the list reaches', () => {
    fc.assert(
      fc.property(anyCursor, anyList, anyList, anyHeight, (cursor, before, after, height) => {
        fc.pre(cursor.key !== null && after.index.has(cursor.key));
        const kept = keepCursor(cursor, before, after);
        expect(kept).toEqual({ cursor, gone: false });
        const { start } = windowOf(kept.cursor, after, height);
        const at = cursorIndex(cursor, after);
        const row = Math.min(cursor.row, height - 1);
        const last = Math.max(0, after.keys.length - height);
        // Only the ends of the list can hold the window back.
        if (start > 0 && start < last) expect(at - start).toBe(row);
      }),
    );
  });

  it('always stands on a row when there is one', () => {
    fc.assert(
      fc.property(anyCursor, anyList, fullList, (cursor, before, after) => {
        const kept = keepCursor(cursor, before, after).cursor;
        expect(after.index.has(kept.key ?? '')).toBe(true);
      }),
    );
  });

  it.each<[string, string, string, string, string]>([
    ['the next one takes its place', 'abcde', 'c', 'abde', 'd'],
    ['the one before, when it was the last', 'abc', 'c', 'ab', 'b'],
    ['the next that is left', 'abcdef', 'b', 'aef', 'e'],
    ['also when those above are gone too', 'abcde', 'c', 'de', 'd'],
    ['also when others came above', 'abc', 'b', 'xyzac', 'c'],
    ['the first of a list of others', 'abc', 'b', 'xyz', 'x'],
  ])('says that the key is gone: %s', (_, before, key, after, expected) => {
    const kept = keepCursor({ key, row: 1 }, letters(before), letters(after));
    expect(kept).toEqual({ cursor: { key: expected, row: 1 }, gone: true });
  });

  it('starts on the first row, which startles nobody', () => {
    expect(keepCursor(noCursor, keysOf([]), letters('ab'))).toEqual({
      cursor: { key: 'a', row: 0 },
      gone: false,
    });
  });

  it('says so when nothing is left', () => {
    expect(keepCursor({ key: 'a', row: 0 }, letters('a'), keysOf([]))).toEqual({
      cursor: noCursor,
      gone: true,
    });
  });
});

/** Jobs were checked: all that were asked about, or those that changed since. */
import { isDeepStrictEqual } from 'node:util';
import { type Found, inOrder, keyOf } from '../../../job/lint/found.ts';
import { keepCursor } from '../../state/cursor.ts';
import type { LintScreen, MessageOf, State } from '../../state/model.ts';
import { onNearest } from '../../state/stack.ts';
import { foundRows } from './rows.ts';

export const linted = (state: State, { from, looked, names, found }: MessageOf<'linted'>): State =>
  onNearest(state, 'lint', (screen) => {
    // Another look was asked for meanwhile.
    if (screen.from !== from) return screen;
    if (names === null) return { ...screen, looked };
    return withFound({ ...screen, looked: screen.names.length }, names, found);
  });

function withFound(
  screen: LintScreen,
  names: readonly string[],
  news: readonly Found[],
): LintScreen {
  const looked = new Set(names);
  const known = screen.found ?? [];
  const before = known.filter(({ job }) => looked.has(job));
  if (screen.found !== null && isDeepStrictEqual(before, inOrder(news))) return screen;
  const found = inOrder([...known.filter(({ job }) => !looked.has(job)), ...news]);
  const [old, now] = [screen.found, found].map((each) => foundRows(each, screen.filter));
  const keys = new Set(found.map(keyOf));
  return {
    ...screen,
    found,
    marks: new Set([...screen.marks].filter((key) => keys.has(key))),
    cursor: keepCursor(screen.cursor, old!, now!).cursor,
  };
}

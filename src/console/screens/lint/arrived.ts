/** Jobs were checked: all that were asked about, or those that changed since. */
import { isDeepStrictEqual } from 'node:util';
import { type Found, inOrder, keyOf } from '../../../job/lint/found.ts';
import { keepCursor } from '../../state/cursor.ts';
import type { Effect, LintScreen, MessageOf, State, Step } from '../../state/model.ts';
import { onNearest } from '../../state/stack.ts';
import { foundRows } from './rows.ts';

/** The table of TTLs was read, or could not be: a look that waits for it begins. */
export function ttlsRead(state: State, { table }: MessageOf<'ttls'>): Step {
  const ttls = { table: table ?? state.ttls?.table ?? null, at: state.ttls?.at ?? state.now };
  const screen = state.screens.findLast((one) => one.kind === 'lint');
  const effects: Effect[] =
    screen === undefined ? [] : [{ type: 'lint', names: screen.names, from: screen.from }];
  return [{ ...state, ttls }, effects];
}

export const linted = (
  state: State,
  { from, looked, names, found, ignored }: MessageOf<'linted'>,
): State =>
  onNearest(state, 'lint', (screen) => {
    // Another look was asked for meanwhile.
    if (screen.from !== from) return screen;
    const isWhole = names?.length === screen.names.length;
    if (names === null) return { ...screen, looked };
    return withFound(
      { ...screen, looked: screen.names.length, ...(isWhole && { ignored }) },
      names,
      found,
    );
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

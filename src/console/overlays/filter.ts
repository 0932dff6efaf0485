/** Filter and search: live while one types; enter keeps it, esc goes back to what was there. */
import type { Key } from '../../terminal/keys.ts';
import { editLine, type LineState, lineText, pasteLine } from '../../terminal/line.ts';
import { actionForKey, runAction } from '../registry.ts';
import { listingOf, onRow, rowOfScreen, withCursor } from '../screens/table.ts';
import { type FilterOverlay, type Screen, type State, type Step, still } from '../state/model.ts';
import { topScreen, withTop } from '../state/stack.ts';

export function filterKey(state: State, overlay: FilterOverlay, key: Key): Step {
  if (key.name === 'enter') {
    const kept: State = { ...state, overlay: null };
    return [kept, onRow(kept)];
  }
  if (key.name === 'esc') {
    const left: State = { ...asBefore(state, overlay.before), overlay: null };
    return [left, onRow(left)];
  }
  if (['up', 'down', 'pageup', 'pagedown'].includes(key.name)) {
    const action = actionForKey(state, key.name);
    return action ? runAction(state, action) : still(state);
  }
  return still(filterWith(state, overlay, editLine(overlay.line, key)));
}

export const filterPaste = (state: State, overlay: FilterOverlay, text: string): Step =>
  still(filterWith(state, overlay, pasteLine(overlay.line, text)));

function filterWith(state: State, overlay: FilterOverlay, line: LineState): State {
  const screen = topScreen(state);
  const typed = rowOfScreen(screen).filtered?.typed(state, screen, lineText(line), overlay.before);
  return { ...(typed ?? state), overlay: { ...overlay, line } };
}

/** The words of before, and the place: the cursor goes back to its row unless that is gone. */
function asBefore(state: State, before: Screen): State {
  const screen = topScreen(state);
  const { filtered } = rowOfScreen(screen);
  if (filtered === undefined || before.kind !== screen.kind) return state;
  if (filtered.restored) return withTop(state, filtered.restored(screen, before));
  const back = filtered.typed(state, screen, filtered.words(before), before);
  const key = 'cursor' in before ? before.cursor.key : null;
  const isThere = key !== null && listingOf(back)?.list.index.has(key);
  return isThere && 'cursor' in before ? withCursor(back, before.cursor) : back;
}

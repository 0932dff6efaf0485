/** Filter and search: live while one types; enter keeps it, esc goes back to what was there. */
import type { Key } from '../../terminal/keys.ts';
import { editLine, type LineState, lineText, pasteLine } from '../../terminal/line.ts';
import { actionForKey, runAction } from '../registry.ts';
import { setFilter } from '../screens/jobs/actions.ts';
import { glanceAt, listingOf, topScreen, withCursor, withTop } from '../screens/table.ts';
import { type FilterOverlay, type Screen, type State, type Step, still } from '../state/model.ts';

export function filterKey(state: State, overlay: FilterOverlay, key: Key): Step {
  if (key.name === 'enter') {
    const kept: State = { ...state, overlay: null };
    return [kept, glanceAt(kept)];
  }
  if (key.name === 'esc') {
    const left: State = { ...asBefore(state, overlay.before), overlay: null };
    return [left, glanceAt(left)];
  }
  if (['up', 'down', 'pageup', 'pagedown'].includes(key.name)) {
    const action = actionForKey(state, key.name);
    return action ? runAction(state, action) : still(state);
  }
  return still(filterWith(state, overlay, editLine(overlay.line, key)));
}

export const filterPaste = (state: State, overlay: FilterOverlay, text: string): Step =>
  still(filterWith(state, overlay, pasteLine(overlay.line, text)));

/** A search starts over with every letter from where it began. */
function filterWith(state: State, overlay: FilterOverlay, line: LineState): State {
  const start = overlay.before.kind === 'text' ? asBefore(state, overlay.before) : state;
  return { ...setFilter(start, lineText(line)), overlay: { ...overlay, line } };
}

/** The words of before, and the place: the cursor goes back to its job unless that is gone. */
function asBefore(state: State, before: Screen): State {
  const screen = topScreen(state);
  if (screen.kind === 'text' && before.kind === 'text') {
    const { search, match, top, left } = before;
    return withTop(state, { ...screen, search, match, top, left });
  }
  if (!('filter' in before)) return state;
  const back = setFilter(state, before.filter);
  const { key } = before.cursor;
  const isThere = key !== null && listingOf(back)?.list.index.has(key);
  return isThere ? withCursor(back, before.cursor) : back;
}

/** Filter and search: live while one types; enter keeps it, esc goes back to what was there. */
import type { Key } from '../../terminal/keys.ts';
import { editLine, type LineState, lineText, pasteLine } from '../../terminal/line.ts';
import { setFilter } from '../actions/jobs.ts';
import { type Overlay, type State, type Step, still } from '../model.ts';
import { actionForKey, runAction } from '../registry.ts';
import { glanceAt } from '../screens.ts';

type FilterOverlay = Extract<Overlay, { kind: 'filter' }>;

export function filterKey(state: State, overlay: FilterOverlay, key: Key): Step {
  if (key.name === 'enter') {
    const kept: State = { ...state, overlay: null };
    return [kept, glanceAt(kept)];
  }
  if (key.name === 'esc') {
    const left: State = { ...setFilter(state, overlay.before), overlay: null };
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

const filterWith = (state: State, overlay: FilterOverlay, line: LineState): State => ({
  ...setFilter(state, lineText(line)),
  overlay: { ...overlay, line },
});

/** Keys and pastes: to what lies on top, else to the action that has the key. */
import { edits } from '../../terminal/editing.ts';
import { altAsEscape, type Key } from '../../terminal/keys.ts';
import { pickKey } from '../editors/pick/keys.ts';
import { scheduleKey, schedulePaste } from '../editors/schedule/keys.ts';
import { closeValueEditor, valueKey, valuePaste } from '../editors/value/keys.ts';
import { choosePaste, helpKey, paletteKey } from '../overlays/choose/keys.ts';
import { confirmKey } from '../overlays/confirm.ts';
import { fileKey, filePaste } from '../overlays/file.ts';
import { filterKey, filterPaste } from '../overlays/filter.ts';
import { typedKey } from '../overlays/typed.ts';
import { actionForKey, runAction, unknownKey } from '../registry.ts';
import { flash, type State, type Step, still } from '../state/model.ts';
import { passing } from '../state/passing.ts';
import { topScreen } from '../state/stack.ts';

export function onKey(before: State, key: Key, at: number): Step {
  const state: State = { ...before, flash: null };
  const [next, effects] = routeAll(state, unbound(state, key) ? altAsEscape(key) : [key], at);
  // A row that a refresh put under the cursor is looked at for one key before it can be acted on.
  const looked = before.rowReplaced && topScreen(before).kind === 'jobs';
  const seen = looked ? { ...next, rowReplaced: false } : next;
  return passing(before, [seen, effects], at);
}

function routeAll(state: State, keys: readonly Key[], at: number): Step {
  return keys.reduce<Step>(
    ([before, effects], key) => {
      const [after, more] = routeKey(before, key, at);
      return [after, [...effects, ...more]];
    },
    [state, []],
  );
}

/** No action has an alt key, and an editor only some: the others are Esc, quickly followed by the key. */
const unbound = ({ overlay }: State, { name }: Key): boolean =>
  name.includes('alt-') && (overlay === null || overlay.kind === 'confirm' || !edits(name));

function routeKey(state: State, key: Key, at: number): Step {
  const { overlay } = state;
  if (key.name === 'ctrl-c') return leave(state);
  if (key.name === 'ctrl-l' || (key.name === 'ctrl-z' && !isTyping(state)))
    return byKey(state, key);
  switch (overlay?.kind) {
    case undefined:
      return byKey(state, key);
    case 'help':
      return helpKey(state, overlay, key);
    case 'palette':
      return paletteKey(state, overlay, key);
    case 'filter':
      return filterKey(state, overlay, key);
    case 'file':
      return fileKey(state, overlay, key);
    case 'confirm':
      return confirmKey(state, overlay, key, at);
    case 'typed':
      return typedKey(state, overlay, key, at);
    case 'value':
      return valueKey(state, overlay, key);
    case 'pick':
      return pickKey(state, overlay, key);
    case 'schedule':
      return scheduleKey(state, overlay, key);
  }
}

/** In what is typed ctrl-z undoes, as everywhere else one types. */
const isTyping = ({ overlay }: State): boolean =>
  overlay !== null && overlay.kind !== 'confirm' && overlay.kind !== 'pick';

function byKey(state: State, key: Key): Step {
  const action = actionForKey(state, key.name);
  return action ? runAction(state, action) : unknownKey(state, key.name);
}

/** Ctrl-C leaves at once, except from typed text that is not kept yet: that becomes a draft first. */
function leave(state: State): Step {
  if (state.overlay?.kind === 'value') return closeValueEditor(state, state.overlay);
  const typing = state.overlay?.kind === 'schedule' && !state.overlay.saving;
  if (!typing) return [state, [{ type: 'quit' }]];
  const editor = { ...state.overlay, menu: null };
  return scheduleKey(state, editor, { name: 'esc', coalesced: false });
}

export function onPaste(state: State, text: string): Step {
  const { overlay } = state;
  switch (overlay?.kind) {
    case 'filter':
      return filterPaste(state, overlay, text);
    case 'palette':
    case 'help':
      return choosePaste(state, overlay, text);
    case 'file':
      return filePaste(state, overlay, text);
    case 'schedule':
      return schedulePaste(state, overlay, text);
    case 'value':
      return valuePaste(state, overlay, text);
    default:
      // Pasted text is never a row of commands.
      return still(flash(state, 'info', 'pasted text does nothing here'));
  }
}

/** Choosing one of the few values that a field can have. The choice becomes a plan, as typing does. */
import type { FieldPath } from '../../../job/field-path.ts';
import { pathOf } from '../../../job/field-path.ts';
import type { Job } from '../../../job/job.ts';
import type { Key } from '../../../terminal/keys.ts';
import { openChanges } from '../../state/changes.ts';
import { draftKey, withDraft } from '../../state/drafts.ts';
import { flash, type PickOverlay, type State, type Step, still } from '../../state/model.ts';
import { choicesAt, jobWith, textAt } from '../field-values.ts';
import { openValueEditor } from '../value/keys.ts';

/** The editor of a field: a list where there is one to choose from, else a text. */
export function openEditor(state: State, seen: Job, keys: FieldPath): Step {
  const choices = choicesAt(seen, keys);
  // What was typed before and left goes on being typed.
  if (choices === null || (choices.open && state.drafts.has(draftKey(seen.name, pathOf(keys)))))
    return openValueEditor(state, seen, keys);
  const cursor = pickable({ seen, keys }).indexOf(textAt(seen, keys));
  return still({ ...state, overlay: { kind: 'pick', seen, keys, cursor } });
}

/**
 * Everything there is to choose, with what it is now; the last, where anything may stand, being to
 * type something else: null stands for that.
 */
export function pickable({ seen, keys }: Pick<PickOverlay, 'seen' | 'keys'>): (string | null)[] {
  // The list opens only where there are choices.
  const { values, open } = choicesAt(seen, keys)!;
  const all = [...new Set([...values, textAt(seen, keys)])];
  return open ? [...all, null] : all;
}

export function pickKey(state: State, overlay: PickOverlay, key: Key): Step {
  const values = pickable(overlay);
  const step = steps[key.name];
  if (step !== undefined) {
    const cursor = (overlay.cursor + step + values.length) % values.length;
    return still({ ...state, overlay: { ...overlay, cursor } });
  }
  if (key.name === 'esc' || key.name === 'q') return still({ ...state, overlay: null });
  if (key.name !== 'enter' || key.coalesced) return still(state);
  const { seen, keys } = overlay;
  const value = values[overlay.cursor];
  if (value === null || value === undefined) return openValueEditor(state, seen, keys);
  return plan({ ...state, overlay: null }, seen, keys, value);
}

const steps: Readonly<Partial<Record<string, number>>> = { down: 1, j: 1, up: -1, k: -1 };

/** The next of the values, without a list; null for what is not chosen from a few. */
export function pickNext(state: State, seen: Job, keys: FieldPath): Step | null {
  const choices = choicesAt(seen, keys);
  if (choices === null || choices.open) return null;
  const { values } = choices;
  const value = values[(values.indexOf(textAt(seen, keys)) + 1) % values.length]!;
  return plan(state, seen, keys, value);
}

function plan(state: State, seen: Job, keys: FieldPath, value: string): Step {
  const key = draftKey(seen.name, pathOf(keys));
  const wanted = jobWith(seen, keys, value);
  if ('error' in wanted) return still(flash(state, 'error', wanted.error));
  if (value === textAt(seen, keys)) return still(withDraft(state, key, null));
  return openChanges(state, `${pathOf(keys)} of ${seen.name}`, [wanted.job], { draft: key });
}

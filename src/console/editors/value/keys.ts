/**
 * The editor of one field of a job. What is typed is a draft at once; saving shows the difference
 * as a plan before anything is written. A body is edited as JSON, also inside its strings.
 */

import type { FieldPath } from '../../../job/field-path.ts';
import { isBody, pathOf } from '../../../job/field-path.ts';
import type { Job } from '../../../job/job.ts';
import { findingText } from '../../../job/lint/finding.ts';
import { unescapeOffer } from '../../../job/values/unescape.ts';
import { isJson } from '../../../json/check.ts';
import { closeInner, openInner } from '../../../json/inner.ts';
import { openBody } from '../../../json/layout.ts';
import type { Key } from '../../../terminal/keys.ts';
import { follow } from '../../../terminal/layout.ts';
import { editLine, lineOf, lineText } from '../../../terminal/line.ts';
import { find } from '../../../terminal/search.ts';
import { contentOf, moveTo, type TextState, textOf } from '../../../terminal/text.ts';
import { editText, pasteText } from '../../../terminal/textarea.ts';
import { aroundOf } from '../../state/around.ts';
import { openChanges } from '../../state/changes.ts';
import { draftKey, draftText, dropped, withDraft } from '../../state/drafts.ts';
import { editorSize } from '../../state/layout.ts';
import {
  flash,
  type State,
  type Step,
  still,
  type TextLevel,
  type ValueOverlay,
} from '../../state/model.ts';
import { isLong, jobWith, textAt } from '../field-values.ts';
import { judgeText } from '../judging.ts';
import { completed } from './choices.ts';
import { levelOf, offsetOf, wholeText, withContent } from './levels.ts';

/** The editor over a field of a job; a draft that was left comes back. */
export function openValueEditor(state: State, seen: Job, keys: FieldPath): Step {
  const draft = state.drafts.get(draftKey(seen.name, pathOf(keys)));
  const long = isLong(seen, keys);
  const stored = textAt(seen, keys);
  const text = textOf(draft?.text ?? stored, long ? 'start' : 'end');
  const level: TextLevel = { text, top: { line: 0, row: 0 }, at: 0 };
  return still({
    ...state,
    flash: draft === undefined ? null : { level: 'info', text: draftText(state, draft, stored) },
    overlay: {
      kind: 'value',
      seen,
      keys,
      levels: [level],
      find: null,
      checked: text.lines,
      offer: null,
    },
  });
}

export function valueKey(state: State, overlay: ValueOverlay, key: Key): Step {
  if (overlay.find !== null) return findKey(state, overlay, overlay.find, key);
  const long = isLong(overlay.seen, overlay.keys);
  switch (key.name) {
    case 'esc':
      return overlay.levels.length > 1
        ? closeLevel(state, overlay)
        : closeValueEditor(state, overlay);
    case 'ctrl-s':
      return overlay.levels.length > 1 ? closeLevel(state, overlay) : save(state, overlay);
    case 'ctrl-x':
      return still(drop(state, overlay));
    case 'ctrl-o':
      return openLevel(state, overlay);
    case 'ctrl-t':
      if (overlay.offer === null) return still(state);
      return edited(state, overlay, pasteText(overlay.offer.before, overlay.offer.text));
    case 'ctrl-g':
      return still({ ...state, overlay: { ...overlay, find: lineOf('') } });
    case 'enter':
      if (!long) return key.coalesced ? still(state) : save(state, overlay);
      break;
    case 'tab':
      if (!long) return edited(state, overlay, completed(state, overlay));
  }
  return edited(state, overlay, editText(levelOf(overlay).text, key, editorSize(state)));
}

/** A body often comes stringified or quoted for a shell: that is pasted as it is, and offered without. */
export function valuePaste(state: State, overlay: ValueOverlay, pasted: string): Step {
  if (overlay.find !== null) return still(state);
  const { text: before } = levelOf(overlay);
  const [next, effects] = edited(state, overlay, pasteText(before, pasted));
  const found = isBody(overlay.keys) ? unescapeOffer(pasted) : null;
  if (found === null || next.overlay?.kind !== 'value') return [next, effects];
  const offer = { before, text: openBody(found.text).shown };
  const text = `this is a ${found.what}: ctrl-t extracts the body from it`;
  return [flash({ ...next, overlay: { ...next.overlay, offer } }, 'info', text), effects];
}

function edited(state: State, overlay: ValueOverlay, text: TextState): Step {
  const level = levelOf(overlay);
  const { top } = follow({ top: level.top, ...editorSize(state) }, text);
  const changed = withLevel({ ...overlay, offer: null }, { ...level, text, top });
  const next: State = { ...state, overlay: changed };
  if (text.lines === level.text.lines) return still(next);
  if (!isLarge(changed)) return still(withOwnDraft(next, changed));
  // To put it back into the text around takes as long as to check it: that waits for a pause as well.
  const kept = changed.levels.length > 1 ? next : withOwnDraft(next, changed);
  return [kept, [{ type: 'check-later', lines: text.lines }]];
}

/** UTF-16 units; what is longer is checked when one pauses, not at every key. */
const large = 20_000;

/** Whether a check of the text, or of those around it, would hold up the keys. */
export function isLarge({ levels }: ValueOverlay): boolean {
  let length = 0;
  for (const { text } of levels)
    for (const line of text.lines) {
      length += line.length + 1;
      // The rest of 200 KB makes no difference.
      if (length > large) return true;
    }
  return false;
}

/** One has paused: the lines count as checked when they are still those that are edited. */
export function checked(state: State, lines: readonly string[]): State {
  const { overlay } = state;
  if (overlay?.kind !== 'value' || levelOf(overlay).text.lines !== lines) return state;
  return withOwnDraft({ ...state, overlay: { ...overlay, checked: lines } }, overlay);
}

/** What is typed is a draft, unless it is what the job has. */
function withOwnDraft(state: State, overlay: ValueOverlay): State {
  const { seen, keys } = overlay;
  const [base, whole] = [textAt(seen, keys), wholeText(overlay)];
  const draft = whole === base ? null : { text: whole, base };
  return withDraft(state, draftKey(seen.name, pathOf(keys)), draft);
}

const withLevel = (overlay: ValueOverlay, level: TextLevel): ValueOverlay => ({
  ...overlay,
  levels: [...overlay.levels.slice(0, -1), level],
});

/** JSON inside the string under the cursor, one level deeper. */
function openLevel(state: State, overlay: ValueOverlay): Step {
  const { text } = levelOf(overlay);
  const content = contentOf(text);
  const at = offsetOf(text.lines, text.cursor);
  const inner = isJson(content) ? openInner(content, at) : null;
  if (inner === null) return still(flash(state, 'info', 'no JSON in the string under the cursor'));
  const level: TextLevel = { text: textOf(inner.shown), top: { line: 0, row: 0 }, at };
  const levels = [...overlay.levels, level];
  return still({ ...state, overlay: { ...overlay, levels, checked: level.text.lines } });
}

/** Back to the text around, with the string as it was edited. */
function closeLevel(state: State, overlay: ValueOverlay): Step {
  const inner = levelOf(overlay);
  const outer = overlay.levels[overlay.levels.length - 2]!;
  const content = contentOf(inner.text);
  if (!isJson(content))
    return still(
      flash(state, 'error', 'the text must be valid JSON before it goes back into its string'),
    );
  const around = contentOf(outer.text);
  const put = closeInner(around, inner.at, content);
  const text =
    put === around ? outer.text : moveTo(withContent(outer.text, put), outer.text.cursor);
  const levels = [...overlay.levels.slice(0, -2), { ...outer, text }];
  const closed = { ...overlay, levels, checked: text.lines };
  return still(withOwnDraft({ ...state, overlay: closed }, closed));
}

/** Back to what the job has. Levels that were open go back into the text first: undo shows all of it. */
function drop(state: State, overlay: ValueOverlay): State {
  const [outer] = overlay.levels;
  const stored = textAt(overlay.seen, overlay.keys);
  const typed = wholeText(overlay);
  if (typed === stored && overlay.levels.length === 1) return dropped(state, false);
  const around = typed === contentOf(outer!.text) ? outer!.text : withContent(outer!.text, typed);
  const text = moveTo(withContent(around, stored), { line: 0, column: 0 });
  const top = { line: 0, row: 0 };
  const back = { ...overlay, levels: [{ ...outer!, text, top }], checked: text.lines, offer: null };
  return dropped(withOwnDraft({ ...state, overlay: back }, back), true);
}

/** What was typed stays as a draft. */
export function closeValueEditor(state: State, overlay: ValueOverlay): Step {
  const { seen, keys, levels } = overlay;
  const kept = levels.length > 1 ? withOwnDraft(state, overlay) : state;
  const closed: State = { ...kept, overlay: null };
  if (!kept.drafts.has(draftKey(seen.name, pathOf(keys)))) return still(closed);
  const text = 'kept as a draft: it comes back when you edit it again';
  return still(flash(closed, 'info', text));
}

/** Shows what would change, and says so when a body that was JSON is not JSON now. */
function save(state: State, overlay: ValueOverlay): Step {
  const { seen, keys } = overlay;
  const text = contentOf(levelOf(overlay).text);
  const key = draftKey(seen.name, pathOf(keys));
  if (text === textAt(seen, keys)) return closeValueEditor(withDraft(state, key, null), overlay);
  const wanted = jobWith(seen, keys, text);
  if ('error' in wanted) return still(flash(state, 'error', wanted.error));
  const { refused } = judgeText(seen, keys, text, aroundOf(state));
  if (refused) return still(flash(state, 'error', `not saved: ${findingText(refused)}`));
  const title = `${pathOf(keys)} of ${seen.name}`;
  const [planned, effects] = openChanges({ ...state, overlay: null }, title, [wanted.job], {
    draft: key,
  });
  if (!isBody(keys) || !isJson(textAt(seen, keys)) || isJson(text)) return [planned, effects];
  return [flash(planned, 'error', noLongerJson), effects];
}

const noLongerJson =
  'the body was JSON and is not JSON now: it would be written as plain text; esc, then b edits it again';

function findKey(
  state: State,
  overlay: ValueOverlay,
  line: NonNullable<ValueOverlay['find']>,
  key: Key,
): Step {
  if (key.name === 'esc') return still({ ...state, overlay: { ...overlay, find: null } });
  if (key.name !== 'enter' && key.name !== 'ctrl-g' && key.name !== 'up')
    return still({ ...state, overlay: { ...overlay, find: editLine(line, key) } });
  const direction = key.name === 'up' ? 'backwards' : 'forwards';
  const found = find(levelOf(overlay).text, lineText(line), direction);
  if (found === undefined) return still(flash(state, 'info', `nothing matches ${lineText(line)}`));
  return edited(state, overlay, found);
}

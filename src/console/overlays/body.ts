/**
 * The body editor: the stored string as laid-out JSON. What is typed is a draft at once; saving
 * shows the difference as a plan before anything is written.
 */
import { closeBody, openBody } from '../../job/body.ts';
import { closeInner, openInner } from '../../job/inner.ts';
import type { Job } from '../../job/job.ts';
import { isJson } from '../../job/json-check.ts';
import type { Key } from '../../terminal/keys.ts';
import { follow } from '../../terminal/layout.ts';
import { editLine, lineOf, lineText } from '../../terminal/line.ts';
import { find } from '../../terminal/search.ts';
import {
  contentOf,
  endOf,
  moveTo,
  type Position,
  replace,
  type TextState,
  textOf,
} from '../../terminal/text.ts';
import { editText, pasteText } from '../../terminal/textarea.ts';
import { openChanges } from '../bulk.ts';
import { draftKey, withDraft } from '../drafts.ts';
import { editorSize } from '../layout.ts';
import { type BodyLevel, type BodyOverlay, type State, type Step, still } from '../model.ts';

const storedBody = (job: Job): string => job.executor_config?.['body'] ?? '';

/** The editor over the body of a job; a draft that was left comes back. */
export function openBodyEditor(state: State, seen: Job): Step {
  const draft = state.drafts.get(draftKey(seen.name, 'body'));
  const text = draft ?? openBody(storedBody(seen)).shown;
  const level: BodyLevel = { text: textOf(text), top: { line: 0, row: 0 }, at: 0 };
  const flash =
    draft === undefined ? null : ({ level: 'info', text: 'your draft of before' } as const);
  return still({
    ...state,
    flash,
    overlay: { kind: 'body', seen, levels: [level], find: null, sure: false },
  });
}

export const levelOf = ({ levels }: BodyOverlay): BodyLevel => levels[levels.length - 1]!;

export function bodyKey(state: State, overlay: BodyOverlay, key: Key): Step {
  if (overlay.find !== null) return findKey(state, overlay, overlay.find, key);
  switch (key.name) {
    case 'esc':
      return overlay.levels.length > 1
        ? closeLevel(state, overlay)
        : closeBodyEditor(state, overlay);
    case 'ctrl-s':
      return overlay.levels.length > 1 ? closeLevel(state, overlay) : save(state, overlay);
    case 'ctrl-o':
      return openLevel(state, overlay);
    case 'ctrl-g':
      return still({ ...state, overlay: { ...overlay, find: lineOf('') } });
    default:
      return edited(state, overlay, editText(levelOf(overlay).text, key, editorSize(state)));
  }
}

export const bodyPaste = (state: State, overlay: BodyOverlay, text: string): Step =>
  overlay.find === null
    ? edited(state, overlay, pasteText(levelOf(overlay).text, text))
    : still(state);

function edited(state: State, overlay: BodyOverlay, text: TextState): Step {
  const level = levelOf(overlay);
  const { top } = follow({ top: level.top, ...editorSize(state) }, text);
  const changed = withLevel({ ...overlay, sure: false }, { ...level, text, top });
  const next: State = { ...state, overlay: changed };
  if (text.lines === level.text.lines) return still(next);
  const whole = wholeText(changed);
  const draft = whole === openBody(storedBody(overlay.seen)).shown ? null : whole;
  return still(withDraft(next, draftKey(overlay.seen.name, 'body'), draft));
}

const withLevel = (overlay: BodyOverlay, level: BodyLevel): BodyOverlay => ({
  ...overlay,
  levels: [...overlay.levels.slice(0, -1), level],
});

/** The outermost text with every open level put back into the one around it. */
export function wholeText({ levels }: BodyOverlay): string {
  return levels
    .map(({ text, at }) => ({ text: contentOf(text), at }))
    .reduceRight((inner, outer) => ({
      text: closeInner(outer.text, inner.at, inner.text),
      at: outer.at,
    })).text;
}

/** JSON inside the string under the cursor, one level deeper. */
function openLevel(state: State, overlay: BodyOverlay): Step {
  const { text } = levelOf(overlay);
  const content = contentOf(text);
  const at = offsetOf(text.lines, text.cursor);
  const inner = isJson(content) ? openInner(content, at) : null;
  if (inner === null)
    return still({
      ...state,
      flash: { level: 'info', text: 'no JSON in the string under the cursor' },
    });
  const level: BodyLevel = { text: textOf(inner.shown), top: { line: 0, row: 0 }, at };
  return still({ ...state, overlay: { ...overlay, levels: [...overlay.levels, level] } });
}

/** Back to the text around, with the string as it was edited. */
function closeLevel(state: State, overlay: BodyOverlay): Step {
  const inner = levelOf(overlay);
  const outer = overlay.levels[overlay.levels.length - 2]!;
  const content = contentOf(inner.text);
  if (!isJson(content))
    return still({
      ...state,
      flash: {
        level: 'error',
        text: 'it has to be JSON again before it goes back into its string',
      },
    });
  const around = contentOf(outer.text);
  const put = closeInner(around, inner.at, content);
  const { cursor, lines } = outer.text;
  const text =
    put === around
      ? outer.text
      : moveTo(replace(outer.text, { line: 0, column: 0 }, endOf(lines), put), cursor);
  const levels = [...overlay.levels.slice(0, -2), { ...outer, text }];
  return still({ ...state, overlay: { ...overlay, levels } });
}

function offsetOf(lines: readonly string[], { line, column }: Position): number {
  return lines.slice(0, line).reduce((sum, text) => sum + text.length + 1, column);
}

/** What was typed stays as a draft. */
export function closeBodyEditor(state: State, { seen }: BodyOverlay): Step {
  const closed: State = { ...state, overlay: null };
  if (!state.drafts.has(draftKey(seen.name, 'body'))) return still(closed);
  return still({ ...closed, flash: { level: 'info', text: 'kept as a draft: b opens it again' } });
}

/** Shows what would change; a body that was JSON and is none any more is asked about first. */
function save(state: State, overlay: BodyOverlay): Step {
  const { seen, sure } = overlay;
  const stored = storedBody(seen);
  const text = contentOf(levelOf(overlay).text);
  if (isJson(stored) && !isJson(text) && !sure)
    return still({
      ...state,
      overlay: { ...overlay, sure: true },
      flash: {
        level: 'error',
        text: 'this is not JSON; ctrl-s again shows it as plain text to write',
      },
    });
  const body = closeBody(stored, text);
  if (body === stored)
    return closeBodyEditor(withDraft(state, draftKey(seen.name, 'body'), null), overlay);
  const wanted = { ...seen, executor_config: { ...seen.executor_config, body } };
  return openChanges({ ...state, overlay: null }, bodyPlan(seen.name), [wanted]);
}

/** The title of the plan that writes a body. */
export const bodyPlan = (name: string): string => `Body of ${name}`;

function findKey(
  state: State,
  overlay: BodyOverlay,
  line: NonNullable<BodyOverlay['find']>,
  key: Key,
): Step {
  if (key.name === 'esc') return still({ ...state, overlay: { ...overlay, find: null } });
  if (key.name !== 'enter' && key.name !== 'ctrl-g' && key.name !== 'up')
    return still({ ...state, overlay: { ...overlay, find: editLine(line, key) } });
  const direction = key.name === 'up' ? 'backwards' : 'forwards';
  const found = find(levelOf(overlay).text, lineText(line), direction);
  if (found === undefined)
    return still({ ...state, flash: { level: 'info', text: `nothing matches ${lineText(line)}` } });
  return edited(state, overlay, found);
}

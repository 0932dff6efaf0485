/** What a field may hold, as far as it is known: offered while one types, taken by tab. */
import { valueEditor } from '../../../job/values/values.ts';
import type { TextState } from '../../../terminal/text.ts';
import { contentOf } from '../../../terminal/text.ts';
import { liveJobs } from '../../state/changes.ts';
import type { State } from '../../state/model.ts';
import type { ValueOverlay } from '../../state/overlay.ts';
import { levelOf, withContent } from './levels.ts';

/** The choices of the field that begin with what is typed, or hold it; all when there is none. */
export function choicesOf(state: State, { seen, keys, levels }: ValueOverlay): readonly string[] {
  const choices = valueEditor(keys, seen, liveJobs(state))?.choices ?? [];
  const typed = contentOf(levels[0]!.text).toLowerCase();
  const starting = choices.filter((choice) => choice.toLowerCase().startsWith(typed));
  const holding = choices.filter((choice) => choice.toLowerCase().includes(typed, 1));
  return [...new Set([...starting, ...holding])];
}

/** Tab goes round the choices; the first that is not there yet is taken. */
export function completed(state: State, overlay: ValueOverlay): TextState {
  const { text } = levelOf(overlay);
  const typed = contentOf(text);
  const all = valueEditor(overlay.keys, overlay.seen, liveJobs(state))?.choices ?? [];
  const at = all.indexOf(typed);
  const next = at >= 0 ? all[(at + 1) % all.length] : choicesOf(state, overlay)[0];
  return next === undefined ? text : withContent(text, next);
}

/** A question whose answer is typed: the name of what would be lost, or how many. */
import type { Key } from '../../terminal/keys.ts';
import { editLine, lineText } from '../../terminal/line.ts';
import { flash, type State, type Step, still, type TypedOverlay } from '../state/model.ts';
import { heard, isEarly, leave } from '../state/questions.ts';
import { carryOut } from './confirm.ts';

const tooEarly = 'that was too early, or came all at once: type it key by key';

/** Enter that comes so soon behind the last letter was typed with it, in one go; ms. */
const inOneGo = 60;

export function typedKey(state: State, overlay: TypedOverlay, key: Key, at: number): Step {
  if (key.name === 'esc') return leave(state, overlay);
  const asked = heard(overlay, at);
  const typed = lineText(overlay.line);
  // What was typed before the question could be read is no beginning of an answer.
  if (typed === '' && isEarly(overlay, key, at))
    return still(flash({ ...state, overlay: asked }, 'info', tooEarly));
  if (key.name !== 'enter')
    return still({ ...state, overlay: { ...asked, line: editLine(overlay.line, key) } });
  const isAlone = !key.coalesced && at - (overlay.quietSince ?? at) >= inOneGo;
  if (isAlone && typed.trim() === overlay.expected) return carryOut(state, overlay);
  const text = `type ${overlay.expected}, then press enter alone; esc cancels`;
  return still(flash({ ...state, overlay: asked }, 'info', text));
}

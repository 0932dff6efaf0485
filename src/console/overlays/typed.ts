/** A question whose answer is typed: the name of what would be lost, or how many. */
import type { Key } from '../../terminal/keys.ts';
import { editLine, lineText } from '../../terminal/line.ts';
import { type State, type Step, still, type TypedOverlay } from '../model.ts';
import { begun } from './confirm.ts';

export function typedKey(state: State, overlay: TypedOverlay, key: Key): Step {
  if (key.name === 'esc')
    return still({
      ...state,
      overlay: null,
      flash: { level: 'info', text: 'left alone: nothing was written' },
    });
  if (key.name !== 'enter')
    return still({ ...state, overlay: { ...overlay, line: editLine(overlay.line, key) } });
  if (key.coalesced || lineText(overlay.line).trim() !== overlay.expected)
    return still({
      ...state,
      flash: {
        level: 'info',
        text: `type ${overlay.expected}, then enter by itself; esc leaves it`,
      },
    });
  const closed: State = { ...state, overlay: null, waiting: `${overlay.verb}…` };
  return [begun(closed, overlay.effect), [overlay.effect]];
}

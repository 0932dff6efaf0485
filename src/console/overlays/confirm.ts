/** A question before a write: one key says yes, and only when it was pressed alone. */
import type { Key } from '../../terminal/keys.ts';
import type { ConfirmOverlay, State, Step } from '../model.ts';

export function confirmKey(state: State, overlay: ConfirmOverlay, key: Key): Step {
  const closed: State = { ...state, overlay: null };
  if (key.name === overlay.key && !key.coalesced)
    return [{ ...closed, waiting: overlay.question.replace(/\?$/, '…') }, [overlay.effect]];
  if (key.name === overlay.key)
    return [
      {
        ...state,
        flash: {
          level: 'info',
          text: `${overlay.key} came together with other keys: press it alone`,
        },
      },
      [],
    ];
  return [{ ...closed, flash: { level: 'info', text: `left alone: nothing was written` } }, []];
}

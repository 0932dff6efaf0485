/** A question before a write: one key says yes, and only when it was pressed alone. */
import type { Key } from '../../terminal/keys.ts';
import type { ConfirmOverlay, Effect, State, Step } from '../model.ts';
import { topScreen, withTop } from '../screens.ts';

export function confirmKey(state: State, overlay: ConfirmOverlay, key: Key): Step {
  const closed: State = { ...state, overlay: null };
  if (key.name === overlay.key && !key.coalesced)
    return [
      { ...begun(closed, overlay.effect), waiting: overlay.question.replace(/\?$/, '…') },
      [overlay.effect],
    ];
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

/** A plan that is being written cannot be asked for once more, nor left. */
export function begun(state: State, effect: Effect): State {
  const screen = topScreen(state);
  if (effect.type !== 'apply-plan' || screen.kind !== 'plan') return state;
  return withTop(state, { ...screen, applying: { done: 0, total: effect.names.length } });
}

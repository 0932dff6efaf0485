/** A question before a write: `y` says yes, `esc` or `n` leaves it, and nothing else answers. */
import type { Key } from '../../terminal/keys.ts';
import { keyLabel } from '../../view/keys.ts';
import {
  type ConfirmOverlay,
  flash,
  type PlanScreen,
  type State,
  type Step,
  still,
  type TypedOverlay,
} from '../state/model.ts';
import { heard, isEarly, leave } from '../state/questions.ts';
import { topScreen, withTop } from '../state/stack.ts';

export function confirmKey(state: State, overlay: ConfirmOverlay, key: Key, at: number): Step {
  if (key.name === 'esc') return leave(state, overlay);
  const asked: State = { ...state, overlay: heard(overlay, at) };
  const answers = key.name === 'y' || key.name === 'n';
  if (!answers)
    return still(flash(asked, 'info', `${keyLabel(key.name)} does not answer: press y or esc`));
  if (isEarly(overlay, key, at))
    return still(flash(asked, 'info', `${key.name} came too early: press it again`));
  return key.name === 'y' ? carryOut(state, overlay) : leave(state, overlay);
}

/** What was asked about begins. A plan that is being written cannot be asked for once more, nor left. */
export function carryOut(
  state: State,
  { effect, under, doing }: ConfirmOverlay | TypedOverlay,
): Step {
  const begun: State = { ...state, overlay: under, waiting: `${doing}…` };
  const screen = topScreen(state);
  if (effect.type === 'apply-plan' && screen.kind === 'plan')
    return [
      withTop(begun, {
        ...screen,
        applying: { done: 0, total: effect.names.length },
        results: without(screen.results, effect.names),
      }),
      [effect],
    ];
  if (effect.type === 'save-schedule' && under?.kind === 'schedule')
    return [{ ...begun, waiting: state.waiting, overlay: { ...under, saving: true } }, [effect]];
  return [begun, [effect]];
}

/** What came of a job the last time says nothing of this time. */
function without(results: PlanScreen['results'], names: readonly string[]): PlanScreen['results'] {
  const left = new Map(results);
  for (const name of names) left.delete(name);
  return left;
}

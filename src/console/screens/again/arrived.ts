/** What becomes of jobs that are run again. */
import { flash, type MessageOf, type State } from '../../state/model.ts';
import { topScreen } from '../../state/stack.ts';

/**
 * Those who look at it go on looking at it, wherever their cursor is. That one was interrupted is said once
 * to others; from then on the line on top has it.
 */
export function againShown(state: State, { run }: MessageOf<'again'>): State {
  const next = { ...state, again: run, waiting: null };
  const isNews = run?.stage === 'left' && state.again === null;
  return isNews && topScreen(state).kind !== 'again'
    ? flash(
        next,
        'info',
        'what was to run again was interrupted: :run-again goes on, and runs none twice',
      )
    : next;
}

export function againGoesOn(state: State, { states }: MessageOf<'again-states'>): State {
  const { again } = state;
  if (again === null) return state;
  const all = new Map(again.states);
  for (const one of states) all.set(one.name, one);
  return { ...state, again: { ...again, states: all } };
}

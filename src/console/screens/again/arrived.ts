/** What becomes of jobs that are run again. */
import type { MessageOf, State } from '../../state/model.ts';

/** Those who look at it go on looking at it, wherever their cursor is. */
export const againShown = (state: State, { run }: MessageOf<'again'>): State => ({
  ...state,
  again: run,
  waiting: null,
});

export function againGoesOn(state: State, { states }: MessageOf<'again-states'>): State {
  const { again } = state;
  if (again === null) return state;
  const all = new Map(again.states);
  for (const one of states) all.set(one.name, one);
  return { ...state, again: { ...again, states: all } };
}

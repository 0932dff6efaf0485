/** What the jobs table is asked to show and takes long is worked out between keys; then it is shown. */
import type { State, Step } from '../../state/model.ts';
import { still } from '../../state/model.ts';
import { runsUnderCursor } from './actions.ts';
import { shownNow } from './reshow.ts';

export const isHeld = ({ screens: [{ held }] }: State): boolean => held !== undefined;

export function workedOut(state: State): Step {
  const [{ held, ...screen }] = state.screens;
  if (held === undefined) return still(state);
  const shown = shownNow(state, screen);
  const [after] = shown.screens;
  return [shown, after.cursor.key === screen.cursor.key ? [] : runsUnderCursor(after)];
}

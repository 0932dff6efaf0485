/** What the jobs table is asked to show and takes long is worked out between keys; then it is shown. */
import type { State, Step } from '../../state/model.ts';
import { still } from '../../state/model.ts';
import { topScreen } from '../../state/stack.ts';
import { runsUnderCursor } from './actions.ts';
import { many, shownNow } from './reshow.ts';
import { hasWords } from './words.ts';

export const isHeld = ({ screens: [{ held }] }: State): boolean => held !== undefined;

/** A filter is about to be typed whose first letter would wait for the names of all jobs. */
export function isFilterBegun(state: State): boolean {
  if (state.overlay?.kind !== 'filter' || topScreen(state).kind !== 'jobs') return false;
  const table = state.jobs.byName;
  return table.size >= many && !hasWords(table);
}

export function workedOut(state: State): Step {
  const [{ held, ...screen }] = state.screens;
  if (held === undefined) return still(state);
  const shown = shownNow(state, screen);
  const [after] = shown.screens;
  return [shown, after.cursor.key === screen.cursor.key ? [] : runsUnderCursor(after)];
}

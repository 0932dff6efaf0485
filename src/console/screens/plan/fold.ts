/** What is the same on the server: one line, or job by job. */
import type { Action } from '../../state/action.ts';
import { type State, type Step, still } from '../../state/model.ts';
import { foldKey, planKeys } from '../../state/plan-rows.ts';
import { withTop } from '../../state/stack.ts';
import { type Compared, isCompared, onPlan, shownPlan } from './shown.ts';

/** Opens or closes it; closed from within, the cursor goes to the line that is left. */
export function fold(state: State, screen: Compared): Step {
  const folded = { ...screen, open: screen.open !== true };
  const { key } = screen.cursor;
  const stays = key !== null && planKeys(folded).index.has(key);
  const cursor = stays ? screen.cursor : { key: foldKey, row: screen.cursor.row };
  return still(withTop(state, { ...folded, cursor }));
}

export const foldAction: Action = {
  id: 'plan.fold',
  keys: ['o'],
  title: 'show unchanged',
  help: 'Shows the unchanged jobs one by one, or as one line again.',
  scope: ['plan'],
  available: (state) => {
    const screen = shownPlan(state);
    if (screen === null) return isCompared(state);
    return planKeys(screen).same === 0 ? 'there are no unchanged jobs' : null;
  },
  run: onPlan(fold),
};

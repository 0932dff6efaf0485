/** The plan that is shown, and the row of it that is under the cursor. */
import type { CheckedItem, CheckedPlan } from '../../../plan/model.ts';
import { type PlanScreen, type State, type Step, still } from '../../state/model.ts';
import { planKeys } from '../../state/plan-rows.ts';
import { topScreen } from '../../state/stack.ts';

export type Compared = PlanScreen & { readonly plan: CheckedPlan };

/** The screen on top, where that is a plan that is made; null while it is compared. */
export function shownPlan(state: State): Compared | null {
  const screen = topScreen(state);
  return screen.kind === 'plan' && screen.plan !== null ? (screen as Compared) : null;
}

export function onPlan(then: (state: State, screen: Compared) => Step): (state: State) => Step {
  return (state) => {
    const screen = shownPlan(state);
    return screen === null ? still(state) : then(state, screen);
  };
}

/** Undefined on the line of what is folded, and where there is no row. */
export function itemHere(screen: PlanScreen): CheckedItem | undefined {
  const { rows, index } = planKeys(screen);
  return rows[index.get(screen.cursor.key ?? '') ?? -1] ?? undefined;
}

export function onFold(state: State): boolean {
  const screen = shownPlan(state);
  return screen !== null && planKeys(screen).folds.has(screen.cursor.key ?? '');
}

export const isCompared = (state: State): string | null =>
  shownPlan(state) === null ? 'the comparison is not finished' : null;

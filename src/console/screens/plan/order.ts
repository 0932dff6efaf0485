/** The order of a plan's rows. */
import type { Action } from '../../state/action.ts';
import { keepCursor } from '../../state/cursor.ts';
import { flash, type PlanScreen, type State, type Step, still } from '../../state/model.ts';
import { planColumns, planKeys, planOrder } from '../../state/plan-rows.ts';
import { sortOf, stepped } from '../../state/sort.ts';
import { withTop } from '../../state/stack.ts';
import { type Compared, onPlan, shownPlan } from './shown.ts';

/** The screen changed so that other rows show: the cursor keeps its job where it can. */
export function reshown(before: PlanScreen, after: PlanScreen): PlanScreen {
  const { cursor } = keepCursor(after.cursor, planKeys(before), planKeys(after));
  return { ...after, cursor };
}

const sortBy = (state: State, screen: Compared, sort: NonNullable<PlanScreen['sort']>): Step =>
  still(withTop(state, reshown(screen, { ...screen, sort })));

const sortStep = (delta: 1 | -1): ((state: State) => Step) =>
  onPlan((state, screen) => {
    const { column } = screen.sort ?? planOrder;
    return sortBy(state, screen, stepped(planColumns, column, delta));
  });

function sortCommand(state: State, argument: string): Step {
  const screen = shownPlan(state);
  const sort = sortOf(argument, planColumns);
  if ('problem' in sort) return still(flash(state, 'error', sort.problem));
  return screen === null ? still(state) : sortBy(state, screen, sort);
}

const scope = ['plan'] as const;

export const orderActions: readonly Action[] = [
  {
    id: 'plan.sort-right',
    keys: ['>', 'shift-right'],
    title: 'sort by the next column',
    help: 'Sorts by the next column to the right; after the last in the order of the plan, as families.',
    scope,
    run: sortStep(1),
  },
  {
    id: 'plan.sort-left',
    keys: ['<', 'shift-left'],
    title: 'sort by the previous column',
    help: 'Sorts by the next column to the left.',
    scope,
    run: sortStep(-1),
  },
  {
    id: 'plan.sort-reverse',
    keys: ['r'],
    title: 'reverse the order',
    help: 'Reverses the order of the rows.',
    scope,
    run: onPlan((state, screen) => {
      const { column, descending } = screen.sort ?? planOrder;
      return sortBy(state, screen, { column, descending: !descending });
    }),
  },
  {
    id: 'plan.sort',
    keys: [],
    title: 'sort by a column',
    help: 'Sorts by job, plan or why, or in the order of the plan; `desc` reverses it.',
    scope,
    command: 'sort',
    complete: () => planColumns,
    run: sortCommand,
  },
];

/** What nothing is written of: one line a kind, or job by job. */
import type { Action } from '../../state/action.ts';
import { type State, type Step, still } from '../../state/model.ts';
import { foldKey, planKeys } from '../../state/plan-rows.ts';
import type { FoldedKind } from '../../state/screen.ts';
import { withTop } from '../../state/stack.ts';
import { type Compared, isCompared, itemHere, onPlan, shownPlan } from './shown.ts';

/**
 * Opens or closes the line under the cursor, or the one that it is below; elsewhere all of them. Closed from
 * within, the cursor goes to the line that is left.
 */
export function fold(state: State, screen: Compared): Step {
  const { key } = screen.cursor;
  const { folds } = planKeys(screen);
  const kindHere = itemHere(screen)?.kind;
  const all = [...folds.values()].map(({ kind }) => kind);
  const here = folds.get(key ?? '')?.kind ?? all.find((kind) => kind === kindHere);
  const open = turned(screen.open ?? new Set(), here === undefined ? all : [here]);
  const folded = { ...screen, open };
  const stays = here === undefined || planKeys(folded).index.has(key ?? '');
  const cursor = stays ? screen.cursor : { key: foldKey(here), row: screen.cursor.row };
  return still(withTop(state, { ...folded, cursor }));
}

/** All of them closed, where one is open; else all of them open. */
function turned(
  open: ReadonlySet<FoldedKind>,
  kinds: readonly FoldedKind[],
): ReadonlySet<FoldedKind> {
  const others = [...open].filter((kind) => !kinds.includes(kind));
  return new Set(kinds.some((kind) => open.has(kind)) ? others : [...open, ...kinds]);
}

export const foldAction: Action = {
  id: 'plan.fold',
  keys: ['o'],
  title: 'show the rest',
  help: 'Shows one by one the jobs that are the same, or only on the server; or as one line again.',
  scope: ['plan'],
  available: (state) => {
    const screen = shownPlan(state);
    if (screen === null) return isCompared(state);
    return planKeys(screen).folds.size === 0 ? 'there is nothing folded' : null;
  },
  run: onPlan(fold),
};

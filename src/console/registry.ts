/** The table of actions, and the ways it is read: by key, by command, for the screen that is shown. */

import { keyLabel } from '../view/keys.ts';
import { memo } from '../view/memo.ts';
import { appActions } from './actions/app.ts';
import { clusterActions } from './actions/cluster.ts';
import { copyActions } from './actions/copy.ts';
import { draftActions } from './actions/drafts.ts';
import { enableActions } from './actions/enable.ts';
import { filterActions } from './actions/filter.ts';
import { folderActions } from './actions/folder.ts';
import { jobActions } from './actions/job.ts';
import { maintenanceActions } from './actions/maintenance.ts';
import { moveActions } from './actions/move.ts';
import { sidewaysActions } from './actions/sideways.ts';
import { unfinishedActions } from './actions/unfinished.ts';
import { viewActions } from './actions/views.ts';
import { zoneActions } from './actions/zone.ts';
import { screens } from './screens/table.ts';
import type { Action, Scope } from './state/action.ts';
import { closedBy, isBeginning, noServer, onlyRows } from './state/closed.ts';
import { flash, type Screen, type State, type Step, still } from './state/model.ts';
import { topScreen } from './state/stack.ts';

export const actions: readonly Action[] = [
  ...jobActions,
  ...enableActions,
  ...filterActions,
  ...folderActions,
  ...viewActions,
  ...Object.values(screens).flatMap((row) => row.actions),
  ...draftActions,
  ...copyActions,
  ...sidewaysActions,
  ...zoneActions,
  ...unfinishedActions,
  ...maintenanceActions,
  ...clusterActions,
  ...moveActions,
  ...appActions,
];

/** The actions of the shown screen, its own before those that work everywhere; inside a snapshot those of that first. */
export const actionsHere = (state: State): readonly Action[] =>
  actionsOn(topScreen(state).kind, state.setting.inside !== undefined);

/** Several times a key. */
const actionsOn = memo((kind: Screen['kind'], isInside: boolean): readonly Action[] => {
  const at = (where: Scope, inside = false): Action[] =>
    actions.filter((action) => action.scope.includes(where) && (action.inside === true) === inside);
  return [...(isInside ? at(kind, true) : []), ...at(kind), ...at('everywhere')];
});

/** What a key does here and now. */
export function actionForKey(state: State, key: string): Action | undefined {
  const having = actionsHere(state).filter(({ keys }) => keys.includes(key));
  return (
    having.find(({ takesKey }) => takesKey?.(state)) ??
    having.find(({ takesKey }) => takesKey === undefined) ??
    having[0]
  );
}

/** The keys that an action has now: another may have taken one. */
export const keysOfAction = (state: State, action: Action): readonly string[] =>
  action.keys.filter((key) => actionForKey(state, key) === action);

/**
 * Why the action cannot run here and now; null when it can. `soon`: in a moment, when it is known which
 * cluster answers; the same where something is in the way of that.
 */
export function reasonAgainst(state: State, action: Action, soon = false): string | null {
  const isSoon = soon && isBeginning(state);
  const there: State = isSoon ? { ...state, cluster: { kind: 'known', name: '' } } : state;
  const closed = action.dangerous ? closedBy(there) : action.live ? noServer(state) : null;
  if (closed !== null) return closed;
  const notYet = isSoon || action.ofRows === true ? null : onlyRows(state);
  if (notYet !== null) return notYet;
  const ofRow = action.dangerous && !action.anyRow && topScreen(state).kind === 'jobs';
  if (ofRow && state.rowReplaced)
    return 'a refresh replaced the row under the cursor: check it, then press again';
  return action.available?.(state) ?? null;
}

/** A key without a meaning here says so for a moment, and where it has one. */
export function unknownKey(state: State, key: string): Step {
  const elsewhere = actions.find(({ keys }) => keys.includes(key));
  const where = elsewhere && `: it is ${elsewhere.title} on ${elsewhere.scope.join(', ')}`;
  const text = `${keyLabel(key)} does nothing here${where ?? '; ? lists the keys'}`;
  const told = flash(state, 'info', text);
  return [told, [{ type: 'forget-later', flash: told.flash! }]];
}

export function runAction(state: State, action: Action, argument = ''): Step {
  const reason = reasonAgainst(state, action);
  if (reason === null) return action.run(state, argument);
  return still(flash(state, 'info', `${action.title}: ${reason}`));
}

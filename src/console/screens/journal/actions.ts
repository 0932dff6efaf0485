/** What was changed from here, and taking it back. */

import { andMore, counted } from '../../../base/counted.ts';
import type { PastChange } from '../../../journal/file.ts';
import type { Reversal } from '../../../journal/reversals.ts';
import type { RestorePlan } from '../../../plan/model.ts';
import { planUndo } from '../../../plan/undo.ts';
import { shortSpan } from '../../../view/short.ts';
import type { Action } from '../../state/action.ts';
import { checkedPlan, liveOf, openPlan } from '../../state/changes.ts';
import { noCursor } from '../../state/cursor.ts';
import { flash, type State, type Step, still } from '../../state/model.ts';
import { ask } from '../../state/questions.ts';
import { push, topScreen } from '../../state/stack.ts';

/**
 * Takes changes back that were made together: a plan with the difference, or, where all there was
 * was a new job, its deletion.
 */
export function openReturn(
  state: State,
  changes: readonly PastChange[],
  reversals: readonly Reversal[],
): Step {
  // It was asked for a moment ago; what was opened meanwhile keeps the keys.
  if (state.overlay !== null)
    return still(flash(state, 'info', 'nothing is undone yet: close this and ask again'));
  const plan = planUndo(reversals, liveOf(state));
  const left = plan.items.filter((item) => item.left !== undefined).map(({ name }) => name);
  const [first] = changes;
  const what = reversals.length === 1 ? `${first?.job}` : counted(reversals.length);
  const ago = shortSpan(state.now - Date.parse(first?.at ?? ''));
  const [item] = plan.items;
  if (!item)
    return still(flash(state, 'info', `${what}: created ${ago} ago; it does not exist any more`));
  const asks =
    plan.items.length === 1 &&
    item.kind === 'delete' &&
    item.left === undefined &&
    !state.setting.readOnly;
  if (asks) return askDeletion(state, plan, ago);
  const opened = openPlan(state, {
    id: `undo ${first?.id}`,
    title: `Undo  ${first?.action} of ${what}, ${ago} ago`,
    plan,
  });
  if (left.length === 0) return still(opened);
  const text = `changed again since, so not marked: ${andMore(left, mentioned)}`;
  return still(flash(opened, 'info', text));
}

const mentioned = 3;

function askDeletion(state: State, plan: RestorePlan, ago: string): Step {
  const [item] = plan.items;
  return ask(state, {
    question: `${item?.name} was created ${ago} ago: undoing that deletes it; ${item?.why}.`,
    verb: 'delete',
    doing: `deleting ${item?.name}`,
    effect: { type: 'delete', plan: checkedPlan(state, plan) },
  });
}

/** The change under the cursor of the journal. */
function changeHere(state: State): PastChange | undefined {
  const screen = topScreen(state);
  if (screen.kind !== 'journal') return undefined;
  const { changes, cursor } = screen;
  return changes?.find(({ id }) => id === cursor.key);
}

export const journalActions: readonly Action[] = [
  {
    id: 'journal.return',
    keys: ['enter'],
    title: 'undo this',
    help: 'Shows what undoing the change under the cursor would change; enter does it.',
    scope: ['journal'],
    footer: 1,
    available: (state) => (changeHere(state) ? null : 'there is no change'),
    run: (state) => {
      const change = changeHere(state);
      return change ? [state, [{ type: 'undo', change }]] : still(state);
    },
  },
  {
    id: 'journal.undo',
    keys: ['u'],
    title: 'undo',
    help: 'Shows what undoing the last change from this machine would change; enter does it.',
    scope: ['jobs', 'job', 'plan', 'journal'],
    command: 'undo',
    dangerous: true,
    anyRow: true,
    run: (state) => [state, [{ type: 'undo' }]],
  },
  {
    id: 'journal.list',
    keys: ['H'],
    title: 'journal',
    help: 'Lists the changes made to this cluster from this machine; each can be undone.',
    scope: ['jobs', 'job'],
    command: 'journal',
    live: true,
    run: (state) => [
      push(state, { kind: 'journal', changes: null, cursor: noCursor }),
      [{ type: 'list-journal' }],
    ],
  },
];

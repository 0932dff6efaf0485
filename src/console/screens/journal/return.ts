/** Taking back what was done from here. */
import type { RestorePlan } from '../../../plan/model.ts';
import { leftText, planUndo } from '../../../plan/undo.ts';
import { undoneText } from '../../../view/past-operation.ts';
import { shortSpan } from '../../../view/short.ts';
import { checkedPlan, liveOf, mostAtOnce, openPlan, pushPlan } from '../../state/changes.ts';
import { flash, type MessageOf, type State, type Step, still } from '../../state/model.ts';
import { ask } from '../../state/questions.ts';

/**
 * Takes operations back as one: a plan with the differences, or, where all there was was a new job, its
 * deletion.
 */
export function openReturn(
  state: State,
  { operations, reversals, undoes }: MessageOf<'return'>,
): Step {
  // It was asked for a moment ago; what was opened meanwhile keeps the keys.
  if (state.overlay !== null)
    return still(flash(state, 'info', 'nothing is undone yet: close this and ask again'));
  const oldest = operations.at(-1)![0]!;
  const what = undoneText(operations, state.now);
  const opened = { id: `undo ${operations[0]![0]!.id} ${oldest.id}`, title: `Undo  ${what}` };
  if (reversals.length > mostAtOnce)
    return [
      pushPlan(state, { ...opened, plan: null }),
      [{ type: 'plan-undo', id: opened.id, reversals, undoes }],
    ];
  const plan = planUndo(reversals, liveOf(state), undoes);
  const [item] = plan.items;
  if (!item) return still(flash(state, 'info', `${what}: nothing of it exists any more`));
  const asks =
    plan.items.length === 1 &&
    item.kind === 'delete' &&
    item.left === undefined &&
    !state.setting.readOnly;
  if (asks) return askDeletion(state, plan, shortSpan(state.now - Date.parse(oldest.at)));
  const shown = openPlan(state, { ...opened, plan });
  const left = leftText(plan);
  return still(left === null ? shown : flash(shown, 'info', left));
}

function askDeletion(state: State, plan: RestorePlan, ago: string): Step {
  const [item] = plan.items;
  return ask(state, {
    question: `${item?.name} was created ${ago} ago: undoing that deletes it; ${item?.why}.`,
    verb: 'delete',
    doing: `deleting ${item?.name}`,
    effect: { type: 'delete', plan: checkedPlan(state, plan) },
  });
}

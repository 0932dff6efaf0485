/** Taking back what was done from here. */
import { andMore } from '../../../base/counted.ts';
import type { RestorePlan } from '../../../plan/model.ts';
import { planUndo } from '../../../plan/undo.ts';
import { undoneText } from '../../../view/past-operation.ts';
import { shortSpan } from '../../../view/short.ts';
import { checkedPlan, liveOf, openPlan } from '../../state/changes.ts';
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
  const plan = planUndo(reversals, liveOf(state), undoes);
  const left = plan.items.filter((item) => item.left !== undefined).map(({ name }) => name);
  const [item] = plan.items;
  if (!item) {
    const what = `${undoneText(operations, state.now)}: nothing of it exists any more`;
    return still(flash(state, 'info', what));
  }
  const asks =
    plan.items.length === 1 &&
    item.kind === 'delete' &&
    item.left === undefined &&
    !state.setting.readOnly;
  const oldest = operations.at(-1)![0]!;
  if (asks) return askDeletion(state, plan, shortSpan(state.now - Date.parse(oldest.at)));
  const opened = openPlan(state, {
    id: `undo ${operations[0]![0]!.id} ${oldest.id}`,
    title: `Undo  ${undoneText(operations, state.now)}`,
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

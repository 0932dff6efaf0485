/** The plans of changes of many jobs, and of taking them back, made beside the keys. */
import { inTurns } from '../../base/steps.ts';
import type { Job } from '../../job/job.ts';
import { checkSteps } from '../../plan/check.ts';
import { writable } from '../../plan/compare.ts';
import { editSteps } from '../../plan/edits.ts';
import type { CheckedPlan } from '../../plan/model.ts';
import { leftText, undoSteps } from '../../plan/undo.ts';
import { checkedBy, liveOf } from '../state/changes.ts';
import type { EffectOf } from '../state/message.ts';
import type { Message, State } from '../state/model.ts';
import { topScreen } from '../state/stack.ts';

type Edits = EffectOf<'plan-edits'>;
type Undo = EffectOf<'plan-undo'>;

interface PlanOptions {
  readonly state: () => State;
  readonly dispatch: (message: Message) => void;
}

/** Against the jobs as they were read when it was asked for; all that can be written is marked. */
export async function planEdits(wanted: Edits, { state, dispatch }: PlanOptions): Promise<void> {
  const plan = await inTurns(planning(wanted, state()));
  dispatch({ type: 'plan', id: wanted.id, plan, marks: writable(plan) });
}

/** What was changed again since is told, and not marked. */
export async function planReturn(undo: Undo, { state, dispatch }: PlanOptions): Promise<void> {
  const plan = await inTurns(returning(undo, state()));
  dispatch({ type: 'plan', id: undo.id, plan, marks: writable(plan) });
  const text = plan.items.length === 0 ? 'nothing of it exists any more' : leftText(plan);
  const shown = topScreen(state());
  const isShown = shown.kind === 'plan' && shown.id === undo.id;
  if (text !== null && isShown) dispatch({ type: 'flash', flash: { level: 'info', text } });
}

function* returning({ reversals, undoes }: Undo, state: State): Generator<void, CheckedPlan> {
  const live = liveOf(state);
  const plan = yield* undoSteps(reversals, live, undoes);
  return yield* checkSteps(plan, live.jobs, checkedBy(state));
}

function* planning({ jobs, set, as }: Edits, state: State): Generator<void, CheckedPlan> {
  const live = liveOf(state);
  const wanted: Job[] = [];
  for (const job of jobs) {
    wanted.push({ ...job, ...set });
    yield;
  }
  const plan = { ...(yield* editSteps(wanted, live)), ...as };
  return yield* checkSteps(plan, live.jobs, checkedBy(state));
}

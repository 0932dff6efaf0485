/** The plan of a change of many jobs, made beside the keys. */
import { inTurns } from '../../base/steps.ts';
import type { Job } from '../../job/job.ts';
import { checkSteps } from '../../plan/check.ts';
import { writable } from '../../plan/compare.ts';
import { editSteps } from '../../plan/edits.ts';
import type { CheckedPlan } from '../../plan/model.ts';
import { checkedBy, liveOf } from '../state/changes.ts';
import type { EffectOf } from '../state/message.ts';
import type { Message, State } from '../state/model.ts';

type Edits = EffectOf<'plan-edits'>;

interface PlanEditsOptions {
  readonly state: () => State;
  readonly dispatch: (message: Message) => void;
}

/** Against the jobs as they were read when it was asked for; all that can be written is marked. */
export async function planEdits(
  wanted: Edits,
  { state, dispatch }: PlanEditsOptions,
): Promise<void> {
  const plan = await inTurns(planning(wanted, state()));
  dispatch({ type: 'plan', id: wanted.id, plan, marks: writable(plan) });
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

/** The plan of what is left of an operation that was interrupted. */
import type { Unfinished } from '../../plan/unfinished/head.ts';
import { begunText } from '../../plan/unfinished/words.ts';
import { pushPlan } from './changes.ts';
import type { State, Step } from './model.ts';

/** What tells such a plan from others. */
export const finishId = (operation: string): string => `finish ${operation}`;

/** Opens it; what is left is looked for meanwhile. */
export function openRest(state: State, newest: Unfinished): Step {
  const { operation } = newest;
  const title = `Finish  ${begunText(newest, state.now)}`;
  const opened = pushPlan(state, {
    id: finishId(operation),
    title,
    plan: null,
    resumes: operation,
  });
  return [opened, [{ type: 'resume', operation }]];
}

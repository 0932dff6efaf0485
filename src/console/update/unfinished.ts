/** What became known of operations that were interrupted. */

import { writable } from '../../plan/compare.ts';
import { withNeeded } from '../../plan/needs.ts';
import { leftText } from '../../plan/unfinished/words.ts';
import { pushPlan } from '../state/changes.ts';
import { flash, type MessageOf, type State } from '../state/model.ts';
import { topScreen } from '../state/stack.ts';

/** Said once of each; from then on the line on top has it. */
export function unfinished(state: State, { left }: MessageOf<'unfinished'>): State {
  const next = { ...state, unfinished: left };
  const [newest, ...older] = left;
  const known = state.unfinished.some(({ operation }) => operation === newest?.operation);
  if (newest === undefined || known) return next;
  const text = leftText(newest, older.length, state.now);
  return flash(next, 'info', `${text}: F finishes it, :discard leaves it as it is`);
}

/** A plan of what is left; all of it is marked. */
export function restFound(state: State, { operation, title, plan }: MessageOf<'rest'>): State {
  const now = { ...state, waiting: null };
  // It was asked for a moment ago; what was opened meanwhile keeps the keys.
  if (state.overlay !== null || topScreen(state).kind === 'plan')
    return flash(now, 'info', 'nothing is finished yet: close this and ask again');
  const marks = withNeeded(plan, writable(plan));
  const opened = pushPlan(now, {
    id: `finish ${operation}`,
    title,
    plan,
    marks,
    resumes: operation,
  });
  return marks.size > 0 ? opened : flash(opened, 'ok', 'all of it was written before: it is done');
}

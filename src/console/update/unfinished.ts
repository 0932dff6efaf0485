/** What became known of operations that were interrupted. */
import { writable } from '../../plan/compare.ts';
import { withNeeded } from '../../plan/needs.ts';
import { leftText } from '../../plan/unfinished/words.ts';
import { planCompared } from '../screens/plan/arrived.ts';
import { flash, type MessageOf, type State } from '../state/model.ts';
import { onNearest } from '../state/stack.ts';
import { finishId } from '../state/unfinished.ts';

/** Said once of each; from then on the line on top has it. */
export function unfinished(state: State, { left, isNews }: MessageOf<'unfinished'>): State {
  const next = { ...state, unfinished: left };
  const [newest, ...older] = left;
  if (newest === undefined || !isNews) return next;
  const text = leftText(newest, older.length, state.now);
  return flash(next, 'info', `${text}: F finishes it, :discard leaves it as it is`);
}

/** All that is left is marked. */
export function restFound(state: State, { operation, plan }: MessageOf<'rest'>): State {
  const id = finishId(operation);
  const next = onNearest({ ...state, waiting: null }, 'plan', (screen) =>
    screen.id === id ? { ...screen, marks: withNeeded(plan, writable(plan)) } : screen,
  );
  const shown = planCompared(next, { type: 'plan', id, plan });
  return writable(plan).length > 0 ? shown : flash(shown, 'ok', 'all of it was written before');
}

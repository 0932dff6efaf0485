/** Whether the cursor rests on a job, or passes over it: a key that is held goes over thirty a second. */
import type { State, Step } from './model.ts';
import { topScreen } from './stack.ts';

/** Keys that come closer pass over jobs; so long after the last one the cursor rests, ms. */
export const rest = 100;

/** What a key at that time did, where it moved the cursor to another job. */
export function passing(before: State, [next, effects]: Step, at: number): Step {
  const moved = next.screens[0].cursor.key !== before.screens[0].cursor.key;
  if (!moved || topScreen(next).kind !== 'jobs') return [next, effects];
  const isPassing = before.movedAt !== null && at - before.movedAt < rest;
  return [
    { ...next, movedAt: at, passing: isPassing },
    isPassing ? [...effects, { type: 'rest-later' }] : effects,
  ];
}

/** The first jobs show: the details of one, which take as long as all rows, come after them. */
export function begun(before: State, [next, effects]: Step): Step {
  const isFirst = before.jobs.byName.size === 0 && next.jobs.byName.size > 0;
  return isFirst
    ? [{ ...next, passing: true }, [...effects, { type: 'rest-later' }]]
    : [next, effects];
}

export const rested = (state: State): State =>
  state.passing ? { ...state, passing: false } : state;

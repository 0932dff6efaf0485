/** Works out between keys what the jobs table is asked to show, or will be, where that takes long. */
import type { Clock } from '../base/clock.ts';
import { isFilterBegun, isHeld } from './screens/jobs/ahead.ts';
import { workOut } from './screens/jobs/visible.ts';
import { wordsAhead } from './screens/jobs/words.ts';
import type { State } from './state/model.ts';
import type { Store } from './store.ts';

/** At a stretch, ms: a key waits no longer. */
const stretch = 6;
/** Between two stretches, in which what waits is done, ms. */
const breath = 1;

/** @param onCore milliseconds of any clock that runs while it works */
export function startWorking(
  store: Store,
  clock: Clock,
  onCore: () => number = () => performance.now(),
): () => void {
  let cancel: (() => void) | null = null;
  const work = (): void => {
    cancel = null;
    const state = store.state();
    const until = onCore() + stretch;
    const isLate = (): boolean => onCore() >= until;
    if (isHeld(state)) {
      if (workOut(state, isLate)) store.dispatch({ type: 'worked-out' });
      else begin();
    } else if (isFilterBegun(state) && !wordsAhead(state.jobs.byName, isLate)) begin();
  };
  const begin = (): void => {
    cancel ??= clock.after(breath, work);
  };
  const stopListening = store.subscribe(() => {
    if (hasWork(store.state())) begin();
  });
  return () => {
    stopListening();
    cancel?.();
  };
}

const hasWork = (state: State): boolean => isHeld(state) || isFilterBegun(state);

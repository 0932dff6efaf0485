/** Works out between keys what the jobs table is asked to show, where that takes long. */
import type { Clock } from '../base/clock.ts';
import { isHeld } from './screens/jobs/ahead.ts';
import { workOut } from './screens/jobs/visible.ts';
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
    if (!isHeld(state)) return;
    const until = onCore() + stretch;
    if (workOut(state, () => onCore() >= until)) store.dispatch({ type: 'worked-out' });
    else begin();
  };
  const begin = (): void => {
    cancel ??= clock.after(breath, work);
  };
  const stopListening = store.subscribe(() => {
    if (isHeld(store.state())) begin();
  });
  return () => {
    stopListening();
    cancel?.();
  };
}

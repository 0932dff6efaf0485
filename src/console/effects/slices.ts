/** Long work in slices: keys are heard between them. */
import type { Clock } from '../../base/clock.ts';

/** How long one slice takes at most, ms. */
const slice = 8;
/** Between two slices, ms: what waits has its turn. */
const breath = 1;

/** Gives what came of it to `then`, unless nobody wants it any more. What it returns stops it. */
export function inSlices<T>(
  clock: Clock,
  steps: Generator<void, T>,
  isWanted: () => boolean,
  then: (result: T) => void,
): () => void {
  let cancel = (): void => {};
  const next = (): void => {
    if (!isWanted()) return;
    const until = clock.now() + slice;
    do {
      const { done, value } = steps.next();
      if (done) {
        then(value);
        return;
      }
    } while (clock.now() < until);
    cancel = clock.after(breath, next);
  };
  cancel = clock.after(breath, next);
  return () => cancel();
}

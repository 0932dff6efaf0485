/** Long work in slices that can be stopped: keys are heard between them. */

import type { Clock } from '../../base/clock.ts';
import { sliceLength, sliceOf } from '../../base/steps.ts';

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
    const until = clock.now() + sliceLength;
    const { done, value } = sliceOf(steps, () => clock.now() >= until);
    if (done) then(value);
    else cancel = clock.after(breath, next);
  };
  cancel = clock.after(breath, next);
  return () => cancel();
}

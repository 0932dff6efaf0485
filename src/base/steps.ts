/** Work in steps, between which something else may have its turn. */

/** How long others wait for a slice of it at most, ms. */
export const sliceLength = 8;

/** Steps until it is done, or until that is over. */
export function sliceOf<T>(
  steps: Generator<void, T>,
  isOver: () => boolean,
): IteratorResult<void, T> {
  for (;;) {
    const result = steps.next();
    if (result.done || isOver()) return result;
  }
}

const never = (): boolean => false;

/** All of it at once. */
export function atOnce<T>(steps: Generator<void, T>): T {
  for (;;) {
    const { done, value } = sliceOf(steps, never);
    if (done) return value;
  }
}

/** Lets whatever else there is have its turn, where the last is longer ago than a slice. */
export function takingTurns(): () => Promise<void> {
  let until = performance.now() + sliceLength;
  return async () => {
    if (performance.now() < until) return;
    await turn();
    until = performance.now() + sliceLength;
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** In turn with whatever else there is to do: who waits for it does not keep keys waiting. */
export async function inTurns<T>(steps: Generator<void, T>): Promise<T> {
  for (;;) {
    const until = performance.now() + sliceLength;
    const { done, value } = sliceOf(steps, () => performance.now() >= until);
    if (done) return value;
    await turn();
  }
}

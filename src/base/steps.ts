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

/** So many are one step: each takes a microsecond or less. */
const together = 8_192;

/** Does it for each number below `count`, in steps. */
export function* forEachBelow(count: number, each: (at: number) => void): Generator<void, void> {
  for (let from = 0; from < count; from += together) {
    if (from > 0) yield;
    forEachOf(from, Math.min(count, from + together), each);
  }
}

/** A function of its own: V8 does not optimise what a generator is in the midst of. */
function forEachOf(from: number, to: number, each: (at: number) => void): void {
  for (let at = from; at < to; at++) each(at);
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

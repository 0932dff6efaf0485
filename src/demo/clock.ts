/**
 * The demo's clock: the time of day in nanoseconds, never the same twice, for a run is known by the
 * nanosecond it began at. `now` replaces the machine's clock in tests.
 */
export function createClock(now?: () => bigint): () => bigint {
  const read =
    now ?? (() => BigInt(Date.now()) * 1_000_000n + (process.hrtime.bigint() % 1_000_000n));
  let last = 0n;
  return () => {
    const at = read();
    last = at > last ? at : last + 1n;
    return last;
  };
}

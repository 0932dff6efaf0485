/** Time, handed in. */
export interface Clock extends Pauses {
  /** Returns what cancels it. */
  readonly after: (ms: number, then: () => void) => () => void;
}

/** What is needed to read again with pauses. */
export interface Pauses {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Ends early, and well, when the signal aborts. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

function after(ms: number, then: () => void): () => void {
  const timer = setTimeout(then, ms);
  return () => clearTimeout(timer);
}

export const systemClock: Clock = {
  now: Date.now,
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const end = (): void => {
        cancel();
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const cancel = after(ms, end);
      signal?.addEventListener('abort', end);
      if (signal?.aborted) end();
    }),
  after,
};

/** Time, handed in. */
export interface Clock extends Pauses {
  /** Returns what cancels it. */
  readonly after: (ms: number, then: () => void) => () => void;
}

/** What is needed to read again with pauses. */
export interface Pauses {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

function after(ms: number, then: () => void): () => void {
  const timer = setTimeout(then, ms);
  return () => clearTimeout(timer);
}

export const systemClock: Clock = {
  now: Date.now,
  sleep: (ms) => new Promise((resolve) => after(ms, resolve)),
  after,
};

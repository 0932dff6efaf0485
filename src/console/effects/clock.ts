export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Returns what cancels it. */
  readonly after: (ms: number, then: () => void) => () => void;
}

export const systemClock: Clock = {
  now: Date.now,
  after: (ms, then) => {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};

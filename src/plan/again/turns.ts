/** So many at a time, in the order in which they ask for their turn. */
export interface Turns {
  readonly take: <T>(work: () => Promise<T>) => Promise<T>;
}

export function turnsOf(most: number): Turns {
  let free = most;
  const waiting: (() => void)[] = [];
  return {
    take: async (work) => {
      if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
      else free--;
      try {
        return await work();
      } finally {
        // A turn is handed on, so that nobody comes between.
        const next = waiting.shift();
        if (next === undefined) free++;
        else next();
      }
    },
  };
}

import type { Verdict } from './verdict.ts';

/** The verdicts of all jobs that are in trouble, as a map that is the very same while none changes. */
export interface Verdicts {
  readonly get: (name: string) => Verdict | undefined;
  /** Null: it is in none. */
  readonly set: (name: string, verdict: Verdict | null) => void;
  readonly all: () => ReadonlyMap<string, Verdict>;
}

export function createVerdicts(): Verdicts {
  let settled: ReadonlyMap<string, Verdict> = new Map();
  const changes = new Map<string, Verdict | null>();
  const get = (name: string): Verdict | undefined =>
    changes.has(name) ? (changes.get(name) ?? undefined) : settled.get(name);
  return {
    get,
    set(name, verdict) {
      if ((get(name) ?? null) !== verdict) changes.set(name, verdict);
    },
    all() {
      if (changes.size === 0) return settled;
      const now = new Map(settled);
      for (const [name, verdict] of changes)
        if (verdict === null) now.delete(name);
        else now.set(name, verdict);
      changes.clear();
      settled = now;
      return settled;
    },
  };
}

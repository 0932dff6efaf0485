/** Why a firing did not happen, by what was seen around its instant. */
import type { Sight } from './sight.ts';
import type { Cause, Verdict } from './verdict.ts';

/** So long a look was the next after another, or nobody answered in between, ms. */
const silence = 15_000;
/** So long a dead leader may be named still, ms. */
const lag = 30_000;
/** Jobs due within so long of each other stood still together, ms; and so many others at least. */
const together = { within: 60_000, least: 2 };
const remembered = 20;

type Change = Extract<Cause, { readonly kind: 'leader' }>;
interface Gap {
  readonly from: number;
  readonly to: number;
}

/** How many jobs stood still about that instant. */
export type Standing = (at: number) => number;

/** Nobody else did, as far as it matters. */
export const alone: Standing = () => 0;

/** By minutes, so that it costs no more where all do. */
export function standing(verdicts: Iterable<Verdict>): Standing {
  const counts = new Map<number, number>();
  const minuteOf = (at: number): number => Math.floor(at / together.within);
  for (const { state, at, cause } of verdicts) {
    const isStill = cause.kind === 'unknown' || cause.kind === 'standstill';
    if (!isStill || (state !== 'late' && state !== 'overdue')) continue;
    counts.set(minuteOf(at), (counts.get(minuteOf(at)) ?? 0) + 1);
  }
  return (at) => [-1, 0, 1].reduce((sum, step) => sum + (counts.get(minuteOf(at) + step) ?? 0), 0);
}

export interface CauseFinder {
  readonly saw: (sight: Sight) => void;
  /** The cause itself where it is known. */
  readonly of: (at: number, cause: Cause, still: Standing) => Cause;
}

export function causeFinder(): CauseFinder {
  let leader: { readonly name: string; readonly at: number } | null = null;
  let isLeaderless = false;
  let sawAt: number | null = null;
  let changes: readonly (Change & { readonly since: number })[] = [];
  let gaps: readonly Gap[] = [];

  return {
    saw({ leader: name, at }) {
      if (sawAt !== null && at - sawAt > silence)
        gaps = [...gaps, { from: sawAt, to: at }].slice(-remembered);
      sawAt = at;
      isLeaderless = name === null;
      if (name === undefined || name === null) return;
      if (leader !== null && leader.name !== name)
        changes = [
          ...changes,
          { kind: 'leader' as const, from: leader.name, to: name, at, since: leader.at },
        ].slice(-remembered);
      leader = { name, at };
    },
    of(at, cause, still) {
      if (cause.kind !== 'unknown') return cause;
      const change = changes.find(({ since, at: seen }) => at >= since - lag && at <= seen);
      if (change !== undefined) {
        const { since: _, ...told } = change;
        return told;
      }
      if (isLeaderless) return { kind: 'leaderless' };
      const gap = gaps.find(({ from, to }) => at > from && at < to);
      if (gap !== undefined) return { kind: 'silent', ...gap };
      const others = still(at) - 1;
      return others >= together.least ? { kind: 'standstill', others } : cause;
    },
  };
}

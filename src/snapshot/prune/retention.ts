/**
 * Which snapshots stay by a policy: restic's rules (its internal/data/snapshot_policy.go), in UTC. The newest
 * of each period stays; only periods count that have one; the rules are ORed; nothing goes because time passed.
 */
import { type Duration, durationText, isZero, timeBefore } from './duration.ts';
import { countRules, type Policy, withinRules } from './policy.ts';

/** Something that was taken at a time, ms since the epoch. */
export interface Taken {
  readonly taken: number;
}

export interface Judged<T extends Taken> {
  readonly entry: T;
  /** As restic words them; none: it goes. */
  readonly reasons: readonly string[];
}

type Bucket = (taken: number, position: number) => string;

const iso = (at: number): string => new Date(at).toISOString();
/** The time without its end, of the length of this one: years have more than four digits, some. */
const without =
  (end: string): Bucket =>
  (taken) =>
    iso(taken).slice(0, -end.length);

const hourly = without(':10:59.000Z');
const daily = without('T02:10:59.000Z');
const monthly = without('-21T02:10:59.000Z');
const yearly = without('-11-21T02:10:59.000Z');

/** The Thursday of its week, Monday to Sunday: it is in the year that the week belongs to. */
function weekly(taken: number): string {
  const date = new Date(taken);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7) + 3);
  return daily(date.getTime(), 0);
}

const buckets = {
  last: (_, position) => String(position),
  hourly,
  daily,
  weekly,
  monthly,
  yearly,
} satisfies Record<string, Bucket>;

/** What of the snapshots one rule keeps, asked newest first. */
interface Keeper {
  /** The reason; null where it does not keep it. */
  keep(taken: number, position: number, isOldest: boolean): string | null;
}

/** `left`: of how many it may still say so; -1 has no end. */
function periods(bucket: Bucket, reason: string, limit: number): Keeper {
  let left = limit;
  let last: string | null = null;
  return {
    keep(taken, position, isOldest) {
      if (left === 0) return null;
      const current = bucket(taken, position);
      const isNew = current !== last;
      if (!isNew && !isOldest) return null;
      last = current;
      if (left > 0) left--;
      return isNew ? reason : `oldest ${reason}`;
    },
  };
}

function within(duration: Duration, newest: number, inner: Keeper): Keeper {
  const start = timeBefore(newest, duration);
  return {
    keep: (taken, position, isOldest) =>
      taken > start ? inner.keep(taken, position, isOldest) : null,
  };
}

function keepersOf(policy: Policy, newest: number): Keeper[] {
  const counts = countRules.map((rule) =>
    periods(buckets[rule], `${rule} snapshot`, policy[rule] ?? 0),
  );
  const spans = withinRules.flatMap((rule) => {
    const duration = policy[rule];
    if (duration === undefined || isZero(duration)) return [];
    const text = durationText(duration);
    if (rule === 'within') return [within(duration, newest, { keep: () => `within ${text}` })];
    const period = rule.slice('within-'.length) as (typeof countRules)[number];
    return [within(duration, newest, periods(buckets[period], `${period} within ${text}`, -1))];
  });
  return [...counts, ...spans];
}

/**
 * Newest first; of one moment in the order in which they came. Durations count back from the newest that is
 * not in the future; where all are, they reach back to all times.
 */
export function retention<T extends Taken>(
  entries: readonly T[],
  policy: Policy,
  now: number,
): Judged<T>[] {
  const sorted = entries.toSorted((a, b) => b.taken - a.taken);
  const newest = sorted.find(({ taken }) => taken < now)?.taken ?? Number.NEGATIVE_INFINITY;
  const keepers = keepersOf(policy, newest);
  return sorted.map((entry, position) => ({
    entry,
    reasons: keepers
      .map(({ keep }) => keep(entry.taken, position, position === sorted.length - 1))
      .filter((reason) => reason !== null),
  }));
}

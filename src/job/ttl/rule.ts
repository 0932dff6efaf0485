/**
 * The gateway's rule: what is kept for a soft TTL is fetched at least twice in it, unless its hard TTL
 * is at least twice as long, so that one failed run loses nothing.
 */
import type { Ttl } from './table.ts';

/** `hard`: there is nothing to show until the next run. `soft`: one failed run would lead there. */
export type Verdict = 'fits' | 'soft' | 'hard';

/** `period`: the longest time between two runs, seconds. */
export function verdictOf(period: number, { soft, hard }: Ttl): Verdict {
  if (hard !== null && period > hard) return 'hard';
  if (soft === null || (hard !== null && hard >= 2 * soft)) return 'fits';
  return 2 * period <= soft ? 'fits' : 'soft';
}

/** The longest period that fits, seconds; null where any does. */
export function mostOf({ soft, hard }: Ttl): number | null {
  const half = soft === null || (hard !== null && hard >= 2 * soft) ? null : soft / 2;
  if (half === null) return hard;
  return hard === null ? half : Math.min(half, hard);
}

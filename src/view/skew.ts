/** Words for two clocks that do not agree: this machine's and the server's. */
import { shortSpan } from './short.ts';

const minute = 60_000;

/** `15m ahead` or `2h behind` for a skew in ms (dkron/skew.ts); null up to a minute. */
export function skewText(skew: number): string | null {
  const apart = Math.abs(skew);
  if (apart <= minute) return null;
  return `${shortSpan(Math.round(apart / minute) * minute)} ${skew > 0 ? 'ahead' : 'behind'}`;
}

/** The same as a part of a sentence: `15m ahead of the server's`. */
export function skewAgainst(skew: number): string | null {
  const text = skewText(skew);
  return text === null ? null : `${text}${skew > 0 ? ' of' : ''} the server's`;
}

/** What it means for what one reads, the most of it in 80 columns; null up to a minute. */
export function skewNote(skew: number): string | null {
  const against = skewAgainst(skew);
  if (against === null) return null;
  return `This machine's clock is ${against}; NEXT and "in 4m" use it. Jobs run by the server's clock.`;
}

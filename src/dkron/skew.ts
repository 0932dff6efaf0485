/** How far this machine's clock is ahead of the server's, by the `Date` of the server's answers. */

/** An answer's headers, by their names in lower case. */
type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** When a request went out and when its answer began, by this machine's clock; ms since the epoch. */
export interface Between {
  readonly sent: number;
  readonly came: number;
}

/** `Date` tells whole seconds, what is left of one is cut off (RFC 9110 5.6.7). */
const resolution = 1_000;

/**
 * The skew in ms, above 0 when this machine is ahead, after one more answer. The server wrote its
 * `Date` at some moment between sending and answer: what was known stays where that can be true,
 * else it moves as little as it must. So a slow line never makes a clock wrong.
 */
export function skewAfter(known: number, headers: Headers, { sent, came }: Between): number {
  const text = String(headers['date']);
  const date = text.endsWith(' GMT') && !isFromCache(headers) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(date) || came < sent) return known;
  return Math.min(Math.max(known, sent - date - resolution), came - date);
}

/** A cache in between answers with the `Date` of the day it asked the server. */
const isFromCache = (headers: Headers): boolean =>
  Object.entries(headers).some(
    ([name, value]) => name === 'age' || (name.includes('cache') && /\bhit\b/i.test(String(value))),
  );

import { civilFromDays, secondsPerDay } from './civil.ts';
import { parseGoTime } from './go-time.ts';

/** A moment: nanoseconds since 1970-01-01T00:00:00Z, the precision of Go's time.Time. */
export type Instant = bigint;

export const nanosPerSecond = 1_000_000_000n;

/** Whole seconds since 1970, rounded down. */
export const secondsFromInstant = (instant: Instant): number =>
  Number((instant - nanosOf(instant)) / nanosPerSecond);

/** The first whole second that is not before it: Dkron fires on whole seconds. */
export const ceilSeconds = (instant: Instant): number => secondsFromInstant(instant - 1n) + 1;

export const instantFromSeconds = (seconds: number): Instant => BigInt(seconds) * nanosPerSecond;

export const instantFromMillis = (millis: number): Instant =>
  BigInt(Math.floor(millis)) * 1_000_000n;

/** Whole milliseconds since 1970, rounded down: what Date takes. */
export const millisFromInstant = (instant: Instant): number =>
  secondsFromInstant(instant) * 1000 + Math.floor(Number(nanosOf(instant)) / 1e6);

/** Reads an RFC 3339 time as leniently as Go does; undefined for anything else. */
export function instantFromRfc3339(text: string): Instant | undefined {
  // Most times are not set, and what would be wrong with them nobody asks.
  if (text === '') return undefined;
  const parsed = parseGoTime(text);
  return 'instant' in parsed ? parsed.instant : undefined;
}

/** Go's time.RFC3339Nano: a fraction only where there is one, `Z` for the offset 0 (seconds). */
export function rfc3339FromInstant(instant: Instant, offset = 0): string {
  const wall = secondsFromInstant(instant) + offset;
  const days = Math.floor(wall / secondsPerDay);
  const { year, month, day } = civilFromDays(days);
  const fraction = String(nanosOf(instant)).padStart(9, '0').replace(/0+$/, '');
  return (
    `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}` +
    `T${clock(wall - days * secondsPerDay)}${fraction && `.${fraction}`}${offsetText(offset)}`
  );
}

/** `Z`, `+01:00`, `-03:30`. */
export function offsetText(offset: number): string {
  if (offset === 0) return 'Z';
  const minutes = Math.floor(Math.abs(offset) / 60);
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

const two = (value: number): string => String(value).padStart(2, '0');

const clock = (secondOfDay: number): string =>
  [Math.floor(secondOfDay / 3600), Math.floor(secondOfDay / 60) % 60, secondOfDay % 60]
    .map(two)
    .join(':');

/** The part of the second, never negative. */
const nanosOf = (instant: Instant): bigint =>
  ((instant % nanosPerSecond) + nanosPerSecond) % nanosPerSecond;

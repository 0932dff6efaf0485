import { atoi } from './go-text.ts';

/**
 * The ISO 8601 duration of `@after` (Dkron extcron/duration.go): a year is 365 days, a month 30.
 * Sums wrap around at 64 bits, as Go's time.Duration does.
 */

const pattern =
  /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

const hour = 3_600_000_000_000n;

/** In the order of the pattern's groups: what Dkron calls it, and nanoseconds. */
const wholeUnits: readonly [name: string, nanos: bigint][] = [
  ['year', 365n * 24n * hour],
  ['month', 30n * 24n * hour],
  ['day', 24n * hour],
  ['hour', hour],
  ['minute', 60_000_000_000n],
];

/** Nanoseconds, or the error's text. */
export function parseGrace(text: string): { nanos: bigint } | { error: string } {
  if (text === '') return { error: 'empty duration string' };
  const match = pattern.exec(text);
  if (!match) return { error: `invalid ISO8601 duration format: ${text}` };
  let nanos = 0n;
  for (const [index, [name, unit]] of wholeUnits.entries()) {
    const count = atoi(match[index + 1] ?? '0');
    if ('error' in count) return { error: `invalid ${name} value: ${match[index + 1]}` };
    nanos += count.value * unit;
  }
  const seconds = Number(match[wholeUnits.length + 1] ?? 0);
  if (seconds === Number.POSITIVE_INFINITY) return { error: `invalid second value: ${match[6]}` };
  nanos = BigInt.asIntN(64, nanos + nanosOf(seconds));
  return nanos === 0n ? { error: 'duration must be greater than zero' } : { nanos };
}

/** A float64 beyond 64 bits becomes the least integer, as on amd64. */
function nanosOf(seconds: number): bigint {
  const nanos = seconds * 1e9;
  return nanos < 2 ** 63 ? BigInt(Math.trunc(nanos)) : -(2n ** 63n);
}

/**
 * Times as Go has them: an instant in nanoseconds and the offset it is shown with.
 * The store keeps instants only; what a request sent is echoed with its own offset.
 */

export interface Time {
  /** Nanoseconds since 1970. */
  readonly at: bigint;
  /** Seconds east of UTC. */
  readonly offset: number;
}

const SECOND = 1_000_000_000n;

/** Go's zero time, year 1: "never". */
export const ZERO = -62_135_596_800n * SECOND;

/** A protobuf timestamp that is missing reads as 1970. */
export const EPOCH = 0n;

export const utc = (at: bigint): Time => ({ at, offset: 0 });

const floorDiv = (a: bigint, b: bigint): bigint => (a - (((a % b) + b) % b)) / b;

/** RFC 3339 with as many digits of the second as needed (Go's RFC3339Nano). */
export function formatTime({ at, offset }: Time): string {
  const seconds = floorDiv(at, SECOND);
  const nanos = at - seconds * SECOND;
  const wall = new Date((Number(seconds) + offset) * 1000).toISOString().slice(0, 19);
  const fraction = nanos === 0n ? '' : `.${nanos.toString().padStart(9, '0').replace(/0+$/, '')}`;
  return wall + fraction + formatOffset(offset);
}

function formatOffset(offset: number): string {
  const minutes = Math.trunc(Math.abs(offset) / 60);
  if (offset === 0) return 'Z';
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.trunc(minutes / 60))}:${two(minutes % 60)}`;
}

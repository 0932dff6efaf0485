/**
 * Times as Go has them: an instant in nanoseconds and the offset it is shown with.
 * The store keeps instants in UTC; what a request sent is echoed with its own offset.
 */
import { parseGoTime } from '../schedule/go-time.ts';
import { rfc3339FromInstant } from '../schedule/instant.ts';

export class Time {
  /** Nanoseconds since 1970. */
  readonly at: bigint;
  /** Seconds east of UTC. */
  readonly offset: number;

  constructor(at: bigint, offset: number) {
    this.at = at;
    this.offset = offset;
  }

  /** RFC 3339 with as many digits of the second as needed (Go's RFC3339Nano). */
  toString(): string {
    return rfc3339FromInstant(this.at, this.offset);
  }
}

/** Go's zero time, year 1: "never". */
export const ZERO = -62_135_596_800_000_000_000n;

/** A protobuf timestamp that is missing reads as 1970. */
export const EPOCH = 0n;

export const utc = (at: bigint): Time => new Time(at, 0);

/** A time, or the error's text. */
type Parsed = Time | { readonly error: string };

/** Reads RFC 3339 as Go's Time.UnmarshalJSON does and keeps the offset. */
export function parseTime(text: string): Parsed {
  const parsed = parseGoTime(text);
  if ('error' in parsed) return parsed;
  const [, sign, hours = 0, minutes = 0] = /([+-])(\d\d):(\d\d)$/.exec(text) ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * 60;
  return new Time(parsed.instant, sign === '-' ? -offset : offset);
}

/**
 * Reads what `starts_at` and `expires_at` take: RFC 3339, or what a browser's date field sends,
 * `2031-01-01T10:30` (Dkron ntime/nullabletime.go). `raw` is the JSON string without its quotes.
 */
export function parseNullableTime(raw: string, text: string): Parsed {
  const parsed = parseTime(raw);
  if (!('error' in parsed) || !/^\d{4}-\d\d-\d\dT\d\d?:\d\d$/.test(text)) return parsed;
  const local = parseGoTime(`${text}:00Z`);
  return 'error' in local ? parsed : utc(local.instant);
}

/**
 * Times as Go has them: an instant in nanoseconds and the offset it is shown with.
 * The store keeps instants in UTC; what a request sent is echoed with its own offset.
 */
import { bytesOf, parseGoTime, quote } from '../schedule/go-time.ts';
import { rfc3339FromInstant } from '../schedule/instant.ts';

export interface Time {
  /** Nanoseconds since 1970. */
  readonly at: bigint;
  /** Seconds east of UTC. */
  readonly offset: number;
}

/** Go's zero time, year 1: "never". */
export const ZERO = -62_135_596_800_000_000_000n;

/** A protobuf timestamp that is missing reads as 1970. */
export const EPOCH = 0n;

export const utc = (at: bigint): Time => ({ at, offset: 0 });

/** RFC 3339 with as many digits of the second as needed (Go's RFC3339Nano). */
export const formatTime = ({ at, offset }: Time): string => rfc3339FromInstant(at, offset);

/** A time, or the error's text. */
type Parsed = Time | { readonly error: string };

/** Reads a time as Go's Time.UnmarshalJSON does, which is stricter than time.Parse. */
export function parseStrictTime(text: string): Parsed {
  const parsed = parseGoTime(text);
  if ('error' in parsed) return parsed;
  const said = `parsing time ${quote(bytesOf(text))}`;
  const cannot = (part: string, element: string): Parsed => ({
    error: `${said} as "2006-01-02T15:04:05Z07:00": cannot parse "${part}" as "${element}"`,
  });
  if (text[12] === ':') return cannot(text.slice(11, 12), '15');
  if (text[19] === ',') return cannot(',', '.');
  const [, sign, hours = 0, minutes = 0] = /([+-])(\d\d):(\d\d)$/.exec(text.slice(19)) ?? [];
  if (Number(hours) >= 24) return { error: `${said}: timezone hour out of range` };
  if (Number(minutes) >= 60) return { error: `${said}: timezone minute out of range` };
  const offset = (Number(hours) * 60 + Number(minutes)) * 60;
  return { at: parsed.instant, offset: sign === '-' ? -offset : offset };
}

/**
 * Reads what `starts_at` and `expires_at` take: RFC 3339, or what a browser's date field sends,
 * `2031-01-01T10:30` (Dkron ntime/nullabletime.go). `raw` is the JSON string without its quotes.
 */
export function parseNullableTime(raw: string, text: string): Parsed {
  const strict = parseStrictTime(raw);
  if (!('error' in strict) || !/^\d{4}-\d\d-\d\dT\d\d?:\d\d$/.test(text)) return strict;
  const local = parseGoTime(`${text}:00Z`);
  return 'error' in local ? strict : utc(local.instant);
}

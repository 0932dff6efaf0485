/** Dkron's executions began in 2015; every time before this is a zero value of Go or protobuf. */
const first = Date.UTC(1971, 0, 1);
/** A year has four digits in RFC 3339. */
const last = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * A time from the server, or null for "none": null, "", year 1 in any zone's local mean time
 * (`0000-12-31T19:03:58-04:56`), and 1970 (a protobuf timestamp that was never set).
 */
export function serverTime(text: string | null | undefined): Date | null {
  if (!text) return null;
  const time = new Date(text);
  return time.getTime() >= first && time.getTime() <= last ? time : null;
}

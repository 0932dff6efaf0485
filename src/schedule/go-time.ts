import { daysFromCivil, daysInMonth, secondsPerDay } from './civil.ts';

/** Go's time.Parse(time.RFC3339, …), its leniency and its error texts included. */

const layout = '2006-01-02T15:04:05Z07:00';

/** The moment in nanoseconds since 1970, or the error's text. */
export type GoTime = { readonly instant: bigint } | { readonly error: string };

interface Element {
  /** How Go's layout writes the element; error texts name it. */
  readonly layout: string;
  /** What may stand there; `time` is Go's name for an element that has a range. */
  readonly pattern: RegExp;
  readonly range?: { readonly time: string; readonly min: number; readonly max: number };
}

const elements: readonly Element[] = [
  { layout: '2006', pattern: /^\d{4}/ },
  { layout: '-', pattern: /^-/ },
  { layout: '01', pattern: /^\d\d/, range: { time: 'month', min: 1, max: 12 } },
  { layout: '-', pattern: /^-/ },
  { layout: '02', pattern: /^\d\d/ },
  { layout: 'T', pattern: /^T/ },
  { layout: '15', pattern: /^\d\d?/, range: { time: 'hour', min: 0, max: 23 } },
  { layout: ':', pattern: /^:/ },
  { layout: '04', pattern: /^\d\d/, range: { time: 'minute', min: 0, max: 59 } },
  { layout: ':', pattern: /^:/ },
  { layout: '05', pattern: /^\d\d/, range: { time: 'second', min: 0, max: 59 } },
];

export function parseGoTime(text: string): GoTime {
  const value = bytesOf(text);
  const read: Record<string, number> = {};
  let rest = value;
  for (const element of elements) {
    const found = element.pattern.exec(rest)?.[0];
    if (found === undefined) return cannotParse(value, rest, element.layout);
    const { range } = element;
    if (range && (Number(found) < range.min || Number(found) > range.max))
      return outOfRange(value, range.time);
    read[element.layout] = Number(found);
    rest = rest.slice(found.length);
  }
  const {
    '2006': year,
    '01': month,
    '02': day,
    '15': hour,
    '04': minute,
    '05': second,
  } = read as Record<'2006' | '01' | '02' | '15' | '04' | '05', number>;
  const fraction = /^[.,](\d+)/.exec(rest);
  if (fraction) rest = rest.slice(fraction[0].length);
  const zone = parseOffset(value, rest);
  if ('error' in zone) return zone;
  if (zone.rest !== '')
    return { error: `parsing time ${quote(value)}: extra text: ${quote(zone.rest)}` };
  if (day < 1 || day > daysInMonth(year, month)) return outOfRange(value, 'day');
  const seconds =
    daysFromCivil(year, month, day) * secondsPerDay +
    (hour * 60 + minute) * 60 +
    second -
    zone.offset;
  const nanos = (fraction?.[1] ?? '').slice(0, 9).padEnd(9, '0');
  return { instant: BigInt(seconds) * 1_000_000_000n + BigInt(nanos) };
}

/** `Z` or ±hh:mm; Go lets an offset reach +24:60, and looks at the sign last. */
function parseOffset(
  value: string,
  rest: string,
): { offset: number; rest: string } | { error: string } {
  if (rest.startsWith('Z')) return { offset: 0, rest: rest.slice(1) };
  const [, sign = '', hh = '', mm = ''] = /^(.)(..):(..)/s.exec(rest) ?? [];
  const hours = twoDigits(hh);
  const minutes = hours === undefined ? undefined : twoDigits(mm);
  if (minutes !== undefined && minutes > 60) return outOfRange(value, 'time zone offset minute');
  if (hours !== undefined && hours > 24) return outOfRange(value, 'time zone offset hour');
  if (hours === undefined || minutes === undefined || !/[+-]/.test(sign))
    return cannotParse(value, rest, 'Z07:00');
  const seconds = (hours * 60 + minutes) * 60;
  return { offset: sign === '-' ? -seconds : seconds, rest: rest.slice(6) };
}

const twoDigits = (text: string): number | undefined =>
  /^\d\d$/.test(text) ? Number(text) : undefined;

const cannotParse = (value: string, rest: string, element: string) => ({
  error: `parsing time ${quote(value)} as ${quote(layout)}: cannot parse ${quote(rest)} as ${quote(element)}`,
});

const outOfRange = (value: string, element: string) => ({
  error: `parsing time ${quote(value)}: ${element} out of range`,
});

/** The UTF-8 bytes, one character each: Go counts and quotes bytes. */
export const bytesOf = (text: string): string =>
  Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');

/** The time package's own quoting of a byte string; it differs from strconv.Quote. */
export const quote = (bytes: string): string =>
  `"${bytes.replace(/["\\]/g, '\\$&').replace(/[^\x20-\x7f]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`)}"`;

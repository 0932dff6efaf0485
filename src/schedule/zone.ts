import zoneNames from './zone-names.json' with { type: 'json' };

/** A time zone as the search for runs needs it. */
export interface Zone {
  readonly name: string;
  /** Seconds east of UTC at that many seconds since 1970. */
  offsetAt(seconds: number): number;
}

/** The names of the tz database that Go knows (2025b), aliases included, sorted. */
export const zones: readonly string[] = zoneNames;

const known = new Set(zones);

/**
 * Why Go's time.LoadLocation refuses a name; undefined if it does not. Names are case-sensitive;
 * "" and UTC are UTC, Local is the server's own zone.
 */
export function zoneError(name: string): string | undefined {
  if (name === '' || name === 'Local' || known.has(name)) return undefined;
  return name.includes('..') || /^[/\\]/.test(name)
    ? 'time: invalid location name'
    : `unknown time zone ${name}`;
}

const zonesByName = new Map<string, Zone>();

/** A zone by name, offsets from Intl. "" and names Intl does not know (`Factory`) are UTC. */
export function zoneOf(name: string): Zone {
  let zone = zonesByName.get(name);
  if (!zone) {
    zone = { name: name || 'UTC', offsetAt: offsetsOf(name) };
    zonesByName.set(name, zone);
  }
  return zone;
}

function offsetsOf(name: string): (seconds: number) => number {
  if (name === '' || name === 'UTC') return () => 0;
  try {
    return rememberOffsets(readOffset(name));
  } catch (error) {
    if (error instanceof RangeError) return () => 0;
    throw error;
  }
}

/** What Intl can say: after the first clocks were set by a zone, and as far as Date reaches. */
const earliest = -5_000_000_000;
const latest = 8_000_000_000_000;

function readOffset(timeZone: string): (seconds: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (seconds) => {
    const at = Math.min(Math.max(seconds, earliest), latest);
    const [month = 1, day, year = 1970, hour, minute, second] = (
      format.format(at * 1000).match(/\d+/g) ?? []
    ).map(Number);
    return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - at;
  };
}

/** No zone of the tz database changes its offset twice within this span (the least is 3.98 days). */
const span = 3 * 86_400;

interface Span {
  readonly before: number;
  readonly after: number;
  readonly change: number;
}

/** Intl is asked at the edges of a span, and for the second of a change within it, once. */
function rememberOffsets(read: (seconds: number) => number): (seconds: number) => number {
  const spans = new Map<number, Span>();
  return (seconds) => {
    const index = Math.floor(seconds / span);
    let found = spans.get(index);
    if (!found) {
      found = readSpan(read, index * span);
      spans.set(index, found);
    }
    return seconds < found.change ? found.before : found.after;
  };
}

function readSpan(read: (seconds: number) => number, start: number): Span {
  let [same, changed] = [start, start + span];
  const before = read(same);
  const after = read(changed);
  while (before !== after && changed - same > 1) {
    const middle = Math.floor((same + changed) / 2);
    if (read(middle) === before) same = middle;
    else changed = middle;
  }
  return { before, after, change: changed };
}

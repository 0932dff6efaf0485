/** The offsets of a time zone, from Intl, remembered; also what Intl told an earlier program. */
import zoneNames from './zone-names.json' with { type: 'json' };

/** A time zone as the search for runs needs it. */
export interface Zone {
  readonly name: string;
  /** Seconds east of UTC at that many seconds since 1970. */
  offsetAt(seconds: number): number;
  /** Every change of the offset after `from`, up to and including `to`. */
  changesBetween(from: number, to: number): ClockChange[];
}

/** A moment at which a zone's clocks are set forward or back. */
export interface ClockChange {
  /** Seconds since 1970, the first with the new offset. */
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

/** What Intl said of a zone between two moments, seconds since 1970; offsets are seconds east of UTC. */
export interface ToldOffsets {
  readonly from: number;
  readonly to: number;
  /** At `from`. */
  readonly offset: number;
  /** Each change after `from`, up to and including `to`, in order: the first second of it, and its offset. */
  readonly changes: readonly (readonly [at: number, offset: number])[];
}

/** The names of the tz database that Go knows (2025b), aliases included, sorted. */
export const zones: readonly string[] = zoneNames;

const known = new Set(zones);
/** `Europe`, `America/Argentina`: Go opens these as files and is told what they are. */
const isFolder = (name: string): boolean =>
  name !== '' && zones.some((zone) => zone.startsWith(`${name}/`));

/**
 * Why Go's time.LoadLocation refuses a name; undefined if it does not. Names are case-sensitive;
 * "" and UTC are UTC, Local is the server's own zone.
 */
export function zoneError(name: string): string | undefined {
  if (name === '' || name === 'Local' || known.has(name)) return undefined;
  if (name.includes('..') || /^[/\\]/.test(name)) return 'time: invalid location name';
  return isFolder(name) ? 'is a directory' : `unknown time zone ${name}`;
}

const zonesByName = new Map<string, Zone>();

let told: (name: string) => ToldOffsets | undefined = () => undefined;

/** From now on these are not asked of Intl, whose first answer takes 10 ms: the same Intl must have told them. */
export function trustOffsets(source: (name: string) => ToldOffsets | undefined): void {
  told = source;
  zonesByName.clear();
  asked.clear();
}

/** Zones of which nothing was told before. */
const asked = new Set<string>();

/** The zones that Intl was asked about and of which nothing had been told. */
export const askedZones = (): readonly string[] => [...asked];

/** What Intl says of a zone that it knows. */
export function offsetsBetween(name: string, from: number, to: number): ToldOffsets {
  const zone = zoneOf(name);
  const changes = zone.changesBetween(from, to).map(({ at, after }) => [at, after] as const);
  return { from, to, offset: zone.offsetAt(from), changes };
}

/** A zone by name, offsets from Intl. "" and names Intl does not know (`Factory`) are UTC. */
export function zoneOf(name: string): Zone {
  let zone = zonesByName.get(name);
  if (!zone) {
    zone = { name: name || 'UTC', ...offsetsOf(name) };
    zonesByName.set(name, zone);
  }
  return zone;
}

type Offsets = Omit<Zone, 'name'>;

const utc: Offsets = { offsetAt: () => 0, changesBetween: () => [] };

function offsetsOf(name: string): Offsets {
  if (name === '' || name === 'UTC') return utc;
  const known = told(name);
  if (known !== undefined) return rememberOffsets(readTold(name, known));
  try {
    const offsets = rememberOffsets(readOffset(name));
    asked.add(name);
    return offsets;
  } catch (error) {
    if (error instanceof RangeError) return utc;
    throw error;
  }
}

/** What Intl can say: after the first clocks were set by a zone, and as far as Date reaches. */
const firstAsked = -5_000_000_000;
const lastAsked = 8_000_000_000_000;

/** Intl has told those of a while; of all other times it is asked. */
function readTold(name: string, { from, to, offset, changes }: ToldOffsets) {
  let read: ((seconds: number) => number) | null = null;
  return (seconds: number): number => {
    if (seconds >= from && seconds <= to)
      return changes.findLast(([at]) => at <= seconds)?.[1] ?? offset;
    read ??= readOffset(name);
    return read(seconds);
  };
}

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
    const at = Math.min(Math.max(seconds, firstAsked), lastAsked);
    const [month = 1, day, year = 1970, hour, minute, second] = (
      format.format(at * 1000).match(/\d+/g) ?? []
    ).map(Number);
    return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - at;
  };
}

/** No zone of the tz database changes its offset twice within this span (the least is 3.98 days). */
const span = 3 * 86_400;

interface Span extends ClockChange {
  readonly start: number;
}

/** Intl is asked at the edges of a span, and for the second of a change within it, once. */
function rememberOffsets(read: (seconds: number) => number): Offsets {
  const spans = new Map<number, Span>();
  let latest: Span | null = null;
  const spanAt = (seconds: number): Span => {
    // A search asks for neighbouring seconds; most questions end here.
    if (latest === null || seconds < latest.start || seconds >= latest.start + span) {
      const start = Math.floor(seconds / span) * span;
      latest = spans.get(start) ?? readSpan(read, start);
      spans.set(start, latest);
    }
    return latest;
  };
  return {
    offsetAt(seconds) {
      const { at, before, after } = spanAt(seconds);
      return seconds < at ? before : after;
    },
    changesBetween(from, to) {
      const changes: ClockChange[] = [];
      for (let at = from; at < to + span; at += span) changes.push(spanAt(at));
      return changes.filter(({ at, before, after }) => before !== after && at > from && at <= to);
    },
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
  return { start, at: changed, before, after };
}

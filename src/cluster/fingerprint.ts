/**
 * What a cluster is known by: its server nodes, and how often and when some of its jobs ran. Counters
 * and times only rise (dkron/store.go), so that they tell one cluster from another that has the same
 * names; Dkron has no id of its own for a cluster.
 */
import * as z from 'zod/mini';
import { stepsOnce } from '../base/memo-of.ts';
import { atOnce, forEachBelow } from '../base/steps.ts';
import type { Node } from '../dkron/shapes.ts';
import { serverTime } from '../job/time.ts';

/** How often and when a job ran, as the server wrote it; a `Job` is one. */
export interface JobMark {
  readonly success_count: number;
  readonly error_count: number;
  /** RFC 3339 with nanoseconds, or null; anything before 1971 means never. */
  readonly last_success: string | null;
  readonly last_error: string | null;
}

/** A server node, as serf knows it. */
export interface ServerNode {
  readonly name: string;
  /** `10.0.0.7:8946`: serf's own address, not that of the API. */
  readonly address: string;
  readonly version: string;
}

/** What was seen of the servers. */
export interface Servers {
  readonly region: string;
  readonly datacenter: string;
  /** The server nodes, dead ones too. Agents come and go. */
  readonly nodes: readonly ServerNode[];
}

/** What answers now, to be compared with what is known. */
export interface Sighting extends Servers {
  /** When, in ms since the epoch by the server's clock: this machine's less the client's `skew`. */
  readonly at: number;
  /**
   * Whether the cluster had a leader just before the jobs were read. A server without one may have old jobs
   * or none: a restarted one has none for a second, until there is a leader again (4.1.2).
   */
  readonly leader: boolean;
  /** Jobs by name; null for one that was asked for and is not there. */
  readonly jobs: ReadonlyMap<string, JobMark | null>;
  /** Whether a job that is not among them does not exist: it was the whole list. */
  readonly whole: boolean;
  /** Of some jobs when the executions ended that the server still has, RFC 3339 (sighting.ts, lookCloser). */
  readonly past?: ReadonlyMap<string, readonly string[]>;
}

const markShape = z.object({
  name: z.string(),
  success_count: z.number(),
  error_count: z.number(),
  last_success: z.nullable(z.string()),
  last_error: z.nullable(z.string()),
});

/** As it lies on the disk. */
export const fingerprintShape = z.object({
  /** When it was seen last, ms since the epoch by the server's clock. */
  at: z.number(),
  region: z.string(),
  datacenter: z.string(),
  nodes: z.array(z.object({ name: z.string(), address: z.string(), version: z.string() })),
  /** How many jobs there were when the whole list was read last; null where it never was. */
  count: z.nullable(z.number()),
  /** Some of the jobs, each name once. */
  sample: z.array(markShape),
});

/** What is remembered of a cluster. */
export type Fingerprint = z.infer<typeof fingerprintShape>;

/** The servers among `GET /v1/members`. Each tells its region and datacenter; one is enough. */
export function serversOf(members: readonly Node[]): Servers {
  const servers = members.filter(({ Tags }) => Tags?.['server'] === 'true');
  const tag = (name: string): string =>
    servers.map(({ Tags }) => Tags?.[name]).find((value) => value) ?? '';
  return {
    region: tag('region'),
    datacenter: tag('dc'),
    nodes: servers.map(({ Name, Addr, Port, Tags }) => ({
      name: Name,
      address: `${Addr}:${Port}`,
      version: Tags?.['version'] ?? '',
    })),
  };
}

/** Jobs that are remembered of one cluster. */
const most = 200;

/**
 * What to remember after a sighting. Which jobs are remembered is chosen by their names, so that two
 * readings choose the same; those that ran come first. Of a sighting of some jobs only, the others
 * that were remembered `before` stay.
 */
export function remember(sighting: Sighting, before: Fingerprint | null = null): Fingerprint {
  const { at, region, datacenter, nodes, jobs, whole } = sighting;
  const marks = whole ? jobs : withBefore(jobs, before);
  return {
    at,
    region,
    datacenter,
    nodes: nodes.map(({ name, address, version }) => ({ name, address, version })),
    count: whole ? jobs.size : (before?.count ?? null),
    sample: atOnce(chosenIn(marks)).map(([name, mark]) => ({
      name,
      success_count: mark.success_count,
      error_count: mark.error_count,
      last_success: mark.last_success,
      last_error: mark.last_error,
    })),
  };
}

function withBefore(jobs: Sighting['jobs'], before: Fingerprint | null): Sighting['jobs'] {
  const marks = new Map<string, JobMark | null>(before?.sample.map((mark) => [mark.name, mark]));
  for (const [name, mark] of jobs) marks.set(name, mark);
  return marks;
}

/** Without these jobs: this machine changed them, so that what was known of them says nothing. */
export const without = (known: Fingerprint, names: ReadonlySet<string>): Fingerprint => ({
  ...known,
  sample: known.sample.filter(({ name }) => !names.has(name)),
});

type Entry = readonly [name: string, mark: JobMark];

const chosenIn = stepsOnce(function* (marks: Sighting['jobs']): Generator<void, Entry[]> {
  const [ran, idle] = [lowest(), lowest()];
  const entries = marks.entries();
  yield* forEachBelow(marks.size, () => {
    const [name, mark] = entries.next().value!;
    if (mark !== null) (hasRun(mark) ? ran : idle).add(name, mark);
  });
  return [...ran.all(), ...idle.all()].slice(0, most);
});

/** What takes a while of `remember`, for a sighting of many jobs: in steps, which it need not do again. */
export function* rememberAhead({ jobs, whole }: Sighting): Generator<void, void> {
  if (whole) yield* chosenIn(jobs);
}

interface Ranked {
  readonly entry: Entry;
  readonly rank: number;
}

/** Takes jobs, and keeps those whose names have the lowest hashes: a hundred thousand are not all sorted. */
function lowest() {
  let low: Ranked[] = [];
  /** Nothing above it is among them. */
  let bound = Number.POSITIVE_INFINITY;
  const cut = (): void => {
    low = low.sort(byRank).slice(0, most);
    if (low.length === most) bound = low[most - 1]!.rank;
  };
  return {
    add: (name: string, mark: JobMark): void => {
      const rank = hash(name);
      if (rank > bound) return;
      low.push({ entry: [name, mark], rank });
      if (low.length >= 2 * most) cut();
    },
    all: (): Entry[] => {
      cut();
      return low.map(({ entry }) => entry);
    },
  };
}

const byRank = (a: Ranked, b: Ranked): number =>
  a.rank - b.rank || (a.entry[0] < b.entry[0] ? -1 : 1);

/** FNV-1a, 32 bits: spreads names evenly, and is quick enough for ten thousand. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++)
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return value;
}

export const hasRun = (mark: JobMark): boolean =>
  mark.success_count > 0 ||
  mark.error_count > 0 ||
  ((mark.last_success ?? mark.last_error ?? null) !== null && lastRun(mark) !== null);

/** When it ended last, ms since the epoch; null for never. */
export const lastRun = ({ last_success, last_error }: JobMark): number | null => {
  const times = [serverTime(last_success), serverTime(last_error)].flatMap((time) =>
    time === null ? [] : [time.getTime()],
  );
  return times.length === 0 ? null : Math.max(...times);
};

/** Jobs that are asked for one by one: enough to tell, and answered within a round trip or two. */
const few = 8;

/**
 * Which of the known jobs to ask for where the whole list is too much: those that rested longest, since
 * an end that did not move proves most, then those that ran most, since their counters differ most
 * from another cluster's.
 */
export function witnesses({ sample }: Fingerprint): string[] {
  const ran = sample.filter(hasRun);
  const rested = ran.toSorted((a, b) => (lastRun(a) ?? 0) - (lastRun(b) ?? 0)).slice(0, few - 3);
  const busiest = ran
    .filter((mark) => !rested.includes(mark))
    .sort((a, b) => b.success_count + b.error_count - a.success_count - a.error_count);
  const idle = sample.filter((mark) => !hasRun(mark));
  return [...rested, ...busiest.slice(0, 3), ...idle].slice(0, few).map(({ name }) => name);
}

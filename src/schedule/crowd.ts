/** How many jobs fire in the same second: the whole of a list counted once, then only looked up. */
import { ceilSeconds, type Instant, instantFromSeconds, secondsFromInstant } from './instant.ts';
import { nextRun } from './next.ts';
import { type AgendaJob, groupingOf, type Pattern, phaseOf, type Stretch } from './pattern.ts';
import type { Schedule } from './schedule.ts';
import { firingSeconds, type Seconds } from './seconds.ts';

/** The firings of each second of a stretch of time. */
export interface Crowd extends Seconds {
  /** Of `from + index`. */
  readonly all: Uint32Array;
  /** Of those that call the same host. */
  readonly sameHost: Uint32Array;
}

/** Which seconds, and how the server reads schedules. */
export interface CrowdOf extends Seconds, Pick<Stretch, 'serverTimezone' | 'version'> {}

/**
 * Counts a crowd step by step; each step takes less than a millisecond. `calls` tells who calls the same
 * host. An interval counts where its phase is known, which is after its first run.
 */
export function* counting<J extends AgendaJob>(
  jobs: Iterable<J>,
  { from, to, ...read }: CrowdOf,
  calls: (job: J) => boolean,
): Generator<void, Crowd> {
  const stretch = { ...read, from: instantFromSeconds(from), to: instantFromSeconds(to) };
  const byInterval = (_: number, job: AgendaJob): number | undefined => phaseOf(job);
  const [others, callers] = [groupingOf(stretch, byInterval), groupingOf(stretch, byInterval)];
  for (const job of jobs) {
    (calls(job) ? callers : others).add(job);
    yield;
  }
  const all = new Uint32Array(to - from);
  const sameHost = new Uint32Array(to - from);
  for (const pattern of others.patterns()) {
    addFirings(pattern, from, all);
    yield;
  }
  for (const pattern of callers.patterns()) {
    addFirings(pattern, from, sameHost);
    yield;
  }
  for (let at = 0; at < all.length; at += 1) all[at]! += sameHost[at]!;
  return { from, to, all, sameHost };
}

function addFirings(
  { schedule, anchor, names, ...of }: Pattern,
  start: number,
  counts: Uint32Array,
) {
  const stretch = { from: ceilSeconds(of.from), to: ceilSeconds(of.to) };
  const add = (second: number): void => {
    counts[second - start]! += names.length;
  };
  firingSeconds(schedule, stretch, add, anchor);
}

/** A second in which a schedule fires, and who does so with it. */
export interface Place {
  /** Since 1970. */
  readonly second: number;
  /** Itself and those that fire with it. */
  readonly jobs: number;
  /** Those of them that call its host, itself among them. */
  readonly sameHost: number;
}

const day = 86_400;

/**
 * The day by which a schedule is judged: the 24 hours after a moment, or after its first firing where
 * that is later. Null: it never fires, or nobody knows when.
 */
export function dayOf(schedule: Schedule, after: Instant): Seconds | null {
  const now = secondsFromInstant(after) + 1;
  if (schedule.kind === 'every') return { from: now, to: now + day };
  const first = nextRun(schedule, after);
  if (first === null) return null;
  const at = secondsFromInstant(first);
  const from = at < now + day ? now : at;
  return { from, to: from + day };
}

const hour = 3_600;

/** What is counted for such a day: the same for as long as an hour. */
export function countedFor({ from }: Seconds): Seconds {
  const start = Math.floor(from / hour) * hour;
  return { from: start, to: start + hour + day };
}

/**
 * The worst second of a day for a schedule that is not among the crowd; null where it has none.
 * `anchor` is a second at which an interval fires.
 */
export function worstOf(
  crowd: Crowd,
  schedule: Schedule,
  within: Seconds,
  anchor?: number,
): Place | null {
  let worst = -1;
  const look = (second: number): void => {
    const at = second - crowd.from;
    if (worst < 0 || isWorse(crowd, at, worst)) worst = at;
  };
  const from = Math.max(within.from, crowd.from);
  const to = Math.min(within.to, crowd.to);
  firingSeconds(schedule, { from, to }, look, anchor);
  if (worst < 0) return null;
  return {
    second: crowd.from + worst,
    jobs: crowd.all[worst]! + 1,
    sameHost: crowd.sameHost[worst]! + 1,
  };
}

const isWorse = ({ all, sameHost }: Crowd, a: number, b: number): boolean =>
  all[a]! > all[b]! || (all[a] === all[b] && sameHost[a]! > sameHost[b]!);

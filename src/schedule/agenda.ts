/** Which jobs run in a stretch of time, minute by minute. */
import { firingMinutes, type Visit } from './firings.ts';
import { ceilSeconds, type Instant, instantFromSeconds, secondsFromInstant } from './instant.ts';
import { neverMatches } from './never.ts';
import { nextRun } from './next.ts';
import { type AgendaJob, type Pattern, patternsOf, type Stretch } from './pattern.ts';

/** What runs when: every minute of a stretch of time, over many jobs. */
export interface Agenda {
  /** The first minute, whose count is `firings[0]`. */
  readonly start: Instant;
  readonly firings: Uint32Array;
  readonly total: number;
  /** The minutes with the most firings, most first. */
  readonly busiest: readonly BusyMinute[];
  /** The first run of each job from `from` on; jobs that do not run by the clock are left out. */
  readonly next: ReadonlyMap<string, Instant>;
}

export interface BusyMinute {
  readonly minute: Instant;
  readonly firings: number;
  /** In the order of their names. */
  readonly jobs: readonly { readonly name: string; readonly firings: number }[];
}

/**
 * Counts the firings of every minute of `from` ≤ t < `to`, and tells of so many of the `busiest`. A
 * firing is not always a run: a lock, or `concurrency: forbid` while the last run goes on, skips it.
 */
export function agenda(jobs: Iterable<AgendaJob>, stretch: Stretch, busiest = 10): Agenda {
  const start = Math.floor(secondsFromInstant(stretch.from) / 60) * 60;
  const minutes = Math.max(0, Math.ceil((ceilSeconds(stretch.to) - start) / 60));
  const patterns = patternsOf(jobs, stretch);
  const counted = patterns.map((pattern) => ({
    names: pattern.names,
    counts: countMinutes(pattern, start, minutes),
  }));
  const firings = sumUp(counted, minutes);
  const peaks = Array.from(firings.keys())
    .filter((minute) => firings[minute]! > 0)
    .sort((a, b) => firings[b]! - firings[a]! || a - b)
    .slice(0, busiest)
    .map((index) => ({
      minute: instantFromSeconds(start + index * 60),
      firings: firings[index]!,
      jobs: jobsOf(counted, index),
    }));
  return {
    start: instantFromSeconds(start),
    firings,
    total: firings.reduce((sum, count) => sum + count, 0),
    busiest: peaks,
    next: nextRuns(patterns),
  };
}

/** The firings of each minute of one of the jobs, never more than 60. */
interface Counted {
  readonly names: readonly string[];
  readonly counts: Uint8Array;
}

function countMinutes(pattern: Pattern, start: number, minutes: number): Uint8Array {
  const counts = new Uint8Array(minutes);
  visitMinutes(pattern, (minute, firings) => {
    const index = (minute - start) / 60;
    counts[index] = (counts[index] ?? 0) + firings;
  });
  return counts;
}

function visitMinutes({ schedule, from, to, anchor }: Pattern, visit: Visit): void {
  switch (schedule.kind) {
    case 'fields':
      if (!neverMatches(schedule.fields))
        firingMinutes(schedule, ceilSeconds(from), ceilSeconds(to), visit);
      return;
    case 'every':
      everyMinutes(schedule.interval, anchor, ceilSeconds(from), ceilSeconds(to), visit);
      return;
    case 'at':
    case 'after':
      if (schedule.at >= from && schedule.at < to)
        visit(minuteOf(secondsFromInstant(schedule.at)), schedule.kind === 'after' ? 2 : 1);
      return;
    case 'manually':
      return;
  }
}

function everyMinutes(
  interval: number,
  anchor: number,
  from: number,
  to: number,
  visit: Visit,
): void {
  let run = firstFrom(interval, anchor, from);
  while (run < to) {
    const minute = minuteOf(run);
    const firings = Math.ceil((Math.min(minute + 60, to) - run) / interval);
    visit(minute, firings);
    run += firings * interval;
  }
}

/** The first of anchor, anchor + interval, … that is not before a moment; all in seconds. */
export const firstFrom = (interval: number, anchor: number, from: number): number =>
  anchor + Math.max(0, Math.ceil((from - anchor) / interval)) * interval;

function sumUp(counted: readonly Counted[], minutes: number): Uint32Array {
  const firings = new Uint32Array(minutes);
  for (const { names, counts } of counted)
    for (let minute = 0; minute < minutes; minute += 1)
      firings[minute]! += counts[minute]! * names.length;
  return firings;
}

const jobsOf = (counted: readonly Counted[], minute: number): BusyMinute['jobs'] =>
  counted
    .flatMap(({ names, counts }) => {
      const firings = counts[minute] ?? 0;
      return firings === 0 ? [] : names.map((name) => ({ name, firings }));
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));

function nextRuns(patterns: readonly Pattern[]): Map<string, Instant> {
  const next = new Map<string, Instant>();
  for (const pattern of patterns) {
    const run = nextOf(pattern);
    if (run === null || (pattern.expires !== undefined && run >= pattern.expires)) continue;
    for (const name of pattern.names) next.set(name, run);
  }
  return next;
}

function nextOf({ schedule, from, anchor }: Pattern): Instant | null {
  switch (schedule.kind) {
    case 'fields':
      return neverMatches(schedule.fields) ? null : nextRun(schedule, from - 1n);
    case 'every':
      return instantFromSeconds(firstFrom(schedule.interval, anchor, ceilSeconds(from)));
    case 'at':
    case 'after':
      return schedule.at >= from ? schedule.at : null;
    case 'manually':
      return null;
  }
}

const minuteOf = (seconds: number): number => Math.floor(seconds / 60) * 60;

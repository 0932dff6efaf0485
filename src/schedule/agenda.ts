/** Which jobs run in a stretch of time, minute by minute. */
import { atOnce } from '../base/steps.ts';
import { type BusyHost, busyHosts, type Hosts, SecondCounts } from './busy-hosts.ts';
import { firingMinutes, type Visit } from './firings.ts';
import { ceilSeconds, type Instant, instantFromSeconds, secondsFromInstant } from './instant.ts';
import { neverMatches } from './never.ts';
import { firstFrom, nextRun } from './next.ts';
import { type AgendaJob, groupingOf, type Pattern, type Stretch } from './pattern.ts';

/** What runs when: every minute of a stretch of time, over many jobs. */
export interface Agenda {
  /** The first minute, whose count is `firings[0]`. */
  readonly start: Instant;
  readonly firings: Uint32Array;
  readonly total: number;
  /** The minutes with the most firings, most first. */
  readonly busiest: readonly BusyMinute[];
  /** Where jobs call hosts: the most calls in one second first. */
  readonly hosts: readonly BusyHost[];
  /** The first run of each job from `from` on; jobs that do not run by the clock are left out. */
  readonly next: ReadonlyMap<string, Instant>;
}

export interface BusyMinute {
  readonly minute: Instant;
  readonly firings: number;
  /** The most of them in one second. */
  readonly atOnce: number;
  /** The host that most of them call in one second, where they call any. */
  readonly host: { readonly name: string; readonly atOnce: number } | null;
  /** In the order of their names. */
  readonly jobs: readonly { readonly name: string; readonly firings: number }[];
}

export interface AgendaOptions<J extends AgendaJob> {
  /** How many of the busiest minutes are told of. */
  readonly busiest?: number;
  /** The host that a job calls; '' for none. */
  readonly hostOf?: (job: J) => string;
}

/**
 * Counts the firings of every minute of `from` ≤ t < `to`, step by step. A firing is not always a run: a
 * lock, or `concurrency: forbid` while the last run goes on, skips it.
 */
export function* agendaSteps<J extends AgendaJob>(
  jobs: Iterable<J>,
  stretch: Stretch,
  { busiest = 10, hostOf = () => '' }: AgendaOptions<J> = {},
): Generator<void, Agenda> {
  const start = Math.floor(secondsFromInstant(stretch.from) / 60) * 60;
  const minutes = Math.max(0, Math.ceil((ceilSeconds(stretch.to) - start) / 60));
  const grouping = groupingOf(stretch);
  const hosts = new Map<string, string>();
  for (const job of jobs) {
    grouping.add(job);
    const host = hostOf(job);
    if (host !== '') hosts.set(job.name, host);
    yield;
  }
  const patterns = grouping.patterns();
  const counted: Counted[] = [];
  for (const pattern of patterns) {
    counted.push({ pattern, counts: countMinutes(pattern, start, minutes) });
    yield;
  }
  const firings = sumUp(counted, minutes);
  const within = { from: ceilSeconds(stretch.from), to: ceilSeconds(stretch.to) };
  const peaks: BusyMinute[] = [];
  for (const index of peaksOf(firings, busiest)) {
    peaks.push(busyMinute(counted, hosts, { start, index, firings: firings[index]! }));
    yield;
  }
  return {
    start: instantFromSeconds(start),
    firings,
    total: firings.reduce((sum, count) => sum + count, 0),
    busiest: peaks,
    hosts: yield* busyHosts(patterns, hosts, within),
    next: nextRuns(patterns),
  };
}

/** All steps at once. */
export const agenda = <J extends AgendaJob>(
  jobs: Iterable<J>,
  stretch: Stretch,
  options: AgendaOptions<J> = {},
): Agenda => atOnce(agendaSteps(jobs, stretch, options));

const peaksOf = (firings: Uint32Array, most: number): number[] =>
  Array.from(firings.keys())
    .filter((minute) => firings[minute]! > 0)
    .sort((a, b) => firings[b]! - firings[a]! || a - b)
    .slice(0, most);

function busyMinute(
  counted: readonly Counted[],
  hosts: Hosts,
  { start, index, firings }: { start: number; index: number; firings: number },
): BusyMinute {
  const from = start + index * 60;
  const within = { from, to: from + 60 };
  const all = new SecondCounts(within);
  const there = counted.filter(({ counts }) => counts[index]! > 0).map(({ pattern }) => pattern);
  for (const pattern of there) all.add(pattern, pattern.names.length);
  const [host] = atOnce(busyHosts(there, hosts, within));
  return {
    minute: instantFromSeconds(from),
    firings,
    atOnce: all.most,
    host: host === undefined ? null : { name: host.host, atOnce: host.atOnce },
    jobs: jobsOf(counted, index),
  };
}

/** The firings of each minute of one of the jobs, never more than 60. */
interface Counted {
  readonly pattern: Pattern;
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

function sumUp(counted: readonly Counted[], minutes: number): Uint32Array {
  const firings = new Uint32Array(minutes);
  for (const { pattern, counts } of counted)
    for (let minute = 0; minute < minutes; minute += 1)
      firings[minute]! += counts[minute]! * pattern.names.length;
  return firings;
}

const jobsOf = (counted: readonly Counted[], minute: number): BusyMinute['jobs'] =>
  counted
    .flatMap(({ pattern: { names }, counts }) => {
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

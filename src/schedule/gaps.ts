/**
 * How long a schedule pauses between two firings. A night, a weekend, a month that lacks its day and a
 * change of the clocks make a pause longer than a look at the fields tells.
 */
import { civilFromDays, secondsPerDay } from './civil.ts';
import { leadsAstray } from './clock-change.ts';
import { searchedRuns } from './firings.ts';
import { type Instant, instantFromSeconds, secondsFromInstant } from './instant.ts';
import { neverMatches } from './never.ts';
import { dayMatches, nextFieldsRun } from './next-fields.ts';
import { valuesOf } from './print.ts';
import type { FieldSchedule, Schedule } from './schedule.ts';
import { type ClockChange, zoneOf } from './zone.ts';

export interface Gaps {
  /** Seconds between two firings that follow each other. */
  readonly longest: number;
  /** The firing before the longest pause: the first where several are as long. */
  readonly since: Instant;
  /** Seconds. */
  readonly shortest: number;
}

/**
 * The pauses that begin with a firing of `from` < t < `to`, the last of them until the firing after it,
 * as late as that may be. Null where no two firings follow each other: it never fires, or once.
 */
export function gapsOf(schedule: Schedule, from: Instant, to: Instant): Gaps | null {
  switch (schedule.kind) {
    case 'fields':
      return fieldGaps(schedule, secondsFromInstant(from) + 1, secondsFromInstant(to - 1n) + 1);
    case 'every': {
      const { interval } = schedule;
      const since = instantFromSeconds(secondsFromInstant(from) + interval);
      return { longest: interval, since, shortest: interval };
    }
    case 'at':
    case 'after':
    case 'manually':
      return null;
  }
}

function fieldGaps(schedule: FieldSchedule, from: number, to: number): Gaps | null {
  if (neverMatches(schedule.fields)) return null;
  const sum = new Sum();
  const steady = steadyFor(schedule.fields, sum);
  let at = from;
  for (const change of zoneOf(schedule.zone).changesBetween(from - monthLength, to + near)) {
    const after = change.at + reachOf(schedule, change);
    if (after <= from) continue;
    const before = Math.max(at, change.at - near);
    steady(zoneOf(schedule.zone).offsetAt(at), at, Math.min(before, to));
    at = searchedRuns(schedule, before, to, (runs) => runs.forEach(sum.fire), after);
  }
  steady(zoneOf(schedule.zone).offsetAt(at), at, to);
  // What fires less than once in this time.
  const first = sum.last ?? nextFieldsRun(schedule, from - 1);
  if (first === undefined) return null;
  sum.fire(first);
  const next = nextFieldsRun(schedule, first);
  if (next !== undefined && next > first) sum.fire(next);
  return sum.gaps();
}

/**
 * Seconds that no pause is shorter than, told without a look at the firings: what fires at one second of the
 * minute does so at least a minute apart, for clocks are changed by whole minutes.
 */
export function leastPause(schedule: Schedule): number {
  if (schedule.kind === 'every') return schedule.interval;
  return schedule.kind === 'fields' && valuesOf(schedule.fields.second).length === 1 ? 60 : 1;
}

/** As close to a change of the clocks as this, only robfig's own search tells what Dkron does. */
const near = 3 * 3600;
const monthLength = 32 * secondsPerDay;

/** How long after it a change of the clocks counts, seconds. */
const reachOf = ({ fields }: FieldSchedule, change: ClockChange): number =>
  leadsAstray(fields, change) ? monthLength : near;

/** Firings that follow each other, in seconds from where a stretch of time begins. */
interface Stretch {
  readonly first: number;
  readonly last: number;
  /** Between two of them; 0 where there is one. */
  readonly longest: number;
  readonly since: number;
  readonly shortest: number;
}

/** The pauses between all that fired so far. */
class Sum {
  last: number | undefined;
  private longest = 0;
  private since = 0;
  private shortest = Number.POSITIVE_INFINITY;

  readonly fire = (at: number): void => {
    this.pause(at);
    this.last = at;
  };

  add({ first, last, longest, since, shortest }: Stretch, start: number): void {
    this.pause(start + first);
    if (longest > this.longest) {
      this.longest = longest;
      this.since = start + since;
    }
    if (shortest < this.shortest) this.shortest = shortest;
    this.last = start + last;
  }

  gaps(): Gaps | null {
    const { longest, shortest } = this;
    return longest === 0 ? null : { longest, since: instantFromSeconds(this.since), shortest };
  }

  private pause(at: number): void {
    if (this.last === undefined || at <= this.last) return;
    const pause = at - this.last;
    if (pause > this.longest) {
      this.longest = pause;
      this.since = this.last;
    }
    if (pause < this.shortest) this.shortest = pause;
  }

  /** As one stretch. */
  stretch(first: number): Stretch {
    const { last = first, longest, since, shortest } = this;
    return { first, last, longest, since, shortest };
  }
}

/** The same stretch again and again, at each of these starts. */
function repeated(stretch: Stretch, starts: readonly number[]): Stretch {
  const sum = new Sum();
  for (const start of starts) sum.add(stretch, start);
  return sum.stretch(starts[0]! + stretch.first);
}

const once: Stretch = {
  first: 0,
  last: 0,
  longest: 0,
  since: 0,
  shortest: Number.POSITIVE_INFINITY,
};

/** Adds what fires within `from` ≤ t < `to`, while the clock is so far ahead of UTC. */
function steadyFor(
  fields: FieldSchedule['fields'],
  sum: Sum,
): (offset: number, from: number, to: number) => void {
  const seconds = valuesOf(fields.second);
  const minutes = valuesOf(fields.minute).map((minute) => minute * 60);
  const hours = valuesOf(fields.hour).map((hour) => hour * 3600);
  const inMinute = repeated(once, seconds);
  const inHour = repeated(inMinute, minutes);
  const inDay = repeated(inHour, hours);
  /** What is whole is added at once, what is cut part by part. */
  const addParts = (
    starts: readonly number[],
    { length, whole, parts }: Unit,
    start: number,
    from: number,
    to: number,
  ): void => {
    for (const each of starts) {
      const at = start + each;
      if (at >= from && at + length <= to) sum.add(whole, at);
      else if (at < to && at + length > from) parts(at, from, to);
    }
  };
  const second: Unit = { length: 1, whole: once, parts: () => {} };
  const minute: Unit = {
    length: 60,
    whole: inMinute,
    parts: (...within) => addParts(seconds, second, ...within),
  };
  const hour: Unit = {
    length: 3600,
    whole: inHour,
    parts: (...within) => addParts(minutes, minute, ...within),
  };
  const day: Unit = {
    length: secondsPerDay,
    whole: inDay,
    parts: (...within) => addParts(hours, hour, ...within),
  };
  return (offset, from, to) => {
    const firstDay = Math.floor((from + offset) / secondsPerDay);
    for (let days = firstDay; days * secondsPerDay - offset < to; days += 1)
      if (fields.month.allows[civilFromDays(days).month] === true && dayMatches(fields, days))
        addParts([days * secondsPerDay - offset], day, 0, from, to);
  };
}

interface Unit {
  /** Seconds. */
  readonly length: number;
  readonly whole: Stretch;
  readonly parts: (start: number, from: number, to: number) => void;
}

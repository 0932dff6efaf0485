import { secondsPerDay } from './civil.ts';
import { type Instant, instantFromSeconds, secondsFromInstant } from './instant.ts';
import { matchesEachYear } from './never.ts';
import { nextFieldsRun } from './next-fields.ts';
import { parseSchedule, type ScheduleContext } from './parse.ts';
import type { AfterSchedule, Schedule } from './schedule.ts';
import { zoneOf } from './zone.ts';

/** The first run strictly after a moment, or null: it never runs again. */
export function nextRun(schedule: Schedule, from: Instant): Instant | null {
  switch (schedule.kind) {
    case 'fields': {
      const found = nextFieldsRun(schedule, secondsFromInstant(from));
      return found === undefined ? null : instantFromSeconds(found);
    }
    case 'every':
      return instantFromSeconds(secondsFromInstant(from) + schedule.interval);
    case 'at':
      return schedule.at > from ? schedule.at : null;
    case 'after':
      return nextAfter(schedule, from);
    case 'manually':
      return null;
  }
}

/** Whether it runs after a moment: nextRun without the search for when, where that is plain. */
export function runsAgain(schedule: Schedule, from: Instant): boolean {
  if (schedule.kind !== 'fields' || !matchesEachYear(schedule.fields))
    return nextRun(schedule, from) !== null;
  const at = secondsFromInstant(from);
  const changes = zoneOf(schedule.zone).changesBetween(at, at + 366 * secondsPerDay);
  return changes.length === 0 || nextRun(schedule, from) !== null;
}

/** Within the grace, Dkron answers with the nanosecond after the moment asked for. */
function nextAfter({ at, grace }: AfterSchedule, from: Instant): Instant | null {
  if (at > from) return at;
  return from <= at + grace ? from + 1n : null;
}

/** The first of anchor, anchor + interval, … that is not before a moment; all in seconds. */
export const firstFrom = (interval: number, anchor: number, from: number): number =>
  anchor + Math.max(0, Math.ceil((from - anchor) / interval)) * interval;

/** Runs after a moment, strictly increasing, each asked from the one before. */
export function* runs(schedule: Schedule, from: Instant): Generator<Instant, void, undefined> {
  let previous = from;
  for (;;) {
    const next = nextRun(schedule, previous);
    // Where a clock is set back by less than an hour, robfig can answer with the past.
    if (next === null || next <= previous) return;
    yield next;
    // The run within the grace is the last; asked again, it would be "now" again and again.
    if (schedule.kind === 'after' && next > schedule.at) return;
    previous = next;
  }
}

/** Up to `count` runs after a moment. */
export const nextRuns = (schedule: Schedule, from: Instant, count: number): Instant[] =>
  runs(schedule, from).take(count).toArray();

/** The runs after `from`, up to and including `to`, at most `limit` of them. */
export function runsBetween(
  schedule: Schedule,
  from: Instant,
  to: Instant,
  limit = Number.POSITIVE_INFINITY,
): Instant[] {
  const found: Instant[] = [];
  for (const run of runs(schedule, from)) {
    if (run > to || found.length >= limit) break;
    found.push(run);
  }
  return found;
}

/**
 * The `next` that Dkron stores when the schedule's text changes (job.go GetNext), the job's creation
 * included: it leaves the job's `timezone` out. Null is its zero time, 0001-01-01T00:00:00Z.
 */
export function apiNext(
  spec: string,
  now: Instant,
  context: ScheduleContext & { readonly startsAt?: Instant } = {},
): Instant | null {
  const { startsAt, timezone: _, ...without } = context;
  if (startsAt !== undefined && startsAt > now) return startsAt;
  const parsed = parseSchedule(spec, without);
  return parsed.valid ? nextRun(parsed.schedule, now) : null;
}

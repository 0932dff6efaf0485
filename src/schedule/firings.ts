import { civilFromDays, secondsPerDay } from './civil.ts';
import { dayMatches, nextFieldsRun } from './next-fields.ts';
import { valuesOf } from './print.ts';
import type { FieldSchedule } from './schedule.ts';
import { zoneOf } from './zone.ts';

/** Takes the start of a minute, in seconds since 1970, and how often a schedule fires within it. */
export type Visit = (minute: number, firings: number) => void;

/** As close to a change of the clocks as this, only robfig's own search tells what Dkron does. */
const near = 3 * 3600;

/**
 * Visits every minute, in order, in which Dkron fires within `from` ≤ t < `to` (seconds since
 * 1970). Away from any change of the clocks this needs no search, only a look at the fields.
 */
export function firingMinutes(
  schedule: FieldSchedule,
  from: number,
  to: number,
  visit: Visit,
): void {
  inParts(
    schedule,
    { from, to },
    (offset, start, end) => {
      if (offset % 60 === 0) matchingMinutes(schedule.fields, offset, start, end, visit);
      else searchedMinutes(schedule, start, end, visit);
    },
    (start, enough) => searchedMinutes(schedule, start, to, visit, enough),
  );
}

/**
 * Goes through `from` ≤ t < `to` in order: `steady` while no clock changes, by that offset, and `search`
 * around each change, from a second until a run at `enough` or later; it gives where to go on from.
 */
export function inParts(
  schedule: FieldSchedule,
  { from, to }: { readonly from: number; readonly to: number },
  steady: (offset: number, from: number, to: number) => void,
  search: (from: number, enough: number) => number,
): void {
  const zone = zoneOf(schedule.zone);
  let at = from;
  for (const change of zone.changesBetween(from - near, to + near)) {
    const before = Math.max(at, change.at - near);
    steady(zone.offsetAt(at), at, Math.min(before, to));
    at = search(before, change.at + near);
  }
  steady(zone.offsetAt(at), at, to);
}

/** The minutes in which a wall clock with that offset shows what the fields ask for. */
export function matchingMinutes(
  fields: FieldSchedule['fields'],
  offset: number,
  from: number,
  to: number,
  visit: Visit,
): void {
  const [minutes, seconds] = [valuesOf(fields.minute), valuesOf(fields.second)];
  if (seconds.length === 0) return;
  const firstHour = Math.floor((from + offset) / 3600) * 3600;
  for (let hour = firstHour; hour < to + offset; hour += 3600) {
    if (!hourMatches(fields, hour)) continue;
    for (const minute of minutes) {
      const start = hour + minute * 60 - offset;
      const whole = start >= from && start + 60 <= to;
      const within = (second: number) => start + second >= from && start + second < to;
      const firings = whole ? seconds.length : seconds.filter(within).length;
      if (firings > 0) visit(start, firings);
    }
  }
}

/** Where robfig strays into a minute that the fields do not ask for, it fires once and goes on. */
const minuteMatches = (fields: FieldSchedule['fields'], wall: number): boolean =>
  fields.minute.allows[(wall % 3600) / 60] === true && hourMatches(fields, wall - (wall % 3600));

function hourMatches(fields: FieldSchedule['fields'], wall: number): boolean {
  const days = Math.floor(wall / secondsPerDay);
  return (
    fields.hour.allows[(wall - days * secondsPerDay) / 3600] === true &&
    fields.month.allows[civilFromDays(days).month] === true &&
    dayMatches(fields, days)
  );
}

/**
 * As `firingMinutes`, run by run as Dkron searches. Stops after the first minute with a run at `enough`
 * or later, and returns where to go on from.
 */
export const searchedMinutes = (
  schedule: FieldSchedule,
  from: number,
  to: number,
  visit: Visit,
  enough = to,
): number =>
  searchedRuns(
    schedule,
    from,
    to,
    (runs) => visit(Math.floor(runs[0]! / 60) * 60, runs.length),
    enough,
  );

/** The same with the runs themselves, those of a minute together: within it they need no search. */
export function searchedRuns(
  schedule: FieldSchedule,
  from: number,
  to: number,
  visit: (runs: readonly number[]) => void,
  enough = to,
): number {
  const zone = zoneOf(schedule.zone);
  const seconds = valuesOf(schedule.fields.second);
  let at = from - 1;
  for (;;) {
    const run = nextFieldsRun(schedule, at);
    if (run === undefined || run <= at || run >= to) return to;
    const offset = zone.offsetAt(run);
    const minute = Math.floor(run / 60) * 60;
    const together =
      offset % 60 === 0 && minuteMatches(schedule.fields, minute + offset)
        ? seconds.map((second) => minute + second).filter((each) => each >= run && each < to)
        : [run];
    visit(together);
    at = together.at(-1) ?? run;
    if (run >= enough) return at + 1;
  }
}

import { civilFromDays, secondsPerDay } from './civil.ts';
import { matchingMinutes, searchedMinutes } from './firings.ts';
import { instantFromSeconds, rfc3339FromInstant } from './instant.ts';
import { dayMatches } from './next-fields.ts';
import { valuesOf } from './print.ts';
import type { FieldSchedule } from './schedule.ts';
import { type ClockChange, zoneOf } from './zone.ts';

/** What a change of the clocks does to a schedule; times are wall clocks, `2026-03-29 02:30`. */
export interface ClockEffects {
  /** Clocks go forward over them: they do not exist, and Dkron does not make up for them. */
  readonly skipped: readonly string[];
  /** They come twice, and Dkron runs both times. */
  readonly twice: readonly string[];
  /** They exist and match, and still Dkron does not run (robfig/cron's search steps over them). */
  readonly lost: readonly string[];
  /** Dkron runs although nothing in the schedule asks for it. */
  readonly stray: readonly string[];
}

/** How far from a change robfig/cron's search can still be off. */
export const reach = 2 * secondsPerDay;

/** The effects of every change of the clocks within the year after `from` (seconds since 1970). */
export function clockEffects(schedule: FieldSchedule, from: number): ClockEffects {
  const changes = zoneOf(schedule.zone).changesBetween(from, from + 366 * secondsPerDay);
  const effects = everyHour(schedule.fields)
    ? []
    : changes
        .filter((change) => runsNear(schedule.fields, change))
        .map((change) => effectsOf(schedule, change));
  return {
    skipped: effects.flatMap(({ skipped }) => skipped),
    twice: effects.flatMap(({ twice }) => twice),
    lost: effects.flatMap(({ lost }) => lost),
    stray: effects.flatMap(({ stray }) => stray),
  };
}

/** What runs in every hour of every day has no hour to lose. */
const everyHour = ({ hour, dom, month, dow }: FieldSchedule['fields']): boolean =>
  valuesOf(hour).length === 24 && valuesOf(month).length === 12 && dom.star && dow.star;

/** From within a month whose first midnight does not exist, the search for another month goes astray. */
export function leadsAstray(
  { month }: FieldSchedule['fields'],
  { at, before, after }: ClockChange,
): boolean {
  const midnight = Math.floor((at + after) / secondsPerDay) * secondsPerDay;
  const isSkipped = at + before <= midnight && midnight < at + after;
  const isFirst = civilFromDays(midnight / secondsPerDay).day === 1;
  return isSkipped && isFirst && month.allows.slice(1).includes(false);
}

/** Whether it can run within reach of a change: a search can stray into the day after one that matches, and no further. */
export function runsNear(fields: FieldSchedule['fields'], change: ClockChange): boolean {
  if (leadsAstray(fields, change)) return true;
  const { at, before } = change;
  const day = (time: number): number => Math.floor((time + before) / secondsPerDay);
  for (let days = day(at - reach) - 2; days <= day(at + reach) + 2; days++)
    if (fields.month.allows[civilFromDays(days).month] === true && dayMatches(fields, days))
      return true;
  return false;
}

function effectsOf(schedule: FieldSchedule, change: ClockChange): ClockEffects {
  const { fields } = schedule;
  const { at, before, after } = change;
  const [from, to] = [at - reach, at + reach];
  const asked = new Set([
    ...minutesOf((visit) => matchingMinutes(fields, before, from, at, visit)),
    ...minutesOf((visit) => matchingMinutes(fields, after, at, to, visit)),
  ]);
  const run = new Set(minutesOf((visit) => searchedMinutes(schedule, from, to, visit)));
  const wall = (minute: number): string => wallText(minute + (minute < at ? before : after));
  const missed = [...asked].filter((minute) => !run.has(minute));
  const ran = new Set(missed.length === 0 ? [] : [...run].map(wall));
  const overlap = minutesOf((visit) =>
    matchingMinutes(fields, after, at, at + before - after, visit),
  );
  const gap = minutesOf((visit) => matchingMinutes(fields, before, at, at + after - before, visit));
  return {
    skipped: gap.map((minute) => wallText(minute + before)),
    twice: overlap
      .filter((minute) => run.has(minute) && run.has(minute + after - before))
      .map(wall),
    // What comes twice and runs once is not lost.
    lost: missed.map(wall).filter((time) => !ran.has(time)),
    stray: [...run].filter((minute) => !asked.has(minute)).map(wall),
  };
}

function minutesOf(each: (visit: (minute: number) => void) => void): number[] {
  const minutes: number[] = [];
  each((minute) => minutes.push(minute));
  return minutes;
}

const wallText = (wall: number): string =>
  rfc3339FromInstant(instantFromSeconds(wall)).slice(0, 16).replace('T', ' ');

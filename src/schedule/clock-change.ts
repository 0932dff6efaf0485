import { secondsPerDay } from './civil.ts';
import { matchingMinutes, searchedMinutes } from './firings.ts';
import { instantFromSeconds, rfc3339FromInstant } from './instant.ts';
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
const reach = 2 * secondsPerDay;

/** The effects of every change of the clocks within the year after `from` (seconds since 1970). */
export function clockEffects(schedule: FieldSchedule, from: number): ClockEffects {
  const changes = zoneOf(schedule.zone).changesBetween(from, from + 366 * secondsPerDay);
  const effects = everyHour(schedule.fields)
    ? []
    : changes.map((change) => effectsOf(schedule, change));
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

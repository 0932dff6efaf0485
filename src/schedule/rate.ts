import { civilFromDays, secondsPerDay } from './civil.ts';
import { type Instant, secondsFromInstant } from './instant.ts';
import { dayMatches } from './next-fields.ts';
import { valuesOf } from './print.ts';
import type { FieldSchedule, Schedule } from './schedule.ts';

/** How often a schedule fires, in the unit an operator would count in. */
export interface Rate {
  readonly runs: number;
  readonly per: 'day' | 'week' | 'year' | '4 years' | 'ever';
}

/**
 * Runs of an ordinary day where every day is alike, of a week or of the year from `now` on where
 * not. Changes of the clocks are left out of it.
 */
export function rateOf(schedule: Schedule, now: Instant): Rate {
  switch (schedule.kind) {
    case 'fields':
      return fieldsRate(schedule.fields, Math.floor(secondsFromInstant(now) / secondsPerDay));
    case 'every':
      return everyRate(schedule.interval);
    case 'at':
      return { runs: schedule.at > now ? 1 : 0, per: 'ever' };
    case 'after':
      return { runs: schedule.at > now ? 2 : 0, per: 'ever' };
    case 'manually':
      return { runs: 0, per: 'ever' };
  }
}

/** `720 a day`, `5 a week`, `12 a year`, `1 in 4 years`, `once`, `never`. */
export function rateText({ runs, per }: Rate): string {
  if (runs === 0) return 'never';
  if (per === '4 years') return `${runs} in ${per}`;
  if (per !== 'ever') return `${runs} a ${per}`;
  return runs === 1 ? 'once' : 'twice';
}

function fieldsRate(fields: FieldSchedule['fields'], today: number): Rate {
  const { second, minute, hour, month, dom, dow } = fields;
  const perDay = [second, minute, hour].reduce((runs, field) => runs * valuesOf(field).length, 1);
  const daysWithin = (days: number): number[] =>
    Array.from({ length: days }, (_, index) => today + 1 + index).filter(
      (day) => month.allows[civilFromDays(day).month] && dayMatches(fields, day),
    );
  const allYear = valuesOf(month).length === 12;
  if (allYear && daysWithin(31).length === 31) return { runs: perDay, per: 'day' };
  if (allYear && dom.star) return { runs: perDay * valuesOf(dow).length, per: 'week' };
  const inYear = daysWithin(365);
  return inYear.every(isLeapDay)
    ? { runs: perDay * daysWithin(4 * 365 + 1).length, per: '4 years' }
    : { runs: perDay * inYear.length, per: 'year' };
}

function isLeapDay(days: number): boolean {
  const { month, day } = civilFromDays(days);
  return month === 2 && day === 29;
}

function everyRate(interval: number): Rate {
  const day = secondsPerDay;
  if (interval <= day) return { runs: Math.round(day / interval), per: 'day' };
  return { runs: Math.max(1, Math.round((365 * day) / interval)), per: 'year' };
}

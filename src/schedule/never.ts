import { daysInMonth } from './civil.ts';
import { valuesOf } from './print.ts';
import type { FieldSchedule } from './schedule.ts';

/** Whether six fields match no moment of any year: an empty list, or a 30 February. */
export function neverMatches(fields: FieldSchedule['fields']): boolean {
  const { second, minute, hour, dom, month, dow } = fields;
  if ([second, minute, hour, month].some((field) => valuesOf(field).length === 0)) return true;
  const restsOnDay = dom.star || dow.star ? !dom.star : valuesOf(dow).length === 0;
  if (!restsOnDay) return valuesOf(dow).length === 0;
  const leapYear = 2000;
  const longest = Math.max(...valuesOf(month).map((value) => daysInMonth(leapYear, value)));
  return !valuesOf(dom).some((day) => day <= longest);
}

/** Whether six fields match some moment of every year, and of any 366 days, by clocks that do not change. */
export function matchesEachYear({ dom, dow, ...rest }: FieldSchedule['fields']): boolean {
  const { second, minute, hour, month } = rest;
  if ([second, minute, hour, month].some(({ allows }) => !allows.includes(true))) return false;
  const first = dom.allows.indexOf(true);
  const isInEachMonth = first >= 0 && first <= 28;
  const isInEachWeek = dow.allows.includes(true);
  return dom.star || dow.star ? isInEachMonth && isInEachWeek : isInEachMonth || isInEachWeek;
}

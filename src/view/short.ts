/** Times as short as an operator says them: `31s`, `4m`, `2h 10m`, `3d`. */
import { monthOf } from '../base/calendar.ts';
import { instantFromMillis, rfc3339FromInstant, zoneOf } from '../schedule/index.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time in at most six cells, the largest units first. Milliseconds in. */
export function shortSpan(ms: number): string {
  const length = Math.max(0, ms);
  if (length < minute) return `${Math.floor(length / second)}s`;
  if (length < hour) return `${Math.floor(length / minute)}m`;
  if (length < 10 * hour) {
    const minutes = Math.floor((length % hour) / minute);
    return `${Math.floor(length / hour)}h${minutes === 0 ? '' : ` ${minutes}m`}`;
  }
  if (length < 2 * day) return `${Math.floor(length / hour)}h`;
  return `${Math.floor(length / day)}d`;
}

/** How long a run took: whole tenths of a second below a minute. */
export function shortDuration(ms: number): string {
  if (ms < minute) return `${(Math.floor(Math.max(0, ms) / 100) / 10).toFixed(1)}s`;
  if (ms < hour) return `${Math.floor(ms / minute)}m ${Math.floor((ms % minute) / second)}s`;
  return shortSpan(ms);
}

const pad = (value: number): string => String(value).padStart(2, '0');

/** Milliseconds since the epoch as the hands of that zone's clocks show them. */
const wall = (at: number, zone: string): number => at + offsetAt(at, zone) * second;

const offsetAt = (at: number, zone: string): number =>
  zoneOf(zone).offsetAt(Math.floor(at / second));

/** The widest `shortClock` of a night in which the clocks are not set back. */
export const clockWidth = 12;

/**
 * The clock of a zone, with the day when that is not today, and the year when it is not this one:
 * `14:32:00`, `21 Nov 14:32`, `2025-11-21 14:32`. What an autumn night has twice says which it is:
 * `25 Oct 02:30+02`.
 */
export function shortClock(at: number, now: number, zone = 'UTC'): string {
  const date = new Date(wall(at, zone));
  const today = new Date(wall(now, zone));
  const [day = '', time = ''] = date.toISOString().split('T');
  const which = isTwice(at, zone) ? shortOffset(offsetAt(at, zone)) : '';
  if (day === today.toISOString().split('T')[0]) return `${time.slice(0, 8)}${which}`;
  const clock = `${time.slice(0, 5)}${which}`;
  if (date.getUTCFullYear() !== today.getUTCFullYear()) return `${day} ${clock}`;
  return `${date.getUTCDate()} ${monthOf(date)} ${clock}`;
}

/** Whether the zone's clocks show the same at another moment: they were set back in between. */
function isTwice(at: number, zone: string): boolean {
  const offset = offsetAt(at, zone);
  return [-3, 3].some((hours) => {
    const other = offsetAt(at + hours * hour, zone);
    return other !== offset && offsetAt(at + (offset - other) * second, zone) === other;
  });
}

/** `+02`, `-0330`. */
function shortOffset(offset: number): string {
  const minutes = Math.abs(offset) / 60;
  const rest = Math.floor(minutes % 60);
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}${rest === 0 ? '' : pad(rest)}`;
}

/** `2026-11-21T02:10:00Z`, or by the clock of another zone: `2026-11-21T03:10:00+01:00`. */
export const rfc3339 = (at: number, zone = 'UTC'): string =>
  rfc3339FromInstant(instantFromMillis(at), offsetAt(at, zone));

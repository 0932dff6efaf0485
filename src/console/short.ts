/** Times as short as an operator says them: `31s`, `4m`, `2h 10m`, `3d`. */

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

/** The clock of UTC, as far as the day is not today's: `14:32:00`, `21 Nov 14:32`, `2025-11-21`. */
export function shortClock(at: number, now: number): string {
  const date = new Date(at);
  const clock = `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}`;
  if (Math.abs(at - now) < day && date.getUTCDate() === new Date(now).getUTCDate())
    return `${clock}:${pad(date.getUTCSeconds())}`;
  if (date.getUTCFullYear() === new Date(now).getUTCFullYear())
    return `${date.getUTCDate()} ${date.toLocaleString('en', { month: 'short', timeZone: 'UTC' })} ${clock}`;
  return date.toISOString().slice(0, 10);
}

/** `2026-11-21T02:10:00Z`. */
export const rfc3339 = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');

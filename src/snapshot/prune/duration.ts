/** Lengths of time as restic writes them: `1y5m7d2h`. */

export interface Duration {
  readonly years: number;
  readonly months: number;
  readonly days: number;
  readonly hours: number;
}

const units = { y: 'years', m: 'months', d: 'days', h: 'hours' } as const;

/** Null for what is none, or is negative. Of a unit that is there twice the later number counts. */
export function parseDuration(text: string): Duration | null {
  if (!/^(?:\d{1,6}[ymdh])+$/.test(text.trim())) return null;
  const duration = { years: 0, months: 0, days: 0, hours: 0 };
  for (const [, count, unit] of text.matchAll(/(\d+)([ymdh])/g))
    duration[units[unit as keyof typeof units]] = Number(count);
  return duration;
}

export const durationText = (duration: Duration): string =>
  Object.entries(units)
    .map(([letter, unit]) => (duration[unit] === 0 ? '' : `${duration[unit]}${letter}`))
    .join('');

export const isZero = (duration: Duration): boolean => durationText(duration) === '';

/**
 * So long before a moment, ms since the epoch: years, months and days by the calendar of UTC, where the 31st
 * of a month without one is the 1st of the next. Before all times where no date says it.
 */
export function timeBefore(at: number, { years, months, days, hours }: Duration): number {
  const date = new Date(at);
  date.setUTCFullYear(
    date.getUTCFullYear() - years,
    date.getUTCMonth() - months,
    date.getUTCDate() - days,
  );
  const before = date.getTime() - hours * 3_600_000;
  return Number.isNaN(before) ? Number.NEGATIVE_INFINITY : before;
}

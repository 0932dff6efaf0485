/** When a schedule of another cron runs, by that cron's own rules, beside when Dkron's does. */
import { civilFromDays, secondsPerDay, weekdayFromDays } from './civil.ts';
import type { ForeignField } from './crontab-field.ts';
import type { FieldName } from './field.ts';
import { type Instant, instantFromSeconds, nanosPerSecond, secondsFromInstant } from './instant.ts';
import { runs } from './next.ts';
import { parseSchedule } from './parse.ts';

export type ForeignFields = Readonly<Record<FieldName, ForeignField>>;

export interface ForeignSchedule {
  readonly fields: ForeignFields;
  /** A day has to be right by both day fields, not by one of them. */
  readonly both: boolean;
}

const runsEach = 50;
/** Holds every date there is. */
const longest = 4 * 366;

/** The next 50 runs from each month of a year on, in UTC; undefined where the two differ. */
export function compareRuns(
  foreign: ForeignSchedule,
  schedule: string,
  from: Instant,
): number | undefined {
  const parsed = parseSchedule(schedule);
  if (!parsed.valid) return undefined;
  let compared = 0;
  for (let month = 0; month < 12; month += 1) {
    const start = from + BigInt(month * 30 * secondsPerDay) * nanosPerSecond;
    const theirs = foreignRuns(foreign, start, runsEach);
    const ours = runs(parsed.schedule, start).take(theirs.length).toArray();
    if (ours.length < theirs.length || ours.some((run, index) => run !== theirs[index]))
      return undefined;
    compared += theirs.length;
  }
  return compared;
}

/** The next runs after an instant, in UTC, day by day. */
function foreignRuns(schedule: ForeignSchedule, start: Instant, most: number): Instant[] {
  const { second, minute, hour } = schedule.fields;
  const from = secondsFromInstant(start);
  const firstDay = Math.floor(from / secondsPerDay);
  const found: Instant[] = [];
  for (let day = firstDay; day < firstDay + longest; day += 1) {
    if (!isDay(schedule, day)) continue;
    for (const h of hour.values)
      for (const m of minute.values)
        for (const s of second.values) {
          const time = day * secondsPerDay + h * 3_600 + m * 60 + s;
          if (time > from) found.push(instantFromSeconds(time));
          if (found.length === most) return found;
        }
  }
  return found;
}

function isDay({ fields, both }: ForeignSchedule, days: number): boolean {
  const { month, day } = civilFromDays(days);
  if (!fields.month.values.includes(month)) return false;
  const byDom = fields.dom.values.includes(day);
  const byDow = fields.dow.values.includes(weekdayFromDays(days));
  return both ? byDom && byDow : byDom || byDow;
}

/** A schedule that runs as often as it has to, where it is sure how it would be written. */
import { durationText } from '../../schedule/go-duration.ts';
import {
  gapsOf,
  type Instant,
  instantFromSeconds,
  parseSchedule,
  type Schedule,
} from '../../schedule/index.ts';
import { printFields, valuesOf } from '../../schedule/print.ts';
import type { FieldSchedule } from '../../schedule/schedule.ts';

/** Steps that go round an hour, and a day, evenly; the longest first. */
const minutes = [30, 20, 15, 12, 10, 6, 5, 4, 3, 2, 1];
const hours = [12, 8, 6, 4, 3, 2, 1];

const year = instantFromSeconds(366 * 86_400);

/**
 * The same schedule with a shorter step, so that no pause is longer than `most` seconds; it begins at
 * the minute and the second it has now. Undefined where it leaves out hours or days, which somebody
 * may have meant, or where no step is short enough.
 */
export function moreOften(
  schedule: Schedule,
  effective: string,
  most: number,
  from: Instant,
): string | undefined {
  if (schedule.kind === 'every')
    return most >= 1 ? `@every ${durationText(Math.floor(most))}` : undefined;
  if (schedule.kind !== 'fields') return undefined;
  const [prefix = ''] = /^(?:CRON_)?TZ=[^ ]* /.exec(effective) ?? [];
  const context = { timezone: schedule.zone, serverTimezone: schedule.zone };
  const found = stepped(schedule)
    .filter(({ least }) => least <= most)
    .find(({ six }) => {
      const parsed = parseSchedule(prefix + six, context);
      const gaps = parsed.valid ? gapsOf(parsed.schedule, from, from + year) : null;
      return gaps !== null && gaps.longest <= most;
    });
  return found && prefix + shortest(found.six);
}

interface Candidate {
  readonly six: string;
  /** The pause that it makes where no clock changes, seconds. */
  readonly least: number;
}

/** Candidates, those that run least first. */
function stepped({ fields, descriptor }: FieldSchedule): Candidate[] {
  const { second, minute, hour, dom, month, dow } = fields;
  const [seconds, all] = [valuesOf(second), valuesOf(month).length === 12];
  const [firstMinute = 0, secondMinute] = valuesOf(minute);
  const hourly = valuesOf(hour);
  const isEven = hourly.length <= 1 || isRound(hourly, 24);
  if (seconds.length !== 1 || !all || !dom.star || !dow.star || !isEven) return [];
  if (descriptor !== undefined && hourly.length < 24) return [];
  const [at] = seconds;
  const start = hourly[0] ?? 0;
  const byHours =
    secondMinute === undefined && hourly.length < 24
      ? hours.map((step) => ({
          six: `${at} ${firstMinute} ${from(start, step)} * * *`,
          least: step * 3600,
        }))
      : [];
  const byMinutes = minutes.map((step) => ({
    six: `${at} ${from(firstMinute, step)} * * * *`,
    least: step * 60,
  }));
  return [...byHours, ...byMinutes];
}

const from = (start: number, step: number): string => {
  const first = start % step;
  return step === 1 ? '*' : first === 0 ? `*/${step}` : `${first}/${step}`;
};

/** Whether they go round evenly. */
const isRound = (values: readonly number[], size: number): boolean => {
  const step = size / values.length;
  return values.every((value, at) => value === values[0]! + at * step);
};

const shortest = (spec: string): string => {
  const parsed = parseSchedule(spec);
  return parsed.valid && parsed.schedule.kind === 'fields'
    ? printFields(parsed.schedule.fields)
    : spec;
};

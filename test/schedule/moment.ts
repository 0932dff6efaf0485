import { type Instant, instantFromRfc3339 } from '../../src/schedule/instant.ts';
import { parseSchedule, type ScheduleContext } from '../../src/schedule/parse.ts';
import type { FieldSchedule, Schedule } from '../../src/schedule/schedule.ts';

/** An RFC 3339 text as an instant. */
export function moment(text: string): Instant {
  const instant = instantFromRfc3339(text);
  if (instant === undefined) throw new Error(`not a time: ${text}`);
  return instant;
}

/** A schedule that must be valid. */
export function scheduleOf(spec: string, context: ScheduleContext = {}): Schedule {
  const parsed = parseSchedule(spec, context);
  if (!parsed.valid) throw new Error(`${spec}: ${parsed.error}`);
  return parsed.schedule;
}

/** Six fields that must be valid. */
export function fieldsOf(spec: string, context: ScheduleContext = {}): FieldSchedule {
  const schedule = scheduleOf(spec, context);
  if (schedule.kind !== 'fields') throw new Error(`${spec} has no fields`);
  return schedule;
}

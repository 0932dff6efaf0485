/** The face of this room: what a schedule is, means, and when it runs. */
export {
  type Instant,
  instantFromMillis,
  instantFromRfc3339,
  millisFromInstant,
  rfc3339FromInstant,
} from './instant.ts';
export { apiNext, nextRun, nextRuns, runs, runsBetween } from './next.ts';
export {
  type ParsedSchedule,
  parseSchedule,
  type ScheduleContext,
  withoutPrefix,
} from './parse.ts';
export { printSchedule } from './print.ts';
export type { Span } from './refusal.ts';
export type { Schedule } from './schedule.ts';
export { describe, wordsOf } from './words.ts';
export { zoneError, zoneOf, zones } from './zone.ts';

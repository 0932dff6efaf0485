/** The face of this room: what a schedule is, means, and when it runs. */
export { type Agenda, agenda } from './agenda.ts';
export { type ClockEffects, clockEffects } from './clock-change.ts';
export { commonSchedules, descriptorsOf } from './common.ts';
export { type Completion, completeSchedule, completeZone } from './complete.ts';
export { type Imported, importCrontab } from './crontab.ts';
export { type FieldHelp, fieldAt } from './field-help.ts';
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
export { type Rate, rateOf, rateText } from './rate.ts';
export type { Span } from './refusal.ts';
export type { Schedule } from './schedule.ts';
export { type Stepped, stepNumber } from './step-number.ts';
export { type Warning, type WarningCode, warningsOf } from './warnings.ts';
export { describe, wordsOf } from './words.ts';
export { zoneError, zoneOf, zones } from './zone.ts';

/** The face of this room: what a schedule is, means, and when it runs. */
export { type Agenda, agenda, agendaSteps, type BusyMinute } from './agenda.ts';
export type { BusyHost } from './busy-hosts.ts';
export { type Calm, type Calmer, calming, noCalm } from './calm.ts';
export { commonSchedules } from './common.ts';
export { completeSchedule, completeZone, zoneCalled } from './complete.ts';
export { type Imported, importCrontab } from './crontab.ts';
export { type Origin, origins } from './crontab-dialect.ts';
export {
  type Crowd,
  countedFor,
  counting,
  dayOf,
  type Place,
  worstOf,
} from './crowd.ts';
export { fieldAt } from './field-help.ts';
export { type Gaps, gapsOf, leastPause } from './gaps.ts';
export { parseGoDuration } from './go-duration.ts';
export {
  type Instant,
  instantFromMillis,
  instantFromRfc3339,
  instantFromSeconds,
  millisFromInstant,
  rfc3339FromInstant,
} from './instant.ts';
export { nextRun, nextRuns, runsAgain, runsBetween } from './next.ts';
export {
  type ParsedSchedule,
  parseSchedule,
  type ScheduleContext,
  withoutPrefix,
} from './parse.ts';
export { phaseOf } from './pattern.ts';
export { rateOf, rateText } from './rate.ts';
export type { Range } from './refusal.ts';
export type { Schedule } from './schedule.ts';
export type { Seconds } from './seconds.ts';
export { stepNumber } from './step-number.ts';
export { describe, wordsOf } from './words.ts';
export {
  askedZones,
  offsetsBetween,
  type ToldOffsets,
  trustOffsets,
  zoneError,
  zoneOf,
} from './zone.ts';

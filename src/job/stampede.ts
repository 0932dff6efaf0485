/** With whom a job starts in the same second, and where it would have less company. */
import { atOnce } from '../base/steps.ts';
import {
  type Calm,
  calming,
  countedFor,
  counting,
  dayOf,
  instantFromMillis,
  noCalm,
  type ParsedSchedule,
  type Place,
  parseSchedule,
  type Schedule,
  type ScheduleContext,
  type Seconds,
  worstOf,
} from '../schedule/index.ts';
import { callersWith, hostOf } from './host.ts';
import type { Job } from './job.ts';
import { windowOf } from './runs.ts';
import type { Clock } from './upcoming.ts';

export interface Stampede {
  /** The host that it calls; '' for none. */
  readonly host: string;
  readonly schedule: Schedule;
  /** The worst second of its day; null where nobody knows it before the job is saved. */
  readonly place: Place | null;
  readonly calm: Calm;
}

/** The day by which a schedule is judged that is written for this job. Null where it does not fire. */
export const judgedDay = (parsed: ParsedSchedule, job: Job, now: number): Seconds | null =>
  parsed.valid ? dayOf(parsed.schedule, instantFromMillis(windowOf(job, now).from)) : null;

/**
 * What a job joins among `others`, as all of them will be. Null where it does not start by the clock.
 */
export function stampedeOf(
  job: Job,
  others: Iterable<Job>,
  { now, serverZone, version }: Clock,
): Stampede | null {
  if (job.parent_job !== '') return null;
  const read = { serverTimezone: serverZone, ...(version === undefined ? {} : { version }) };
  const context: ScheduleContext = { name: job.name, timezone: job.timezone, ...read };
  const parsed = parseSchedule(job.schedule, context);
  if (!parsed.valid) return null;
  const { schedule } = parsed;
  const within = judgedDay(parsed, job, now);
  if (within === null) return null;
  const crowd = atOnce(counting(others, { ...countedFor(within), ...read }, callersWith(job)));
  // An interval begins anew when it is saved.
  const place = worstOf(crowd, schedule, within);
  if (place === null && schedule.kind !== 'every') return null;
  const calm =
    place === null ? noCalm : atOnce(calming(crowd, { spec: job.schedule, context, within }));
  return { host: hostOf(job), schedule, place, calm };
}

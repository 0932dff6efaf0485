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
  type Place,
  parseSchedule,
  type Schedule,
  type ScheduleContext,
  worstOf,
} from '../schedule/index.ts';
import { hostOf } from './host.ts';
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
  const within = dayOf(schedule, instantFromMillis(windowOf(job, now).from));
  if (within === null) return null;
  const host = hostOf(job);
  const calls = (other: Job): boolean => host !== '' && hostOf(other) === host;
  const crowd = atOnce(counting(others, { ...countedFor(within), ...read }, calls));
  // An interval begins anew when it is saved.
  const place = worstOf(crowd, schedule, within);
  if (place === null && schedule.kind !== 'every') return null;
  const calm =
    place === null ? noCalm : atOnce(calming(crowd, { spec: job.schedule, context, within }));
  return { host, schedule, place, calm };
}

/**
 * Which firing a job still owes by the `next` that is stored of it. Dkron writes `next` when it fires a
 * job (run.go) and when a schedule is saved that is another than before (store.go SetJob), and never
 * otherwise: while it lies in the past no firing came that far.
 */
import type { JobFacts } from '../job/job.ts';
import { windowOf } from '../job/runs.ts';
import { serverTime } from '../job/time.ts';
import {
  instantFromMillis,
  millisFromInstant,
  nextRun,
  parseSchedule,
  runsBetween,
  type Schedule,
} from '../schedule/index.ts';

/** The server that reads the schedule. */
export interface Reader {
  readonly serverZone: string;
  readonly version?: string | undefined;
}

export interface Firing {
  /** ms since the epoch. */
  readonly at: number;
  /** When it was at the latest: the phase of `@every` begins anew with each save and each leader. */
  readonly by: number;
  /** Whether none follows it, so that `next` stays where it is; worked out when it is asked. */
  readonly isLast: () => boolean;
}

/** The instant that is stored; 0 for none. */
export const storedNext = ({ next }: Pick<JobFacts, 'next'>): number =>
  serverTime(next)?.getTime() ?? 0;

/** What a scheduler has of it; null for a job that it never fires by itself. */
function scheduleOf(job: JobFacts, { serverZone, version }: Reader): Schedule | null {
  if (job.disabled || job.parent_job !== '') return null;
  const parsed = parseSchedule(job.schedule, {
    name: job.name,
    timezone: job.timezone,
    serverTimezone: serverZone,
    ...(version === undefined ? {} : { version }),
  });
  return parsed.valid && parsed.schedule.kind !== 'manually' ? parsed.schedule : null;
}

/** So many firings are gone over one by one. */
const most = 500;

/**
 * The first firing that has not come, of those after `known` where that is told. Null: it owes none.
 * `next` itself need be no firing: of a schedule that was just saved it ignores the time zone, and before
 * `starts_at` it is that.
 */
export function owedFiring(job: JobFacts, reader: Reader, known = 0): Firing | null {
  const next = storedNext(job);
  const schedule = next === 0 ? null : scheduleOf(job, reader);
  if (schedule === null) return null;
  const { until } = windowOf(job, 0);
  const starts = serverTime(job.starts_at)?.getTime() ?? 0;
  const from = Math.max(next, starts);
  const firing = firstFrom(schedule, from, known);
  if (firing === null || firing.at >= until) return null;
  // Begun anew it comes when the job has expired, and that is never.
  return schedule.kind === 'every' && firing.by >= until ? null : firing;
}

const never = (): boolean => false;
const always = (): boolean => true;

function firstFrom(schedule: Schedule, from: number, known: number): Firing | null {
  switch (schedule.kind) {
    case 'every': {
      const interval = schedule.interval * 1_000;
      // Seen only later than it was due, it may have begun anew then.
      return known < from
        ? { at: from, by: from + interval, isLast: never }
        : { at: known + interval, by: known + interval, isLast: never };
    }
    case 'at':
    case 'after': {
      const at = millisFromInstant(schedule.at);
      const grace = schedule.kind === 'after' ? Number(schedule.grace / 1_000_000n) : 0;
      // Stored when it was saved before its time; saved later it has none.
      return Math.abs(at - from) < 1_000 && at > known
        ? { at, by: at + grace, isLast: always }
        : null;
    }
    case 'fields': {
      const at = fieldsFrom(schedule, from, known);
      return at === null ? null : { at, by: at, isLast: () => nextFrom(schedule, at) === null };
    }
    case 'manually':
      return null;
  }
}

/** From one to the next, as the scheduler goes: near a clock change that may be another than asked at once. */
function fieldsFrom(schedule: Schedule, from: number, known: number): number | null {
  let at = nextFrom(schedule, from - 1);
  for (let count = 0; at !== null && at <= known; count++)
    at = nextFrom(schedule, count < most ? at : Math.max(at, known));
  return at;
}

function nextFrom(schedule: Schedule, from: number): number | null {
  const run = nextRun(schedule, instantFromMillis(from));
  const at = run === null ? null : millisFromInstant(run);
  return at === null || at <= from ? null : at;
}

/** A firing may be begun so much before its instant by the clock of another node, ms. */
export const tolerance = 3_000;

/** What begins from here on may be the run of the firing at `at`: nearer to it than to the one before. */
export function earliestStart(job: JobFacts, reader: Reader, at: number): number {
  const schedule = scheduleOf(job, reader);
  const before = schedule === null ? null : firingBefore(schedule, at);
  return before === null ? at - tolerance : Math.max(at - tolerance, (at + before) / 2);
}

/** The one before `at`, where that is near; null: none is. */
function firingBefore(schedule: Schedule, at: number): number | null {
  if (schedule.kind === 'every') return at - schedule.interval * 1_000;
  let found: number | null = null;
  for (let one = nextFrom(schedule, at - 2 * tolerance - 1); one !== null && one < at; ) {
    found = one;
    one = nextFrom(schedule, one);
  }
  return found;
}

/** How many firings there are from `from` up to `to`, both counted, no more than `limit` told. */
export function firingsBetween(
  job: JobFacts,
  reader: Reader,
  { from, to }: { readonly from: number; readonly to: number },
  limit = 1_000,
): number {
  const schedule = scheduleOf(job, reader);
  const { until } = windowOf(job, 0);
  const end = Math.min(to, until - 1);
  if (schedule === null || end < from) return 0;
  if (schedule.kind === 'every')
    return Math.min(limit, 1 + Math.floor((end - from) / (schedule.interval * 1_000)));
  return runsBetween(schedule, instantFromMillis(from - 1), instantFromMillis(end), limit).length;
}

const year = 370 * 86_400_000;

/** The last firing before `before`; null for none within a year. */
export function lastFiring(job: JobFacts, reader: Reader, before: number): number | null {
  const schedule = scheduleOf(job, reader);
  if (schedule === null) return null;
  if (schedule.kind === 'every') {
    const at = storedNext(job) - schedule.interval * 1_000;
    return at > 0 && at < before ? at : null;
  }
  const { until } = windowOf(job, 0);
  const end = Math.min(before, until);
  let from = Math.max(end - year, (serverTime(job.starts_at)?.getTime() ?? 0) - 1);
  let last = firingIn(schedule, from, end);
  if (last === null) return null;
  // Whatever is asked from before the last firing answers with one, and nothing after it does.
  for (let to = end; to - from > 1_000; ) {
    const middle = Math.floor((from + to) / 2);
    const found = firingIn(schedule, middle, end);
    if (found === null) to = middle;
    else [from, last] = [middle, found];
  }
  return last;
}

function firingIn(schedule: Schedule, from: number, end: number): number | null {
  const at = nextFrom(schedule, from);
  return at === null || at >= end ? null : at;
}

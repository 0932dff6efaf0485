/** A job that cannot keep its schedule: it usually runs longer than until its next firing. */
import {
  type Instant,
  leastPause,
  millisFromInstant,
  nextRuns,
  type Schedule,
} from '../../schedule/index.ts';
import type { Job } from '../job.ts';
import { pausesOf, type ReadBy, type Scheduled } from '../lint/pauses.ts';

export interface Overrun {
  /** What a run takes, ms. */
  readonly takes: number;
  /** Between the two firings that are closest to each other, ms. */
  readonly gap: number;
}

/** What comes of firings when each run takes so long. */
export interface Forecast {
  /** So many firings were looked at: those to come, a hundred at most. */
  readonly firings: number;
  /** So many of them are skipped, because a run goes on; 0 where runs may overlap. */
  readonly skipped: number;
  /** So many runs go on at once, at most. */
  readonly atOnce: number;
}

/** What of a job decides when it runs. */
export type Timed = Scheduled & Pick<Job, 'disabled' | 'concurrency'>;

/** `takes`: ms. Null for one that can, that is disabled, or that has no schedule of its own. */
export function overrunOf(
  job: Scheduled & Pick<Job, 'disabled'>,
  takes: number,
  by: ReadBy,
): Overrun | null {
  const read = job.disabled ? null : pausesOf(job, by);
  if (read === null || takes <= leastPause(read.schedule) * 1_000) return null;
  const gap = (read.gaps?.shortest ?? Number.POSITIVE_INFINITY) * 1_000;
  return takes > gap ? { takes, gap } : null;
}

export interface Foretold extends Overrun, Forecast {}

/** What becomes of a job that cannot; null as there. */
export function foretold(job: Timed, takes: number, by: ReadBy): Foretold | null {
  const overrun = overrunOf(job, takes, by);
  const read = overrun && pausesOf(job, by);
  if (!overrun || !read) return null;
  const forbids = job.concurrency === 'forbid';
  return {
    ...overrun,
    ...forecastOf(read.schedule, { from: by.now, takes, forbids }),
  };
}

const mostFirings = 100;

/** Of the firings after a moment. */
export function forecastOf(
  schedule: Schedule,
  {
    from,
    takes,
    forbids,
  }: { readonly from: Instant; readonly takes: number; readonly forbids: boolean },
): Forecast {
  const firings = nextRuns(schedule, from, mostFirings).map(millisFromInstant);
  /** When each run that goes on ends, ms since the epoch: the earliest first. */
  let ends: number[] = [];
  let skipped = 0;
  let atOnce = 0;
  for (const at of firings) {
    ends = ends.filter((end) => end > at);
    if (forbids && ends.length > 0) skipped += 1;
    else ends.push(at + takes);
    atOnce = Math.max(atOnce, ends.length);
  }
  return { firings: firings.length, skipped, atOnce };
}

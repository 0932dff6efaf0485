/** When a job runs next, several times over. */
import {
  instantFromMillis,
  millisFromInstant,
  nextRuns,
  parseSchedule,
  type Schedule,
} from '../schedule/index.ts';
import type { Job } from './job.ts';
import { keptOf } from './lint/kept.ts';
import type { Next } from './next-seen.ts';
import { everyNext, windowOf } from './runs.ts';

/** What runs are foretold by: the moment (ms since the epoch), and the server that reads the schedule. */
export interface Clock {
  readonly now: number;
  readonly serverZone: string;
  readonly version?: string | undefined;
}

export interface Upcoming {
  /** `at` where it runs by the clock; else why it does not. */
  readonly kind: Next['kind'];
  /** ms since the epoch. */
  readonly runs: readonly number[];
  /** Whose clock its schedule is read by. */
  readonly zone: string;
}

/**
 * The next runs, as Dkron's scheduler will fire them: from `starts_at`, until `expires_at`. A job as it
 * is `there` goes on with the phase of its `@every`, which the server's own `next` tells; one that is
 * saved begins a new one.
 */
export function upcoming(
  given: Job,
  { now, serverZone, version }: Clock,
  count: number,
  there: boolean,
): Upcoming {
  const { job } = keptOf(given, version);
  const none = (kind: Next['kind']): Upcoming => ({ kind, runs: [], zone: serverZone });
  if (job.parent_job !== '') return none('after');
  if (job.disabled) return none('disabled');
  const parsed = parseSchedule(job.schedule, {
    name: job.name,
    timezone: job.timezone,
    serverTimezone: serverZone,
    ...(version === undefined ? {} : { version }),
  });
  if (!parsed.valid) return none('invalid');
  const { from, until } = windowOf(job, now);
  const known = there ? everyNext(job, parsed.effective, from) : null;
  const start = known === null ? from : known - lengthOf(parsed.schedule);
  const runs = nextRuns(parsed.schedule, instantFromMillis(start), count)
    .map(millisFromInstant)
    .filter((run) => run < until);
  const zone = parsed.schedule.kind === 'fields' ? parsed.schedule.zone : serverZone;
  return { kind: runs.length === 0 ? 'never' : 'at', runs, zone };
}

const lengthOf = (schedule: Schedule): number =>
  schedule.kind === 'every' ? schedule.interval * 1_000 : 0;

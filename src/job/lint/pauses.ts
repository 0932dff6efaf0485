/** How long a job pauses between its runs, worked out once for all that have the same schedule. */
import {
  type Gaps,
  gapsOf,
  type Instant,
  instantFromSeconds,
  type Schedule,
} from '../../schedule/index.ts';
import type { JobFacts } from '../job.ts';
import { parsedOnce } from './parsed.ts';

/** What a schedule is read by: the moment, and the server. */
export interface ReadBy {
  readonly now: Instant;
  readonly version?: string | undefined;
  readonly serverZone?: string | undefined;
}

export interface Pausing {
  readonly schedule: Schedule;
  /** After `~` was replaced. */
  readonly effective: string;
  /** Within a year; null where it does not run again and again. */
  readonly gaps: Gaps | null;
}

export type Scheduled = Pick<JobFacts, 'name' | 'schedule' | 'timezone' | 'parent_job'>;

const day = instantFromSeconds(86_400);
const year = 366n * day;

/** Null for a child, and for what Dkron refuses. The pauses are those from this day on. */
export function pausesOf(
  { name, schedule, timezone, parent_job }: Scheduled,
  { now, version, serverZone = 'UTC' }: ReadBy,
): Pausing | null {
  if (parent_job !== '') return null;
  const today = now - (((now % day) + day) % day);
  const named = schedule.includes('~') ? name : '';
  const key = JSON.stringify([schedule, named, timezone, serverZone, version]);
  if (known.today !== today || known.read.size >= mostKnown) known = { today, read: new Map() };
  const before = known.read.get(key);
  if (before !== undefined) return before;
  const parsed = parsedOnce(schedule, {
    name,
    timezone,
    serverTimezone: serverZone,
    hasParent: false,
    ...(version === undefined ? {} : { version }),
  });
  const read = parsed.valid ? lazily(parsed.schedule, parsed.effective, today) : null;
  known.read.set(key, read);
  return read;
}

/** Not every check asks for the pauses. */
function lazily(schedule: Schedule, effective: string, today: Instant): Pausing {
  let gaps: Gaps | null | undefined;
  return {
    schedule,
    effective,
    get gaps() {
      gaps ??= gapsOf(schedule, today, today + year);
      return gaps;
    },
  };
}

let known = { today: 0n, read: new Map<string, Pausing | null>() };
const mostKnown = 10_000;

/** What the table shows of a job beyond its fields: last run, next run. Pure, remembered per job. */

import { instantFromMillis, millisFromInstant, nextRun, parseSchedule } from '../schedule/index.ts';
import type { JobFacts } from './job.ts';
import type { Next, NextSeen } from './next-seen.ts';
import { JobRow } from './row.ts';
import { serverTime } from './time.ts';

export interface LastRun {
  /** ms since the epoch. */
  readonly at: number;
  readonly ok: boolean;
}

/** The later of last_success and last_error; null when it never ran. */
export function lastRun(job: JobFacts): LastRun | null {
  const success = serverTime(job.last_success)?.getTime() ?? 0;
  const error = serverTime(job.last_error)?.getTime() ?? 0;
  if (success === 0 && error === 0) return null;
  return success >= error ? { at: success, ok: true } : { at: error, ok: false };
}

/** Of those that are no rows. */
const remembered = new WeakMap<JobFacts, NextSeen>();

/**
 * The next run of a job as Dkron's scheduler will fire it: from the engine, not from the API's
 * `next`, which ignores the time zone. `@every` counts from the server's own `next`, because its
 * phase is known only there.
 */
export function nextOf(job: JobFacts, now: number, serverZone: string, version?: string): Next {
  const row = job instanceof JobRow ? job : null;
  const known = row === null ? remembered.get(job) : row.nextSeen;
  const fresh =
    known?.zone === serverZone &&
    known.version === version &&
    !(known.next.kind === 'at' && known.next.at <= now);
  if (fresh) return known.next;
  const next = compute(job, now, serverZone, version);
  const seen = { next, zone: serverZone, version };
  if (row === null) remembered.set(job, seen);
  else row.nextSeen = seen;
  return next;
}

function compute(job: JobFacts, now: number, serverZone: string, version?: string): Next {
  if (job.parent_job !== '') return { kind: 'after' };
  if (job.disabled) return { kind: 'disabled' };
  const parsed = parseSchedule(job.schedule, {
    name: job.name,
    timezone: job.timezone,
    serverTimezone: serverZone,
    ...(version === undefined ? {} : { version }),
  });
  if (!parsed.valid) return { kind: 'invalid' };
  const { from, until } = windowOf(job, now);
  const known = everyNext(job, parsed.effective, from);
  const run = known === null ? nextRun(parsed.schedule, instantFromMillis(from)) : null;
  const at = known ?? (run === null ? null : millisFromInstant(run));
  return at === null || at >= until ? { kind: 'never' } : { kind: 'at', at };
}

/** Dkron skips what fires before `starts_at` or from `expires_at` on (job.go isRunnable). */
export function windowOf(
  job: JobFacts,
  now: number,
): { readonly from: number; readonly until: number } {
  const starts = serverTime(job.starts_at)?.getTime() ?? 0;
  const until = serverTime(job.expires_at)?.getTime() ?? Number.POSITIVE_INFINITY;
  return { from: Math.max(now, starts - 1), until };
}

/** An `@every` job that has run fires again at the server's `next`; its phase is nowhere else. */
export function everyNext(job: JobFacts, effective: string, now: number): number | null {
  const next = serverTime(job.next)?.getTime();
  const known = effective.startsWith('@every ') && next !== undefined && next > now;
  return known && lastRun(job) !== null ? next : null;
}

/** How many runs went well and how many failed. */
export const countersText = ({ success_count, error_count }: JobFacts): string =>
  `ok ${success_count}, failed ${error_count}`;

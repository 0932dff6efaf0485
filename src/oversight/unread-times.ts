/** Whose run times are worth reading next: to read them costs Dkron more than anything else. */
import { forEachBelow } from '../base/steps.ts';
import type { JobFacts } from '../job/job.ts';
import type { JobRow } from '../job/row.ts';
import { lastRun } from '../job/runs.ts';
import { endsOf } from './judge.ts';
import type { KnownTimes } from './kept-times.ts';

/** What was read is good for so long, ms, however often it ran since. */
const fresh = 300_000;

/**
 * Whether it ran, and nobody read how long that took; `again`: or it has run since that was read, a while
 * ago. `now`: ms since the epoch.
 */
export function isUnread(row: JobFacts, known: KnownTimes, now: number): boolean | 'again' {
  if (lastRun(row) === null) return false;
  const times = known.get(row.name);
  if (times === undefined) return true;
  return times.ends !== endsOf(row) && now - times.at >= fresh ? 'again' : false;
}

/** The next job to read, in steps: those on the screen first, then those never read; null for none. */
export function* nextUnread(
  rows: readonly JobRow[],
  shown: readonly JobRow[],
  known: KnownTimes,
  now: number,
): Generator<void, string | null> {
  const seen = shown.find((row) => isUnread(row, known, now) !== false);
  if (seen !== undefined) return seen.name;
  let never: string | null = null;
  let oldest: string | null = null;
  let readAt = Number.POSITIVE_INFINITY;
  yield* forEachBelow(rows.length, (place) => {
    if (never !== null) return;
    const row = rows[place]!;
    const unread = isUnread(row, known, now);
    if (unread === true) never = row.name;
    else if (unread === 'again' && known.get(row.name)!.at < readAt) {
      oldest = row.name;
      readAt = known.get(row.name)!.at;
    }
  });
  return never ?? oldest;
}

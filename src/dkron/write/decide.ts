import { ChangedMeanwhile } from '../../base/errors.ts';
import { sameDefinition, shows } from '../../job/compare.ts';
import type { Job, JobText } from '../../job/job.ts';
import { type Merge, mergeJobs } from '../../job/merge.ts';
import type { Conflict, Same } from './result.ts';

export interface Change {
  /** What the operator looked at; null when there was no such job. */
  readonly seen: Job | null;
  readonly wanted: Job;
  /** For a new job: the live jobs whose parent it already is. */
  readonly children?: readonly string[];
  /** The name of another change, which stands before this one: it is sent once the server accepted that. */
  readonly after?: string | undefined;
}

/** What to send, or the result when nothing is to be sent. `url` names the server to people. */
export function decide(
  url: string,
  { seen, wanted }: Change,
  now: JobText | null,
  merging: boolean,
): { readonly job: Job } | Same | Conflict {
  if (now !== null && shows(now.job, wanted)) return { outcome: 'same', now };
  if (now === null || seen === null)
    return now === seen ? { job: wanted } : changed(url, wanted.name, now, null);
  if (sameDefinition(seen, now.job)) return { job: wanted };
  const merge = mergeJobs(seen, wanted, now.job);
  if (!merging || merge.collisions.length > 0) return changed(url, wanted.name, now, merge);
  const job = merge.merged;
  return shows(now.job, job) ? { outcome: 'same', now } : { job };
}

export function changed(
  url: string,
  name: string,
  now: JobText | null,
  merge: Merge | null,
): Conflict {
  const what = now === null ? 'was deleted from' : 'was changed on';
  const error = new ChangedMeanwhile(`${name} ${what} ${url} since it was read`, {
    data: 'Nothing was sent.',
    next: 'Check what it is now, then decide again.',
  });
  return { outcome: 'changed', error, now, merge };
}

/** How the job of a plan differs from what is there, as people and programs are shown it. */
import { diffJobs, type FieldChange } from '../job/compare.ts';
import type { Job } from '../job/job.ts';
import { keptOf } from '../job/lint/kept.ts';
import { maskChange } from '../job/mask.ts';
import type { Clock } from '../job/upcoming.ts';
import { movesRuns, runsChange } from '../view/next-runs.ts';
import type { RestoreItem } from './model.ts';

/**
 * From what the server has to what it would have: of a job that is new all that it says, as far as this
 * Dkron keeps it; of one that goes all that goes.
 */
export function differencesOf(
  { kind, changes, job, seen }: RestoreItem,
  version?: string,
): readonly FieldChange[] {
  if (kind === 'new')
    return diffJobs(nothing, keptOf(job, version).job).map((change) => ({ ...change, before: '' }));
  return kind === 'delete' ? diffJobs(seen ?? job, nothing) : changes;
}

/** Where there is no job, no field of it has a value. */
const nothing = {} as Job;

/** The same as far as nobody asked for credentials. */
export const shownOf = (
  changes: readonly FieldChange[],
  secrets: boolean,
): readonly FieldChange[] => (secrets ? changes : changes.map(maskChange));

/** The next runs before and after, where a plan moves them; null where it does not. */
export function runsMoved(
  { kind, seen, job, changes }: RestoreItem,
  clock: Clock,
): FieldChange | null {
  if (kind === 'new') return runsChange(null, job, clock);
  if (kind === 'delete') return runsChange(seen, null, clock);
  return kind === 'change' && movesRuns(changes) ? runsChange(seen, job, clock) : null;
}

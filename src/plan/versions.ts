import type { Job } from '../job/job.ts';
import type { Versions } from '../view/three-way.ts';
import type { RestoreItem, RestoreResult } from './model.ts';

/** Of a job that somebody changed since it was planned: what it was, what it is to be, and what it is `now`. */
export function versionsOf({ kind, moved, seen, job }: RestoreItem, now: Job | null): Versions {
  const deletes = (moved?.kind ?? kind) === 'delete';
  return { base: moved === undefined ? seen : moved.base, plan: deletes ? null : job, now };
}

/** What somebody made of the job since; undefined where nobody is known to have. */
export const madeOf = (
  { moved, seen }: RestoreItem,
  result: RestoreResult | undefined,
): Job | null | undefined => result?.now ?? (moved === undefined ? result?.now : seen);

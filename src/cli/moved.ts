/** Jobs that somebody changed since they were looked at: what was, what is wanted and what is now, side by side. */
import type { Job } from '../job/job.ts';
import type { RestoreItem, RestorePlan, RestoreResult } from '../plan/model.ts';
import { versionsOf } from '../plan/versions.ts';
import { bold, type Line } from '../view/line.ts';
import { type ThreeValues, threeValues, threeWayLines } from '../view/three-way.ts';

/** Of a job that was changed since its plan was made; none for any other. */
export const movedLines = (item: RestoreItem, secrets: boolean): Line[] =>
  item.moved === undefined ? [] : threeWayLines(versionsOf(item, item.seen), secrets);

/** Of the jobs that were changed between the plan and its writing. */
export function conflictLines(
  results: readonly RestoreResult[],
  plan: RestorePlan,
  secrets: boolean,
): Line[] {
  const items = new Map(plan.items.map((item) => [item.name, item]));
  return results.flatMap(({ name, now }): Line[] => {
    const item = items.get(name);
    // The plan has shown the others.
    if (now === undefined || item === undefined || item.moved !== undefined) return [];
    return [[bold(name)], ...threeWayLines(versionsOf(item, now), secrets)];
  });
}

/** For programs; `now`: what the server had when the job was to be written. */
export function movedJson(
  item: RestoreItem,
  secrets: boolean,
  now: Job | null | undefined = item.moved && item.seen,
): { readonly moved?: readonly ThreeValues[] } {
  return now === undefined ? {} : { moved: threeValues(versionsOf(item, now), secrets) };
}

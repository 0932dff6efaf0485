/** Which jobs of a plan cannot be written without which others. */
import type { RestoreItem, RestorePlan } from './model.ts';

/** The names with those without which they must not be written. */
export function withNeeded(plan: RestorePlan, names: Iterable<string>): Set<string> {
  const needs = needsOf(plan);
  return reached(names, (name) => needs.get(name) ?? []);
}

/** The names without those that are `gone`, and without those that need one of them. */
export function withoutNeeding(
  plan: RestorePlan,
  names: Iterable<string>,
  gone: Iterable<string>,
): Set<string> {
  const needing = new Map<string, string[]>();
  for (const [name, needed] of needsOf(plan))
    for (const one of needed) needing.set(one, [...(needing.get(one) ?? []), name]);
  const without = reached(gone, (name) => needing.get(name) ?? []);
  return new Set([...names].filter((name) => !without.has(name)));
}

/**
 * Of each job what Dkron wants first: of one that is written its new parent, of one that is deleted
 * that its children go or get another parent; and of all what the plan says comes first.
 */
function needsOf({ items, first }: RestorePlan): Map<string, string[]> {
  const created = new Set(items.filter(({ kind }) => kind === 'new').map(({ name }) => name));
  const leaving = Map.groupBy(items.filter(leavesParent), ({ seen }) => seen?.parent_job ?? '');
  const needed = ({ name, kind, job }: RestoreItem): string[] => {
    if (kind === 'delete') return (leaving.get(name) ?? []).map((child) => child.name);
    return created.has(job.parent_job) ? [job.parent_job] : [];
  };
  const before = (name: string): string[] => (first === undefined || first === name ? [] : [first]);
  return new Map(items.map((item) => [item.name, [...needed(item), ...before(item.name)]]));
}

const leavesParent = ({ kind, job, seen }: RestoreItem): boolean =>
  kind === 'delete' || (kind === 'change' && seen?.parent_job !== job.parent_job);

/** A set is walked through together with what is added on the way. */
function reached(names: Iterable<string>, next: (name: string) => Iterable<string>): Set<string> {
  const all = new Set(names);
  for (const name of all) for (const one of next(name)) all.add(one);
  return all;
}

import { families } from '../job/family.ts';
import type { RestoreItem } from './model.ts';

/**
 * The jobs in groups that can be written one group after the other. A job comes after its parent
 * where that has to be created; where both have to be, it may do so within a group. Any other job and a parent
 * that it joins or leaves are never in one group: Dkron then changes the parent's list of children, which up to
 * 4.0.8 a write of the parent that has not seen it would undo.
 */
export function generations(items: readonly RestoreItem[]): RestoreItem[][] {
  const byName = new Map(items.map((item) => [item.name, item]));
  const creations = items
    .filter(({ seen }) => seen === null)
    .map((item) => ({ name: item.name, parent_job: item.job.parent_job, item }));
  const order = [
    ...families(creations).parentsFirst.map(({ item }) => item),
    ...items.filter(({ seen }) => seen !== null),
  ];
  const parentsOf = (item: RestoreItem): RestoreItem[] =>
    movesBetween(item)
      .map((name) => byName.get(name))
      .filter((parent) => parent !== undefined);
  const relatives = new Map<RestoreItem, RestoreItem[]>(order.map((item) => [item, []]));
  for (const item of order)
    for (const parent of parentsOf(item)) {
      if (followsInGroup(item, parent)) continue;
      relatives.get(item)!.push(parent);
      relatives.get(parent)!.push(item);
    }

  const groupOf = new Map<RestoreItem, number>();
  const groups: RestoreItem[][] = [];
  for (const item of order) {
    const parent = byName.get(item.job.parent_job);
    const taken = new Set(relatives.get(item)!.map((relative) => groupOf.get(relative)));
    let group = parent?.seen === null ? groupOf.get(parent)! + (item.seen === null ? 0 : 1) : 0;
    while (taken.has(group)) group++;
    groupOf.set(item, group);
    const members = groups[group];
    if (members) members.push(item);
    else groups[group] = [item];
  }
  return groups;
}

/** Whether the door sends a job once it has accepted its parent, so that they need no groups of their own. */
export const followsInGroup = (item: RestoreItem, parent: RestoreItem | undefined): boolean =>
  item.seen === null && parent?.seen === null && parent.name === item.job.parent_job;

/** The parents whose lists of children change when this item is written. */
function movesBetween({ job, seen }: RestoreItem): string[] {
  if (seen === null) return [job.parent_job];
  return seen.parent_job === job.parent_job ? [] : [seen.parent_job, job.parent_job];
}

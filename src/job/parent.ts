import type { Kin } from './family.ts';
import { error, type Finding } from './lint/finding.ts';

/** The parent of each job, by its name. */
export const parentsOf = (jobs: Iterable<Kin>): ReadonlyMap<string, string> =>
  new Map(Array.from(jobs, ({ name, parent_job }) => [name, parent_job]));

/**
 * Why a job cannot have this parent. Dkron itself refuses only a missing parent and the job itself;
 * the jobs of a longer circle would start each other without an end.
 */
export function parentFindings(
  name: string,
  parent: string,
  parents: ReadonlyMap<string, string> | undefined,
): Finding[] {
  if (parent === '') return [];
  if (parent === name)
    return [error('parent-itself', 'parent_job', 'the job can not have itself as parent')];
  if (parents === undefined) return [];
  if (!parents.has(parent))
    return [error('parent-missing', 'parent_job', `there is no job ${parent}`)];
  const chain = new Set([name]);
  for (let next = parent; next !== '' && !chain.has(next); next = parents.get(next) ?? '') {
    chain.add(next);
    if (parents.get(next) === name) {
      const circle = [...chain, name].join(' → ');
      return [error('parent-circle', 'parent_job', `its parents would form a circle: ${circle}`)];
    }
  }
  return [];
}

/** The jobs that could be its parent, in the order given: all but itself and those below it. */
export function parentsFor(name: string, jobs: Iterable<Kin>): string[] {
  const all = [...jobs];
  const children = Map.groupBy(all, ({ parent_job }) => parent_job);
  const below = new Set([name]);
  // A set is read to its end, also what is added to it meanwhile.
  for (const job of below) for (const child of children.get(job) ?? []) below.add(child.name);
  return all.map((job) => job.name).filter((other) => !below.has(other));
}

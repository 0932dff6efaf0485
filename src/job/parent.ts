import type { Member } from './family.ts';

/**
 * Why a job cannot have this parent, or undefined. Dkron itself refuses only a missing parent and
 * the job itself; the jobs of a longer circle would start each other for ever.
 */
export function parentProblem(
  name: string,
  parent: string,
  jobs: Iterable<Member>,
): string | undefined {
  if (parent === '') return undefined;
  if (parent === name) return 'a job cannot be its own parent';
  const parents = new Map(Array.from(jobs, (job) => [job.name, job.parent_job]));
  if (!parents.has(parent)) return `there is no job ${parent}`;
  const chain = [name];
  for (let next = parent; next !== '' && !chain.includes(next); next = parents.get(next) ?? '') {
    chain.push(next);
    if (parents.get(next) === name)
      return `it would go round in a circle: ${[...chain, name].join(' → ')}`;
  }
  return undefined;
}

/** The jobs that could be its parent, in the order given: all but itself and those below it. */
export function parentsFor(name: string, jobs: Iterable<Member>): string[] {
  const all = [...jobs];
  const children = Map.groupBy(all, ({ parent_job }) => parent_job);
  const below = new Set([name]);
  // A set is read to its end, also what is added to it meanwhile.
  for (const job of below) for (const child of children.get(job) ?? []) below.add(child.name);
  return all.map((job) => job.name).filter((other) => !below.has(other));
}

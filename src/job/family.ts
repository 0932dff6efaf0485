/** What of a job says where it stands among others. */
export interface Member {
  readonly name: string;
  readonly parent_job: string;
}

export interface Families<T> {
  /** Parents before their children, families together, otherwise in the order given. */
  readonly parentsFirst: readonly T[];
  /** Jobs whose parent is not among them; they stand in `parentsFirst` like jobs without one. */
  readonly parentless: readonly T[];
  /** The names of each circle of parents. */
  readonly cycles: readonly (readonly string[])[];
  /** Jobs in a circle or below one: no order suits them, they are not in `parentsFirst`. */
  readonly unordered: readonly T[];
}

/**
 * Jobs in the order in which Dkron accepts them: a parent has to exist before its child is written.
 * The reverse of `parentsFirst` is the order in which it deletes them.
 */
export function families<T extends Member>(jobs: Iterable<T>): Families<T> {
  const byName = new Map(Array.from(jobs, (job) => [job.name, job]));
  const children = Map.groupBy(byName.values(), ({ parent_job }) => parent_job);
  const parentless = [...byName.values()].filter(
    ({ parent_job }) => parent_job !== '' && !byName.has(parent_job),
  );
  const roots = [...byName.values()].filter(({ parent_job }) => !byName.has(parent_job));
  const parentsFirst: T[] = [];
  // A stack of its own: a chain of jobs may be longer than the call stack is deep.
  const waiting = roots.reverse();
  for (let job = waiting.pop(); job; job = waiting.pop()) {
    parentsFirst.push(job);
    for (const child of (children.get(job.name) ?? []).toReversed()) waiting.push(child);
  }
  const ordered = new Set(parentsFirst);
  const unordered = [...byName.values()].filter((job) => !ordered.has(job));
  return { parentsFirst, parentless, cycles: cyclesAmong(unordered, byName), unordered };
}

function cyclesAmong(jobs: readonly Member[], byName: ReadonlyMap<string, Member>): string[][] {
  const seen = new Set<string>();
  return jobs.flatMap((job) => {
    const path: string[] = [];
    let name = job.name;
    for (; !seen.has(name); name = byName.get(name)!.parent_job) {
      seen.add(name);
      path.push(name);
    }
    // Only a path that comes back to itself has found a new circle.
    const start = path.indexOf(name);
    return start < 0 ? [] : [path.slice(start)];
  });
}

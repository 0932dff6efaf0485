/** What of a job says where it stands among others. */
export interface Kin {
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
  /**
   * Jobs in a circle or below one, which no order suits: they are not in `parentsFirst`. Each circle
   * starts at its first job.
   */
  readonly unordered: readonly T[];
  /** How many parents are above each job, by name; a circle counts from its first job. */
  readonly depth: ReadonlyMap<string, number>;
}

/**
 * Jobs in the order in which Dkron accepts them: a parent has to exist before its child is written.
 * The reverse of `parentsFirst` is the order in which it deletes them.
 */
export function families<T extends Kin>(jobs: Iterable<T>): Families<T> {
  const byName = new Map(Array.from(jobs, (job) => [job.name, job]));
  const all = [...byName.values()];
  const children = Map.groupBy(all, ({ parent_job }) => parent_job);
  const depth = new Map<string, number>();
  /** These and all below them, but none twice. */
  const withFamilies = (roots: readonly T[]): T[] => {
    const found: T[] = [];
    for (const root of roots) {
      // A stack of its own: a chain of jobs may be longer than the call stack is deep.
      const waiting = [root];
      for (let job = waiting.pop(); job; job = waiting.pop()) {
        if (depth.has(job.name)) continue;
        depth.set(job.name, job === root ? 0 : depth.get(job.parent_job)! + 1);
        found.push(job);
        for (const child of (children.get(job.name) ?? []).toReversed()) waiting.push(child);
      }
    }
    return found;
  };
  const parentsFirst = withFamilies(all.filter(({ parent_job }) => !byName.has(parent_job)));
  const unordered = withFamilies(all);
  return {
    parentsFirst,
    parentless: all.filter(({ parent_job }) => parent_job !== '' && !byName.has(parent_job)),
    cycles: cyclesAmong(unordered, byName),
    unordered,
    depth,
  };
}

/** The names of each parent's children. */
export function childrenByParent(jobs: Iterable<Kin>): Map<string, string[]> {
  const children = new Map<string, string[]>();
  for (const { name, parent_job: parent } of jobs) {
    if (parent === '') continue;
    const all = children.get(parent);
    if (all === undefined) children.set(parent, [name]);
    else all.push(name);
  }
  return children;
}

function cyclesAmong(jobs: readonly Kin[], byName: ReadonlyMap<string, Kin>): string[][] {
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

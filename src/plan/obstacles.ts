import type { Families } from '../job/family.ts';
import type { Job } from '../job/job.ts';

/**
 * Why Dkron would refuse jobs of a snapshot, by their names: a name it does not allow (job.go
 * isSlug), or a parent that is not there and cannot be put there first.
 */
export function obstaclesOf(
  { parentsFirst, unordered }: Families<Job>,
  here: ReadonlySet<string>,
  barred: ReadonlySet<string> = new Set(),
): Map<string, string> {
  const jobs = [...parentsFirst, ...unordered];
  const snapshot = new Map(jobs.map((job) => [job.name, job]));
  const circular = new Set(unordered);
  const obstacles = new Map<string, string>();
  for (const job of jobs) {
    const obstacle = illegal(job.name) ?? lacking(job);
    if (obstacle !== null) obstacles.set(job.name, obstacle);
  }
  return obstacles;

  function lacking(job: Job): string | null {
    const { name, parent_job: parent } = job;
    if (parent === name) return 'it is its own parent';
    if (parent === '' || here.has(parent)) return null;
    if (barred.has(parent)) return `parent ${parent} is blocked`;
    if (!snapshot.has(parent)) return `parent ${parent} is not in the plan and not on the server`;
    if (obstacles.has(parent)) return `parent ${parent} is blocked`;
    return circular.has(job) && endless(job) ? 'its parents form a circle' : null;
  }

  /** Whether no ancestor is on the server or without a parent: none of them can be written first. */
  function endless(job: Job): boolean {
    const seen = new Set<Job>();
    for (let at: Job | undefined = job; at; at = snapshot.get(at.parent_job)) {
      if (here.has(at.parent_job)) return false;
      if (seen.has(at)) return true;
      seen.add(at);
    }
    return false;
  }
}

function illegal(name: string): string | null {
  const [character] = /[^\p{Ll}0-9_-]/u.exec(name) ?? [];
  return character === undefined
    ? null
    : `Dkron allows no ${JSON.stringify(character)} in a name (small letters, 0-9, _ and -)`;
}

/** `POST /v1/restore`: all jobs of a file, parents first (Dkron api.go, job.go generateJobTree). */
import { decodeJobs } from './decode-job.ts';
import type { Job } from './job.ts';
import { BadJson, readWholeJson } from './read-json.ts';
import { Panic, refusal } from './validate.ts';

/** The file holds something that restore refuses as a whole, without a reason. */
export class BadFile extends Error {}

/**
 * Writes every job of a file with `write`, which says whether it worked, and tells how each went.
 * A failed job's children are not tried, and not told of. Throws BadFile or Panic, before any write.
 */
export function restore(text: string, write: (job: Job) => boolean): string[] {
  const forest = plant(readJobs(text));
  const told: string[] = [];
  const visit = ({ job, children }: Tree): void => {
    const written = write(job);
    told.push(`${written ? 'success' : 'fail'} create ${job.name}`);
    if (written) children.forEach(visit);
  };
  forest.forEach(visit);
  return told;
}

function readJobs(text: string): Job[] {
  try {
    return decodeJobs(readWholeJson(text)).map((job) => {
      if (job === null) throw new Panic('a null job');
      const reason = refusal(job);
      if (reason !== undefined) throw new BadFile(reason);
      return job;
    });
  } catch (error) {
    if (error instanceof BadJson) throw new BadFile(error.message);
    throw error;
  }
}

interface Tree {
  readonly job: Job;
  readonly children: Tree[];
}

/** The jobs under their parents, in the order of the file. Every parent must be in the file. */
function plant(jobs: readonly Job[]): Tree[] {
  const trees = jobs.map((job): Tree => ({ job, children: [] }));
  const byName = new Map(trees.toReversed().map((tree) => [tree.job.name, tree]));
  const roots = trees.filter(({ job }) => job.parent_job === '');
  for (const tree of trees) {
    if (tree.job.parent_job === '') continue;
    const parent = byName.get(tree.job.parent_job);
    if (parent === undefined) throw new BadFile(`${tree.job.name}: its parent is not in the file`);
    parent.children.push(tree);
  }
  if (count(roots) < trees.length) throw new BadFile('jobs are their own ancestors');
  return roots;
}

/** Trees that can be reached; those of a cycle cannot. */
function count(trees: readonly Tree[]): number {
  let reached = 0;
  const open = [...trees];
  for (let tree = open.pop(); tree !== undefined; tree = open.pop()) {
    reached++;
    open.push(...tree.children);
  }
  return reached;
}

/** Whose changes may make a job fail. */
import { callersWith, hostOf } from '../job/host.ts';
import type { JobTable } from '../job/table.ts';

export type Relation = 'itself' | 'parent' | 'host';

/** Jobs that are read between two breaths: each is parsed. */
const atOnce = 200;

/** The job, its parents, and those that call the same host, each once, the nearest first. */
export async function relativesOf(
  name: string,
  jobs: JobTable,
  breathe: () => Promise<void>,
): Promise<Map<string, Relation>> {
  const found = new Map<string, Relation>([[name, 'itself']]);
  let parent = jobs.get(name)?.parent_job ?? '';
  while (parent !== '' && !found.has(parent)) {
    found.set(parent, 'parent');
    parent = jobs.get(parent)?.parent_job ?? '';
  }
  const job = jobs.get(name);
  if (job === undefined || hostOf(job) === '') return found;
  const calls = callersWith(job);
  for (const [at, row] of jobs.rows.entries()) {
    if (at % atOnce === atOnce - 1) await breathe();
    if (!found.has(row.name) && calls(row)) found.set(row.name, 'host');
  }
  return found;
}

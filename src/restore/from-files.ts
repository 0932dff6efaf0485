/** The plan that makes a server have the jobs of files: a restore's, and an apply's. */
import type { Dkron } from '../dkron/client.ts';
import type { Job } from '../job/job.ts';
import { type JobsRead, labelOf, reasonOf } from '../snapshot/contents.ts';
import type { RestorePlan } from './model.ts';
import { type Barred, planRestore } from './plan.ts';

export interface FilesPlan {
  readonly plan: RestorePlan;
  /** The jobs that it was made against. */
  readonly live: readonly Job[];
}

/**
 * Compares the jobs of files with those of a server. What cannot be read, there or here, is blocked
 * and says why. `adapted` is given the server's job of the same name, where there is one.
 */
export async function planFiles(
  dkron: Dkron,
  { jobs, unreadable }: JobsRead,
  signal?: AbortSignal,
  adapted: (wanted: Job, stored: Job | undefined) => Job = (wanted) => wanted,
): Promise<FilesPlan> {
  const stored = new Map<string, Job>();
  const illegible = new Map<string, string>();
  const onUnreadable = ({ message }: Error, name: string): void =>
    void illegible.set(name, message);
  for await (const { job } of dkron.jobs({ signal, onUnreadable })) stored.set(job.name, job);
  const barred: Barred[] = [
    ...unreadable.map((one) => ({ name: labelOf(one), why: reasonOf(one), places: one.places })),
    ...jobs.flatMap(({ name }) => {
      const why = illegible.get(name);
      return why === undefined ? [] : [{ name, why, places: [] }];
    }),
  ];
  const wanted = jobs
    .filter(({ name }) => !illegible.has(name))
    .map((job) => adapted(job, stored.get(job.name)));
  return { plan: planRestore(wanted, stored.values(), barred), live: [...stored.values()] };
}

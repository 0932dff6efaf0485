import type { Door, WriteOptions } from '../dkron/write/door.ts';
import type { Job } from '../job/job.ts';
import { batches } from './batches.ts';
import { endOf, interrupted, type Told, told } from './outcome.ts';

/** A job to delete, as it was looked at. */
export interface Doomed {
  readonly name: string;
  readonly job: Job;
}

/**
 * Deletes jobs that come children before parents: those that have no child among the rest together,
 * then the next, and calls `note` with what became of each. A job that is refused stays and the
 * others go; an error that the others would get too ends the sending.
 */
export async function deleteAll(
  door: Door,
  items: readonly Doomed[],
  options: WriteOptions,
  note: (name: string, what: Told) => void,
): Promise<void> {
  let ended: Told | null = null;
  for (const generation of childrenFirst(items))
    for (const batch of batches(generation)) {
      if (options.signal?.aborted) ended ??= interrupted('delete');
      const all: readonly Told[] =
        ended === null ? await deleteTogether(door, batch, options) : batch.map(() => ended!);
      for (const [at, { name }] of batch.entries()) note(name, all[at]!);
      ended ??= endOf(all, 'delete');
    }
}

async function deleteTogether(
  door: Door,
  batch: readonly Doomed[],
  options: WriteOptions,
): Promise<Told[]> {
  try {
    const seen = batch.map(({ job }) => job);
    const results = await door.remove(seen, options);
    return results.map((result) => told('delete', result));
  } catch (error) {
    // Aborted during the fresh read: nothing was sent.
    if (options.signal?.aborted) return batch.map(() => interrupted('delete'));
    throw error;
  }
}

/** In groups that can go together: a job comes after all of its descendants. */
function childrenFirst(items: readonly Doomed[]): Doomed[][] {
  const height = new Map<string, number>();
  for (const { name, job } of items) {
    const above = (height.get(name) ?? 0) + 1;
    height.set(job.parent_job, Math.max(height.get(job.parent_job) ?? 0, above));
  }
  const groups = Map.groupBy(items, ({ name }) => height.get(name) ?? 0);
  return [...groups].sort(([a], [b]) => a - b).map(([, group]) => group);
}

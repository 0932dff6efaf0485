import { Refused } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import { deleteJob, type WriteOptions } from '../dkron/write.ts';
import type { RestoreItem } from './model.ts';
import { interrupted, skipped, type Told, told } from './told.ts';

/**
 * Deletes jobs one after the other, in the order given, and calls `note` with what became of each.
 * A job that is refused stays and the next is tried; a failure that would meet the others too ends
 * the sending.
 */
export async function deleteAll(
  client: Dkron,
  items: readonly RestoreItem[],
  options: WriteOptions,
  note: (name: string, what: Told) => void,
): Promise<void> {
  let ended: Told | null = null;
  for (const { name, job } of items) {
    if (options.signal?.aborted) ended ??= interrupted;
    const what = ended ?? (await deleteOne(client, job, options));
    note(name, what);
    if (ended === null && what.error !== undefined && !isAboutOne(what))
      ended = skipped(`not sent: ${what.error.message}`);
  }
}

async function deleteOne(client: Dkron, seen: RestoreItem['job'], options: WriteOptions) {
  try {
    const result = await deleteJob(client, seen, options);
    return told(result, 'deleted, and not there any more');
  } catch (error) {
    // Aborted during the fresh read: nothing was sent.
    if (options.signal?.aborted) return interrupted;
    throw error;
  }
}

const isAboutOne = ({ outcome, error }: Told): boolean =>
  outcome === 'changed' || error instanceof Refused;

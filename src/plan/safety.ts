/** What is kept of jobs before an operation changes several of them. */
import type { Door, WriteOptions } from '../dkron/write/door.ts';
import type { Refusal } from '../dkron/write/result.ts';
import type { JobText } from '../job/job.ts';
import type { RestoreItem } from './model.ts';

/** Saves jobs as a safety snapshot of an operation of the journal; gives its name. Throws OperatorError. */
export type Keep = (jobs: readonly JobText[], operation: string) => Promise<string>;

type About = Pick<WriteOptions, 'signal' | 'listed'> & { readonly operation: string };

/**
 * Keeps those of the jobs that the server has, as they are right now, where more than one is to be sent.
 * Null where nothing has to be kept, a refusal where nothing may be sent.
 */
export async function keepBefore(
  door: Door,
  items: readonly RestoreItem[],
  keep: Keep | null,
  { operation, ...reading }: About,
): Promise<{ readonly safety: string } | Refusal | null> {
  if (keep === null || items.length < 2 || items.every(({ seen }) => seen === null)) return null;
  const { signal } = reading;
  const names = items.map(({ name }) => name);
  const found = await door.current(names, reading).catch((error: unknown) => {
    // Nothing is sent any more.
    if (signal?.aborted) return new Map();
    throw error;
  });
  if ('outcome' in found) return found;
  const jobs = [...found.values()].filter((job) => job !== null && 'text' in job);
  return jobs.length === 0 ? null : { safety: await keep(jobs, operation) };
}

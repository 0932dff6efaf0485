/** One look at what a run has printed, also before it ends. */
import { NotFound } from '../base/errors.ts';
import type { Dkron, ReadOptions } from './client.ts';
import { runKey, unfinished } from './execution.ts';
import type { Execution } from './shapes.ts';

/**
 * What is known of a run. Of one that `runs`, `output` is the last piece that it printed, as Dkron
 * read it from a pipe (32 768 bytes at most), or "": nothing so far. Of one that has `ended`, it is
 * what is stored. A `lost` one is stored without an end, and no node says that it runs it: its node or
 * the leader that followed it died, or its end has not come to the node that answered. A `gone` one is
 * not stored any more. `untold`: nobody could say what runs, and no end is stored.
 */
export type RunSight =
  | { readonly kind: 'runs'; readonly run: Execution }
  | { readonly kind: 'ended'; readonly run: Execution }
  | { readonly kind: 'lost'; readonly run: Execution }
  | { readonly kind: 'gone' }
  | { readonly kind: 'untold' };

/**
 * Looks at one execution of a job by its key (`runKey`). `busy`: what runs, asked for right before;
 * null where nobody could tell. The store is read only where the run is not among these. Throws what
 * keeps it from being read.
 */
export async function lookAtOutput(
  client: Pick<Dkron, 'execution'>,
  { name, key }: { readonly name: string; readonly key: string },
  busy: readonly Execution[] | null,
  reading?: ReadOptions,
): Promise<RunSight> {
  const told = busy?.find((run) => run.job_name === name && runKey(run) === key);
  if (told !== undefined && unfinished(told)) return { kind: 'runs', run: told };
  const run = await stored(client, name, key, reading);
  if (run !== null && !unfinished(run)) return { kind: 'ended', run };
  // It waits for its retries or children; a follower's store has not heard of its end yet.
  if (told !== undefined) return { kind: 'ended', run: told };
  if (run === null) return { kind: busy === null ? 'untold' : 'gone' };
  return busy === null ? { kind: 'untold' } : { kind: 'lost', run };
}

async function stored(
  client: Pick<Dkron, 'execution'>,
  name: string,
  key: string,
  reading: ReadOptions | undefined,
): Promise<Execution | null> {
  try {
    return (await client.execution(name, key, reading)).value;
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}

import { ServerError } from '../base/errors.ts';
import { type Standings, standingsOf } from '../job/status.ts';
import type { Dkron } from './client.ts';
import type { Execution } from './shapes.ts';

/** A dead node makes Dkron think for ten seconds about what runs; a list does not wait for that. */
const patience = 2_000;

/** The executions under way; none where the cluster cannot tell. */
export const busyNow = async (dkron: Dkron, signal?: AbortSignal): Promise<readonly Execution[]> =>
  (await busyTold(dkron, signal)) ?? [];

/** The same; null where the cluster cannot tell (`/busy` fails with a dead node). */
export async function busyTold(
  dkron: Dkron,
  signal?: AbortSignal,
): Promise<readonly Execution[] | null> {
  const limit = AbortSignal.timeout(patience);
  try {
    return (await dkron.busy({ signal: signal ? AbortSignal.any([signal, limit]) : limit })).value;
  } catch (error) {
    if (limit.aborted || error instanceof ServerError) return null;
    throw error;
  }
}

/** How jobs stand of which no more is known than which of them run. */
export const runningNow = (busy: readonly Execution[]): Standings =>
  standingsOf(busy.map(({ job_name }) => job_name));

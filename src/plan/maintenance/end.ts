/** What the end of a maintenance has to do, wherever its start or an end before this one was interrupted. */
import type { Dkron } from '../../dkron/client.ts';
import { readLive } from '../../dkron/live.ts';
import { findDone, type Rest, type Resuming } from '../unfinished/resume.ts';
import { planEnd } from './plan.ts';
import type { MaintenanceRecord } from './record.ts';

/** Sends nothing; throws as `findRest` does. */
export async function findEnd(
  client: Dkron,
  record: MaintenanceRecord,
  resuming: Resuming,
): Promise<Rest> {
  const { step, operation, jobs } = record;
  const done =
    step === 'running'
      ? new Set<string>()
      : await findDone(client, { operation, listed: jobs.length }, resuming);
  const live = await readLive(client, { signal: resuming.signal });
  // Of a start that was interrupted only what it has disabled is its own.
  const mine = step === 'starting' ? jobs.filter(({ name }) => done.has(name)) : jobs;
  const back = step === 'ending' ? done : new Set<string>();
  return { plan: planEnd({ ...record, jobs: mine }, live, back), live };
}

/** The write door for tests: one call each, of which a test says what matters to it. */

import { systemClock } from '../../src/base/clock.ts';
import type { Dkron } from '../../src/dkron/client.ts';
import type { Change } from '../../src/dkron/write/decide.ts';
import {
  type Door,
  type DoorOptions,
  openDoor,
  type WriteOptions,
} from '../../src/dkron/write/door.ts';
import type { Guard } from '../../src/dkron/write/guard.ts';
import type { WriteResult } from '../../src/dkron/write/result.ts';
import type { Job } from '../../src/job/job.ts';
import { type ApplyOptions, applyPlan } from '../../src/plan/apply.ts';
import type { RestorePlan } from '../../src/plan/model.ts';
import { noJournal } from './journal.ts';

type Parts = Partial<Omit<DoorOptions, 'client'>>;

/** A door that writes, and forgets what it wrote, unless told. */
export const doorOf = (
  client: Dkron,
  {
    journal = noJournal,
    readOnly = false,
    protectedAs = null,
    guard = anyCluster,
    clock = systemClock,
  }: Parts = {},
): Door => openDoor({ client, journal, readOnly, protectedAs, guard, clock });

/** Lets everything pass: what a test writes to is one server. */
export const anyCluster: Guard = { check: async () => null, changed: async () => {} };

export type Call = Parts & WriteOptions;

export const writeJobs = (client: Dkron, changes: readonly Change[], call: Call = {}) =>
  doorOf(client, call).write(changes, call);

export const writeJob = (client: Dkron, change: Change, call?: Call): Promise<WriteResult> =>
  only(writeJobs(client, [change], call));

/** Whatever the job is now. */
export async function setDisabled(client: Dkron, name: string, disabled: boolean, call?: Call) {
  const seen = (await client.job(name)).value.job;
  return writeJob(client, { seen, wanted: { ...seen, disabled } }, call);
}

export const deleteJobs = (client: Dkron, jobs: readonly Job[], call: Call = {}) =>
  doorOf(client, call).remove(jobs, call);

export const deleteJob = (client: Dkron, seen: Job, call?: Call): Promise<WriteResult> =>
  only(deleteJobs(client, [seen], call));

async function only<T>(results: Promise<readonly T[]>): Promise<T> {
  const [result] = await results;
  return result!;
}

type ApplyCall = Parts & Partial<ApplyOptions>;

export const applyJobs = async (
  client: Dkron,
  plan: RestorePlan,
  names: ReadonlySet<string>,
  call: ApplyCall = {},
) => [...(await applyPlan(doorOf(client, call), plan, names, { keep: null, ...call })).results];

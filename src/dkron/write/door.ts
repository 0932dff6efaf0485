/**
 * The door through which every change of a job goes: fresh read, comparison, then what
 * send.ts does.
 */
import { NotFound, OperatorError, ReadOnly, UnreadableJob } from '../../base/errors.ts';
import { sameDefinition } from '../../job/compare.ts';
import type { Job } from '../../job/job.ts';
import { keptOf } from '../../job/lint/kept.ts';
import type { Dkron } from '../client.ts';
import { type Change, changed, decide } from './decide.ts';
import {
  childrenError,
  deleteRequest,
  hasChildren,
  type Request,
  saveRequest,
} from './requests.ts';
import { currentAll, type Found } from './reread.ts';
import type { Refusal, WriteResult } from './result.ts';
import { type CarryOutOptions, carryOut, refused } from './send.ts';

export interface WriteOptions extends CarryOutOptions {
  /** Stops every change here. */
  readonly readOnly?: boolean;
  /** Where the job changed meanwhile in other fields only: write both sides' changes. */
  readonly merge?: boolean;
}

/**
 * Creates or replaces the job `wanted.name`. What an operator can act on is in the result; throws
 * when the signal aborts the fresh read, and when the journal cannot note the outcome.
 */
export const writeJob = (
  client: Dkron,
  change: Change,
  options: WriteOptions,
): Promise<WriteResult> => only(writeJobs(client, [change], options));

/**
 * Creates or replaces jobs together, on many connections and in no order: the fresh read comes
 * before the first is sent, the re-reading after the last. Gives the results in the order of the
 * changes, whose names must differ.
 */
export async function writeJobs(
  client: Dkron,
  changes: readonly Change[],
  options: WriteOptions,
): Promise<WriteResult[]> {
  const kept = changes.map((change) => ({ ...change, wanted: keptOf(change.wanted).job }));
  const names = kept.map(({ wanted }) => wanted.name);
  const now = await look(client, names, options);
  if (!(now instanceof Map)) return changes.map(() => now);
  const decided = kept.map((change): WriteResult | Request => {
    const before = now.get(change.wanted.name) ?? null;
    if (before instanceof UnreadableJob) return refused(before);
    const decision = decide(client.url, change, before, options.merge ?? false);
    if ('outcome' in decision) return decision;
    return saveRequest(client, before, decision.job, change.children);
  });
  return carryOutDecided(client, decided, options);
}

/** Sets `disabled` and nothing else. Dkron's own toggle flips whatever a lagging node believes. */
export async function setDisabled(
  client: Dkron,
  name: string,
  disabled: boolean,
  options: WriteOptions,
): Promise<WriteResult> {
  const found = await look(client, [name], options);
  if (!(found instanceof Map)) return found;
  const now = found.get(name) ?? null;
  if (now instanceof UnreadableJob) return refused(now);
  if (now === null) return refused(new NotFound(`there is no job ${name} on ${client.url}`));
  if (now.job.disabled === disabled) return { outcome: 'same', now };
  const request = saveRequest(client, now, { ...now.job, disabled });
  return only(carryOut(client, [request], options));
}

/** Deletes a job that is still what the operator looked at and has no children. */
export const deleteJob = (client: Dkron, seen: Job, options: WriteOptions): Promise<WriteResult> =>
  only(deleteJobs(client, [seen], options));

/**
 * Deletes jobs together, as `writeJobs` writes them; none may be the parent of another. Gives the
 * results in the order of the jobs.
 */
export async function deleteJobs(
  client: Dkron,
  jobs: readonly Job[],
  options: WriteOptions,
): Promise<WriteResult[]> {
  const names = jobs.map(({ name }) => name);
  const found = await look(client, names, options);
  if (!(found instanceof Map)) return jobs.map(() => found);
  const decided = jobs.map((seen): WriteResult | Request => {
    const now = found.get(seen.name) ?? null;
    if (now instanceof UnreadableJob) return refused(now);
    if (now === null) return { outcome: 'same', now };
    if (!sameDefinition(seen, now.job)) return changed(client.url, seen.name, now, null);
    if (hasChildren(now)) return refused(childrenError(client, now));
    return deleteRequest(client, now);
  });
  return carryOutDecided(client, decided, options);
}

/** Carries out what is to be sent, and gives all results in their order. */
async function carryOutDecided(
  client: Dkron,
  decided: readonly (WriteResult | Request)[],
  options: WriteOptions,
): Promise<WriteResult[]> {
  const requests = decided.filter((item): item is Request => !('outcome' in item));
  const results = (await carryOut(client, requests, options)).values();
  return decided.map((item) => ('outcome' in item ? item : results.next().value!));
}

/** The fresh read before a change, or why there can be none. */
async function look(
  client: Dkron,
  names: readonly string[],
  { readOnly, signal, listed }: WriteOptions,
): Promise<Map<string, Found> | Refusal> {
  if (readOnly) return refused(new ReadOnly('read-only: nothing is changed'));
  try {
    return await currentAll(client, names, { signal }, listed);
  } catch (error) {
    if (error instanceof OperatorError) return refused(error);
    throw error;
  }
}

async function only<T>(results: Promise<readonly T[]>): Promise<T> {
  const [result] = await results;
  return result!;
}

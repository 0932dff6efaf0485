/**
 * The door through which every change of a job goes: fresh read, comparison, journal, one request,
 * re-reading until the server shows it. Nothing that may have happened is sent twice.
 */
import { randomUUID } from 'node:crypto';
import {
  ChangedMeanwhile,
  NotFound,
  OperatorError,
  OutcomeUnknown,
  ParentMissing,
  ReadOnly,
  Refused,
} from '../base/errors.ts';
import { stringifyJson } from '../base/json.ts';
import { definition, diffJobs, sameDefinition } from '../job/compare.ts';
import type { Job, JobText } from '../job/job.ts';
import { type Merge, mergeJobs } from '../job/merge.ts';
import { noLeader, postJob, removeJob } from './changes.ts';
import type { Dkron } from './client.ts';
import { type Clock, current, lookAgain, systemClock } from './confirm.ts';
import type { Journal } from './journal.ts';
import type { Changed, Refusal, Same, Unknown, WriteResult, Written } from './write-result.ts';

export interface WriteOptions {
  readonly journal: Journal;
  /** Stops every change here. */
  readonly readOnly?: boolean;
  /** Where the job changed meanwhile in other fields only: write both sides' changes. */
  readonly merge?: boolean;
  readonly clock?: Clock;
  /** Stops the fresh read; a change that is on its way is waited for. */
  readonly signal?: AbortSignal;
}

export interface Change {
  /** What the operator looked at; null when there was no such job. */
  readonly seen: Job | null;
  readonly wanted: Job;
  /** For a new job: the live jobs whose parent it already is. */
  readonly children?: readonly string[];
}

/**
 * Creates or replaces the job `wanted.name`. What an operator can act on is in the result; throws
 * when the signal aborts it before it is sent, and when the journal cannot note the outcome.
 */
export async function writeJob(
  client: Dkron,
  change: Change,
  options: WriteOptions,
): Promise<WriteResult> {
  const { wanted, children = [] } = change;
  const now = await look(client, wanted.name, options);
  if (isRefusal(now)) return now;
  const decision = decide(client, change, now, options.merge ?? false);
  return 'outcome' in decision ? decision : save(client, now, decision.job, children, options);
}

/** Sets `disabled` and nothing else. Dkron's own toggle flips whatever a lagging node believes. */
export async function setDisabled(
  client: Dkron,
  name: string,
  disabled: boolean,
  options: WriteOptions,
): Promise<WriteResult> {
  const now = await look(client, name, options);
  if (isRefusal(now)) return now;
  if (now === null) return refused(new NotFound(`there is no job ${name} on ${client.url}`));
  if (now.job.disabled === disabled) return { outcome: 'same', now };
  return save(client, now, { ...now.job, disabled }, [], options);
}

/** Deletes a job that is still what the operator looked at and has no children. */
export async function deleteJob(
  client: Dkron,
  seen: Job,
  options: WriteOptions,
): Promise<WriteResult> {
  const { name } = seen;
  const now = await look(client, name, options);
  if (isRefusal(now)) return now;
  if (now === null) return { outcome: 'same', now };
  if (!sameDefinition(seen, now.job)) return changed(client, name, now, null);
  if (hasChildren(now)) return refused(childrenError(client, now));
  return carryOut(client, { name, before: now, wanted: null, sent: null }, options, async () => {
    if ((await removeJob(client.transport, name)) === 'no reason')
      throw await deleteError(client, name);
  });
}

/** The fresh read before a change, or why there can be none. */
async function look(
  client: Dkron,
  name: string,
  { readOnly, signal }: WriteOptions,
): Promise<JobText | null | Refusal> {
  if (readOnly) return refused(new ReadOnly('read-only: nothing is written'));
  try {
    return await current(client, name, { signal });
  } catch (error) {
    if (error instanceof OperatorError) return refused(error);
    throw error;
  }
}

const refused = (error: OperatorError): Refusal => ({ outcome: 'refused', error });

const isRefusal = (now: JobText | null | Refusal): now is Refusal =>
  now !== null && 'outcome' in now;

/** What to send, or the result when nothing is to be sent. */
function decide(
  client: Dkron,
  { seen, wanted }: Change,
  now: JobText | null,
  merging: boolean,
): { readonly job: Job } | Same | Changed {
  if (now !== null && sameDefinition(now.job, wanted)) return { outcome: 'same', now };
  if (now === null || seen === null)
    return now === seen ? { job: wanted } : changed(client, wanted.name, now, null);
  if (sameDefinition(seen, now.job)) return { job: wanted };
  const merge = mergeJobs(seen, wanted, now.job);
  if (!merging || merge.collisions.length > 0) return changed(client, wanted.name, now, merge);
  const job = merge.merged;
  return sameDefinition(now.job, job) ? { outcome: 'same', now } : { job };
}

function changed(client: Dkron, name: string, now: JobText | null, merge: Merge | null): Changed {
  const what = now === null ? 'is gone from' : 'was changed on';
  const error = new ChangedMeanwhile(`${name} ${what} ${client.url} since it was looked at`, {
    data: 'Nothing was written.',
    next: 'Look at what it is now, then decide again.',
  });
  return { outcome: 'changed', error, now, merge };
}

/** Posts the whole definition; Dkron has no partial update. */
async function save(
  client: Dkron,
  before: JobText | null,
  wanted: Job,
  children: readonly string[],
  options: WriteOptions,
): Promise<WriteResult> {
  const { name } = wanted;
  // Up to 4.0.8 the list sent replaces Dkron's own: leaving it out would cut off the children.
  const dependent_jobs = before ? before.job.dependent_jobs : children;
  const sent = stringifyJson({ ...definition(wanted), dependent_jobs });
  const post = (): Promise<void> => postJob(client.transport, name, sent);
  return carryOut(client, { name, before, wanted, sent }, options, async () => {
    try {
      await post();
    } catch (error) {
      if (!(error instanceof ParentMissing) || !(await leavesLostParent(client, before, wanted)))
        throw error;
      await post();
    }
  });
}

/**
 * Whether a job leaves a parent that no longer exists. Dkron then stores the job and answers that
 * the parent was not found all the same; only the next write is complete (store.go SetJob).
 */
async function leavesLostParent(
  client: Dkron,
  before: JobText | null,
  wanted: Job,
): Promise<boolean> {
  const old = before?.job.parent_job;
  return !!old && old !== wanted.parent_job && (await current(client, old)) === null;
}

interface Plan {
  readonly name: string;
  readonly before: JobText | null;
  /** What the server is to have afterwards; null for nothing. */
  readonly wanted: Job | null;
  /** The request's body. */
  readonly sent: string | null;
}

/** Journal, request, confirmation, journal. */
async function carryOut(
  client: Dkron,
  plan: Plan,
  options: WriteOptions,
  send: () => Promise<void>,
): Promise<WriteResult> {
  const { journal, clock = systemClock } = options;
  const time = (): string => new Date(clock.now()).toISOString();
  const id = randomUUID();
  try {
    await journal.before({
      id,
      at: time(),
      server: client.url,
      job: plan.name,
      action: plan.wanted === null ? 'delete' : 'write',
      before: plan.before?.text ?? null,
      sent: plan.sent,
    });
  } catch (error) {
    if (error instanceof OperatorError) return refused(error);
    throw error;
  }
  const result = await sendAndConfirm(client, plan, clock, send);
  const { outcome } = result;
  await journal.after(
    outcome === 'written'
      ? { id, at: time(), outcome, after: result.after?.text ?? null }
      : { id, at: time(), outcome, error: result.error.message },
  );
  return result;
}

async function sendAndConfirm(
  client: Dkron,
  { name, before, wanted }: Plan,
  clock: Clock,
  send: () => Promise<void>,
): Promise<Written | Refusal | Unknown> {
  let failure: OutcomeUnknown | null = null;
  try {
    await send();
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    if (!(error instanceof OutcomeUnknown)) return refused(error);
    failure = error;
  }
  const look = await lookAgain(client, name, (now) => arrived(before, wanted, now), clock);
  const { now } = look;
  if (look.holds) return { outcome: 'written', before, after: now ?? null };
  const differs = wanted && now ? diffJobs(wanted, now.job) : [];
  return { outcome: 'unknown', error: failure ?? notShown(client, name), now, differs };
}

/** Whether the server shows what was written. */
function arrived(before: JobText | null, wanted: Job | null, now: JobText | null): boolean {
  if (wanted === null || now === null) return wanted === now;
  const differs = diffJobs(wanted, now.job);
  if (differs.length === 0) return true;
  // With access control Dkron puts the token's owner into every job that is saved (4.0.0).
  const onlyOwner = differs.every(({ path }) => path === 'owner');
  return onlyOwner && (before === null || !sameDefinition(before.job, now.job));
}

const notShown = (client: Dkron, name: string): OutcomeUnknown =>
  new OutcomeUnknown(`${client.url} accepted the change of ${name} but does not show it`, {
    data: 'It may show later, or somebody has changed the job again.',
    next: 'Look at the job before you send anything again.',
  });

const hasChildren = ({ job }: JobText): boolean => (job.dependent_jobs ?? []).length > 0;

const childrenError = (client: Dkron, { job }: JobText): Refused =>
  new Refused(`${job.name} on ${client.url} has children: ${job.dependent_jobs?.join(', ')}`, {
    data: 'Nothing was deleted.',
    next: 'Delete them first, or give them another parent.',
  });

/** Dkron answers every failed delete with a bare 404, and also one that succeeded (parent gone). */
async function deleteError(client: Dkron, name: string): Promise<OperatorError> {
  const [now, leader] = await Promise.all([current(client, name), client.leader()]);
  if (leader.value === null) return noLeader(client.url);
  if (now !== null && hasChildren(now)) return childrenError(client, now);
  return new OutcomeUnknown(`${client.url} would not delete ${name} and gives no reason`);
}

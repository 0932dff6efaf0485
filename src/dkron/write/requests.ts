/** The requests that the write door makes, each with what the server is to have afterwards. */
import { OperatorError, OutcomeUnknown, ParentMissing, Refused } from '../../base/errors.ts';
import { definition } from '../../job/compare.ts';
import type { Job, JobText } from '../../job/job.ts';
import { stringifyJson } from '../../json/numbers.ts';
import type { Dkron } from '../client.ts';
import { transportOf } from '../sender.ts';
import { postJob, removeJob } from './calls.ts';
import { noLeader } from './leader.ts';
import { circumstances, current } from './reread.ts';

export interface Request {
  readonly name: string;
  /** What the server had at the fresh read; null for no such job. */
  readonly before: JobText | null;
  /** What the server is to have afterwards; null for nothing. */
  readonly wanted: Job | null;
  /** The body; null for a delete. */
  readonly sent: string | null;
  /** It is sent once this one was accepted. */
  readonly after?: Request | undefined;
  /** Sends it; throws what the server's answer means. */
  readonly send: () => Promise<void>;
}

/**
 * Posts the whole definition; Dkron has no partial update. `children` are those that a new job
 * already has.
 */
export function saveRequest(
  client: Dkron,
  before: JobText | null,
  wanted: Job,
  children: readonly string[] = [],
): Request {
  const { name } = wanted;
  // Up to 4.0.8 the list sent replaces Dkron's own: leaving it out would cut off the children.
  const dependent_jobs = before ? before.job.dependent_jobs : children;
  const body = (job: Job): string => stringifyJson({ ...definition(job), dependent_jobs });
  const sent = body(wanted);
  const post = (): Promise<void> => postJob(transportOf(client), name, sent);
  const send = async (): Promise<void> => {
    if (!(await leavesLostParent(client, before, wanted))) return post();
    await detach(client, name, body({ ...wanted, parent_job: '', schedule: '@manually' }));
    await post().catch((error: unknown) => {
      throw error instanceof OperatorError ? halfWay(name, error) : error;
    });
  };
  return { name, before, wanted, sent, send };
}

export function deleteRequest(client: Dkron, before: JobText): Request {
  const { name } = before.job;
  const send = async (): Promise<void> => {
    if ((await removeJob(transportOf(client), name)) === 'no reason')
      throw await deleteError(client, name);
  };
  return { name, before, wanted: null, sent: null, send };
}

/** Whether a job leaves a parent that no longer exists. */
async function leavesLostParent(
  client: Dkron,
  before: JobText | null,
  wanted: Job,
): Promise<boolean> {
  const old = before?.job.parent_job;
  return !!old && old !== wanted.parent_job && (await current(client, old)) === null;
}

/**
 * Takes a job from a lost parent before it gets a new one. Dkron stores it, stops at the lost
 * parent, and says that the parent was not found (store.go SetJob): written in one go, the job
 * would be stored and its new parent never told of it.
 */
async function detach(client: Dkron, name: string, body: string): Promise<void> {
  try {
    await postJob(transportOf(client), name, body);
  } catch (error) {
    if (!(error instanceof ParentMissing)) throw error;
  }
}

const halfWay = (name: string, cause: OperatorError): OutcomeUnknown =>
  new OutcomeUnknown(`${name} was detached from its missing parent, but then: ${cause.message}`, {
    data: 'It has no parent now and runs only by hand.',
    next: 'Set its parent and its schedule.',
    cause,
  });

const childrenOf = ({ job }: JobText): readonly string[] => job.dependent_jobs ?? [];

export const hasChildren = (job: JobText): boolean => childrenOf(job).length > 0;

export const childrenError = (client: Dkron, text: JobText): Refused =>
  new Refused(`${text.job.name} on ${client.url} has children: ${childrenOf(text).join(', ')}`, {
    data: 'Nothing was deleted.',
    next: 'Delete them first, or give them another parent.',
  });

/** Dkron answers every failed delete with a bare 404, and also one that succeeded (parent gone). */
async function deleteError(client: Dkron, name: string): Promise<OperatorError> {
  const { now, leader } = await circumstances(client, name);
  if (now && hasChildren(now) && leader) return childrenError(client, now);
  // There was a leader right before: it may have been lost with the deletion done.
  const why = leader === null ? 'its cluster has no leader now' : 'gives no reason';
  return new OutcomeUnknown(`${client.url} would not delete ${name}: ${why}`, {
    ...(leader === null && { cause: noLeader(client.url) }),
  });
}

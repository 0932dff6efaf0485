/** Looking at what answers: at a few jobs where that is enough, else at the whole list. */
import { NotFound, OperatorError, Unreachable } from '../base/errors.ts';
import type { Dkron, ReadOptions } from '../dkron/client.ts';
import { Miscounted } from '../dkron/list.ts';
import type { Job } from '../job/job.ts';
import {
  type Fingerprint,
  type JobMark,
  type Servers,
  type Sighting,
  serversOf,
  witnesses,
} from './fingerprint.ts';
import { judge } from './judge.ts';

/** What is seen of a cluster of which this is known. Throws Unreachable, and the signal's reason. */
export async function lookAsFarAsNeeded(
  client: Dkron,
  known: Fingerprint,
  now: () => number,
  reading: ReadOptions = {},
): Promise<Sighting> {
  const seen = await look(client, witnesses(known), now, reading);
  return judge(known, seen).verdict === 'same' ? seen : lookAtAll(client, now, reading);
}

/** The members and the leader, and then these jobs together; never the whole list. Throws as above. */
export async function look(
  client: Dkron,
  names: readonly string[],
  now: () => number,
  reading: ReadOptions = {},
): Promise<Sighting> {
  const around = await lookAround(client, reading);
  const marks = await Promise.all(names.map((name) => markOf(client, name, reading)));
  const known = names.flatMap((name, at) => {
    const mark = marks[at];
    return mark === undefined ? [] : [[name, mark] as const];
  });
  return { ...around, at: now() - client.skew, jobs: new Map(known), whole: false };
}

/** The members and the leader, and then the list, as far as it can be read. Throws as above. */
export async function lookAtAll(
  client: Dkron,
  now: () => number,
  reading: ReadOptions = {},
): Promise<Sighting> {
  const around = await lookAround(client, reading);
  const jobs = new Map<string, Job>();
  let whole = true;
  const onUnreadable = (): void => {
    whole = false;
  };
  try {
    for await (const { job } of client.jobs({ ...reading, onUnreadable })) jobs.set(job.name, job);
  } catch (error) {
    unlessLost(error);
    whole = false;
  }
  return { ...around, at: now() - client.skew, jobs, whole };
}

/** Before the jobs, so that what is said of the leader holds for them. */
async function lookAround(
  client: Dkron,
  reading: ReadOptions,
): Promise<Servers & { readonly leader: boolean }> {
  const [members, leader] = await Promise.all([
    client.members(reading).catch(unlessLost),
    client.leader(reading).catch(unlessLost),
  ]);
  return { ...serversOf(members?.value ?? []), leader: (leader?.value ?? null) !== null };
}

/** Null for no such job; undefined where it cannot be read and says nothing. */
async function markOf(
  client: Dkron,
  name: string,
  reading: ReadOptions,
): Promise<JobMark | null | undefined> {
  try {
    return (await client.job(name, reading)).value.job;
  } catch (error) {
    if (error instanceof NotFound) return null;
    unlessLost(error);
    return undefined;
  }
}

/** A server that answers badly is looked at all the same: what it is asked for then tells what is wrong. */
function unlessLost(error: unknown): null {
  const isLost = error instanceof Unreachable && !(error instanceof Miscounted);
  if (error instanceof OperatorError && !isLost) return null;
  throw error;
}

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
import { tellingJobs } from './marks.ts';

/** What is seen of a cluster of which this is known. Throws Unreachable, and the signal's reason. */
export async function lookAsFarAsNeeded(
  client: Dkron,
  known: Fingerprint,
  now: () => number,
  reading: ReadOptions = {},
): Promise<Sighting> {
  const seen = await look(client, witnesses(known), now, reading);
  if (judge(known, seen).verdict === 'same') return seen;
  return lookCloser(client, [known], await lookAtAll(client, now, reading), reading);
}

/**
 * Where it is not certain whether it is one of these, and jobs ran more often since: asks for the executions of a
 * few, of which the server keeps the last 100. Throws as above.
 */
export async function lookCloser(
  client: Dkron,
  known: readonly Fingerprint[],
  seen: Sighting,
  reading: ReadOptions = {},
): Promise<Sighting> {
  const unsure = known.filter((one) => judge(one, seen).verdict === 'unsure');
  const names = [...new Set(unsure.flatMap((one) => tellingJobs(one, seen)))].slice(0, most);
  const ends = await Promise.all(names.map((name) => endsOf(client, name, reading)));
  const past = names.flatMap((name, at) => (ends[at] ? [[name, ends[at]] as const] : []));
  return past.length === 0 ? seen : { ...seen, past: new Map(past) };
}

/** Each looks through all that the server keeps. */
const most = 9;

/** Null where they cannot be read. */
async function endsOf(client: Dkron, name: string, reading: ReadOptions): Promise<string[] | null> {
  try {
    const { value } = await client.executions(name, { ...reading, outputLimit: 0 });
    return value.map(({ finished_at }) => finished_at);
  } catch (error) {
    return unlessLost(error);
  }
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

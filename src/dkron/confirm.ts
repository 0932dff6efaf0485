import { setTimeout as sleep } from 'node:timers/promises';
import { NotFound, OperatorError } from '../base/errors.ts';
import type { JobText } from '../job/job.ts';
import type { Dkron, Reading } from './client.ts';

/** Time, handed in. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

export const systemClock: Clock = { now: Date.now, sleep: (ms) => sleep(ms) };

/** The job as the answering node has it now; null when there is none. */
export async function current(
  client: Dkron,
  name: string,
  reading?: Reading,
): Promise<JobText | null> {
  try {
    return (await client.job(name, reading)).value;
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}

export interface Circumstances {
  /** Null for no such job, undefined when it could not be read. */
  readonly now: JobText | null | undefined;
  /** The leader's name, likewise. */
  readonly leader: string | null | undefined;
}

/** What tells Dkron's bare failures apart. Never throws for the network. */
export async function circumstances(client: Dkron, name: string): Promise<Circumstances> {
  try {
    const [now, leader] = await Promise.all([current(client, name), client.leader()]);
    return { now, leader: leader.value?.Name ?? null };
  } catch (error) {
    if (error instanceof OperatorError) return { now: undefined, leader: undefined };
    throw error;
  }
}

/**
 * The present state of many jobs, by name. Where they are a good part of the `listed` jobs that the server
 * has, one list is cheaper than a request for each: Dkron gives 30 000 jobs a second in a list,
 * 6 000 one by one.
 */
export async function currentAll(
  client: Dkron,
  names: readonly string[],
  reading: Reading,
  listed = Number.POSITIVE_INFINITY,
): Promise<Map<string, JobText | null>> {
  if (names.length * 5 < listed) {
    const jobs = await Promise.all(names.map((name) => current(client, name, reading)));
    return new Map(names.map((name, at) => [name, jobs[at]!]));
  }
  const found = new Map<string, JobText | null>(names.map((name) => [name, null]));
  for await (const job of client.jobs(reading))
    if (found.has(job.job.name)) found.set(job.job.name, job);
  return found;
}

/** A follower shows a write after some 100 ms; in all a little more than 3 s. */
const pauses = [50, 100, 150, 250, 400, 650, 750, 750];
/** Re-reading must not hang on a server that stopped answering, ms. */
const longest = 10_000;

export interface Look {
  readonly holds: boolean;
  /** What the server has; null for no such job, undefined when it could not be read. */
  readonly now: JobText | null | undefined;
}

/**
 * Reads jobs again until each is as expected, with growing pauses. Never throws for the network.
 * `listed` is about how many jobs the server has.
 */
export async function lookAgain(
  client: Dkron,
  expected: ReadonlyMap<string, (now: JobText | null) => boolean>,
  clock: Clock,
  listed?: number,
): Promise<Map<string, Look>> {
  const signal = AbortSignal.timeout(longest);
  const looks = new Map<string, Look>();
  for (const name of expected.keys()) looks.set(name, { holds: false, now: undefined });
  const open = new Set(expected.keys());
  for (const pause of [...pauses, 0]) {
    try {
      for (const [name, now] of await currentAll(client, [...open], { signal }, listed)) {
        const holds = expected.get(name)!(now);
        looks.set(name, { holds, now });
        if (holds) open.delete(name);
      }
    } catch (error) {
      if (!(error instanceof OperatorError) && !signal.aborted) throw error;
    }
    if (open.size === 0 || signal.aborted) break;
    await clock.sleep(pause);
  }
  return looks;
}

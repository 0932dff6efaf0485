/** Reads jobs again after a write, until the server shows it or the time is over. */
import type { Pauses } from '../../base/clock.ts';
import { NotFound, OperatorError, UnreadableJob } from '../../base/errors.ts';
import type { JobText } from '../../job/job.ts';
import type { Dkron, ReadOptions } from '../client.ts';
import { between, type Elsewhere, failureOf, longest, patience } from './leader.ts';

/** The job as the answering node has it now; null for no such job. */
export async function current(
  client: Dkron,
  name: string,
  reading?: ReadOptions,
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

/** What a server has of a job: null for nothing, an error for what cannot be read. */
export type Found = JobText | null | UnreadableJob;

async function foundOf(client: Dkron, name: string, reading: ReadOptions): Promise<Found> {
  try {
    return await current(client, name, reading);
  } catch (error) {
    if (error instanceof UnreadableJob) return error;
    throw error;
  }
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
 * 6 000 one by one. What a list shows of the names `besides` is given as well.
 */
export async function currentAll(
  client: Dkron,
  names: readonly string[],
  reading: ReadOptions,
  listed = Number.POSITIVE_INFINITY,
  besides: readonly string[] = [],
): Promise<Map<string, Found>> {
  if (names.length * 5 < listed) {
    const jobs = await Promise.all(names.map((name) => foundOf(client, name, reading)));
    return new Map(names.map((name, at) => [name, jobs[at]!]));
  }
  const found = new Map<string, Found>([...names, ...besides].map((name) => [name, null]));
  const note = (name: string, what: Found): void => void (found.has(name) && found.set(name, what));
  const onUnreadable = (error: UnreadableJob, name: string): void => note(name, error);
  for await (const job of client.jobs({ ...reading, names: found, onUnreadable }))
    note(job.job.name, job);
  return found;
}

/** A follower shows a write after some 100 ms; in all a little more than 3 s. */
const pauses = [50, 100, 150, 250, 400, 650, 750, 750];
export interface Sighting {
  readonly holds: boolean;
  /** What the server has; null for no such job, undefined when it could not be read. */
  readonly now: JobText | null | undefined;
  /** Why it could not be read the last time. */
  readonly failure?: OperatorError;
}

export interface Looking {
  readonly clock: Pauses;
  /** About how many jobs the server has. */
  readonly listed?: number | undefined;
  /** Ends the waiting for a server that does not answer; one that answers is still read again. */
  readonly signal?: AbortSignal | undefined;
  /** Told once when a server does not answer and is waited for. */
  readonly onWait?: ((failure: OperatorError) => void) | undefined;
  /** What is read must be of the cluster that was changed; looked at before it is believed. */
  readonly elsewhere?: Elsewhere | undefined;
  /** An answer was lost: only the reading tells what happened. */
  readonly isLost?: boolean | undefined;
  readonly next?: Next | undefined;
  /** What a reading of a moment ago showed of all of them: that is looked at first. Null for none. */
  readonly shown?: Map<string, Found> | null;
}

/** What is written or looked at next: told of it where the reading that showed the last job was of the whole list. */
export interface Next {
  readonly names: readonly string[];
  readonly found: (found: ReadonlyMap<string, Found>) => void;
}

/**
 * Reads jobs again until each is as expected, with growing pauses; a server that does not answer, or
 * another cluster in its place, is waited for, half a minute in all. Never throws for the network.
 */
export async function lookAgain(
  client: Dkron,
  expected: ReadonlyMap<string, (now: JobText | null) => boolean>,
  { clock, listed, signal, onWait, isLost = false, elsewhere = async () => null, ...more }: Looking,
): Promise<Map<string, Sighting>> {
  let { next, shown = null } = more;
  const looks = new Map<string, Sighting>();
  for (const name of expected.keys()) looks.set(name, { holds: false, now: undefined });
  const open = new Set(expected.keys());
  let paused = 0;
  let waited = 0;
  while (open.size > 0) {
    const began = clock.now();
    // What is not there yet is looked for again; the last word of a server must be the right one's.
    const failure = await look(isLost || paused === pauses.length);
    if (open.size === 0) break;
    const pause = failure === null ? pauses[paused++] : between;
    if (pause === undefined) break;
    if (failure !== null) {
      const ended = client.closed || signal?.aborted;
      if (ended || waited >= patience) break;
      if (waited === 0) onWait?.(failure);
      waited += pause + clock.now() - began;
      paused = 0;
    }
    await pauseOf(clock, pause, failure === null ? undefined : signal);
  }
  return looks;

  /** Why the server could not be read, or is another where that `counts`; null when it could. */
  async function look(counts: boolean): Promise<OperatorError | null> {
    const limit = AbortSignal.timeout(longest);
    try {
      const names = [...open];
      const found =
        shown ?? (await currentAll(client, names, { signal: limit }, listed, next?.names));
      shown = null;
      const other = counts ? await elsewhere(limit) : null;
      if (other !== null) throw other;
      for (const name of names) {
        const now = found.get(name)!;
        if (now instanceof UnreadableJob) {
          looks.set(name, { holds: false, now: undefined, failure: now });
          continue;
        }
        const holds = expected.get(name)!(now);
        looks.set(name, { holds, now });
        if (holds) open.delete(name);
      }
      if (open.size === 0 && next !== undefined) next.found(only(found, next.names));
      return null;
    } catch (error) {
      const failure = failureOf(error, client, limit);
      for (const name of open) looks.set(name, { holds: false, now: undefined, failure });
      return failure;
    }
  }
}

/** The others are thousands, which nobody needs any more. */
const only = (found: ReadonlyMap<string, Found>, names: readonly string[]): Map<string, Found> =>
  new Map(
    names.flatMap((name) => {
      const now = found.get(name);
      return now === undefined ? [] : [[name, now] as const];
    }),
  );

/** Waits so long, or until the signal. */
async function pauseOf(clock: Pauses, ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return clock.sleep(ms);
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const abort = (): void => resolve();
  signal.addEventListener('abort', abort);
  await Promise.race([clock.sleep(ms), promise]);
  signal.removeEventListener('abort', abort);
}

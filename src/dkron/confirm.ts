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

/** A follower shows a write after some 100 ms; in all a little more than 3 s. */
const pauses = [50, 100, 150, 250, 400, 650, 750, 750];
/** Re-reading must not hang on a server that stopped answering, ms. */
const longest = 10_000;

export interface Look {
  readonly holds: boolean;
  /** What the server has; null for no such job, undefined when it could not be read. */
  readonly now: JobText | null | undefined;
}

/** Reads a job again until it is as expected, with growing pauses. Never throws for the network. */
export async function lookAgain(
  client: Dkron,
  name: string,
  expected: (now: JobText | null) => boolean,
  clock: Clock,
): Promise<Look> {
  const signal = AbortSignal.timeout(longest);
  let now: JobText | null | undefined;
  for (const pause of [...pauses, 0]) {
    try {
      now = await current(client, name, { signal });
      if (expected(now)) return { holds: true, now };
    } catch (error) {
      if (!(error instanceof OperatorError) && !signal.aborted) throw error;
    }
    if (signal.aborted) break;
    await clock.sleep(pause);
  }
  return { holds: false, now };
}

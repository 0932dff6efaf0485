import { setTimeout as sleep } from 'node:timers/promises';

/** Node's timers reach no further than this many milliseconds, 24 days. */
export const LONGEST_WAIT = 2 ** 31 - 1;

/** Waits that many milliseconds, at most the longest there is, or until the signal is aborted. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(Math.min(milliseconds, LONGEST_WAIT), undefined, { signal }).catch(
    (error: unknown) => {
      if (!signal.aborted) throw error;
    },
  );
}

/** Whether the cluster that is changed takes changes, and waiting until it does. */
import type { Pauses } from '../../base/clock.ts';
import { NoLeader, OperatorError, OtherCluster, TooBusy, Unreachable } from '../../base/errors.ts';
import type { Dkron } from '../client.ts';

/** How long a server is waited for that does not answer, ms, and how often it is tried. */
export const patience = 30_000;
export const between = 1_000;
/** One reading must not hang on a server that stopped answering, ms. */
export const longest = 10_000;

export const noLeader = (url: string): NoLeader =>
  new NoLeader(`the cluster of ${url} has no leader`, {
    data: 'Nothing was changed.',
    next: 'Reading still works. Try again when the nodes have elected a leader.',
  });

/** Whether nothing was changed, and the same may be asked again once the right cluster takes changes. */
export const passes = (error: OperatorError): boolean =>
  [TooBusy, NoLeader, Unreachable, OtherCluster].some((kind) => error instanceof kind);

/** Why what answers now is not the cluster that was changed; null while it is. */
export type Elsewhere = (signal?: AbortSignal) => Promise<OperatorError | null>;

/** What is waited with. */
export interface Waiting {
  readonly client: Dkron;
  readonly clock: Pauses;
  readonly elsewhere: Elsewhere;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Waits until the right cluster answers and has a leader; gives why it has not at `until`, by the
 * clock, or where the signal comes first. The first look comes after `pause` ms.
 */
export async function untilLed(
  { client, clock, elsewhere, signal }: Waiting,
  { until, pause }: { readonly until: number; readonly pause: number },
): Promise<OperatorError | null> {
  // What is stuck on the connections of before must not take the place of what is to come.
  client.renew();
  if (pause > 0) await clock.sleep(pause, signal);
  for (;;) {
    const failure = await leaderless(client, elsewhere);
    if (failure === null || client.closed || signal?.aborted || clock.now() >= until)
      return failure;
    await clock.sleep(between, signal);
  }
}

/**
 * Does what only reads once more when there is a leader, where it failed for a reason that passes; gives the last
 * failure after half a minute. `onWait` is told of the first.
 */
export async function whenLed<T>(
  waiting: Waiting,
  work: () => Promise<T | OperatorError>,
  onWait: ((failure: OperatorError) => void) | undefined,
): Promise<T | OperatorError> {
  const { clock, client, signal } = waiting;
  const until = clock.now() + patience;
  for (let times = 0; ; times++) {
    const done = await work();
    // Another cluster at the very beginning is a mistake, and no hitch.
    const waits = done instanceof OperatorError && !(done instanceof OtherCluster) && passes(done);
    if (!waits) return done;
    if (signal?.aborted || client.closed || clock.now() >= until) return done;
    if (times === 0) onWait?.(done);
    await untilLed(waiting, { until, pause: times === 0 ? 0 : between });
  }
}

/** Why no change can be made now; null where one can. */
async function leaderless(client: Dkron, elsewhere: Elsewhere): Promise<OperatorError | null> {
  const limit = AbortSignal.timeout(longest);
  try {
    const [{ value }, other] = await Promise.all([
      client.leader({ signal: limit }),
      elsewhere(limit),
    ]);
    return other ?? (value === null ? noLeader(client.url) : null);
  } catch (error) {
    return failureOf(error, client, limit);
  }
}

/** Why a reading failed, that `limit` may have ended; throws a defect. */
export function failureOf(error: unknown, { url }: Dkron, limit: AbortSignal): OperatorError {
  if (error instanceof OperatorError) return error;
  if (!limit.aborted) throw error;
  return new Unreachable(`${url} gave no answer within ${longest / 1000} s`);
}

/** Waits until a cluster can be asked to run something. */
import type { Pauses } from '../../base/clock.ts';
import { NotSent, OperatorError } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import { noLeader } from '../../dkron/write/leader.ts';

export interface Readying {
  readonly client: Dkron;
  readonly clock: Pauses;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  readonly onWait: (failure: OperatorError) => void;
  /** How long it is waited for, ms. */
  readonly patience: number;
}

const between = 1_000;
/** One look must not hang on a connection that leads nowhere, ms. */
const longest = 10_000;

/** Null once it has a leader; else why nothing was sent. */
export async function untilReady(options: Readying): Promise<OperatorError | null> {
  const { client, clock, signal, onWait, patience } = options;
  const until = clock.now() + patience;
  for (let times = 0; ; times++) {
    const failure = await notReady(client, signal);
    if (failure === null) return null;
    if (signal.aborted || client.closed) return new NotSent('stopped before it was sent');
    if (clock.now() >= until) return failure;
    if (times === 0) onWait(failure);
    client.renew();
    await clock.sleep(between, signal);
  }
}

async function notReady(client: Dkron, signal: AbortSignal): Promise<OperatorError | null> {
  const limit = AbortSignal.timeout(longest);
  try {
    const { value } = await client.leader({ signal: AbortSignal.any([signal, limit]) });
    return value === null ? noLeader(client.url) : null;
  } catch (error) {
    if (error instanceof OperatorError) return error;
    if (signal.aborted || limit.aborted) return new NotSent(`${client.url} gave no answer`);
    throw error;
  }
}

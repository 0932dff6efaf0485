import { openReach, type Reach } from '../contexts/reach.ts';
import { createClient, type Dkron } from '../dkron/client.ts';
import { skewNote } from '../view/skew.ts';
import type { Invocation } from './invocation.ts';
import { printNote } from './output.ts';

/**
 * Works with the Dkron of a command and closes its connections afterwards. Says last when the clocks do
 * not agree, for people.
 */
export async function withDkron<T>(
  invocation: Invocation,
  work: (dkron: Dkron) => Promise<T>,
): Promise<T> {
  const reach = reachFor(invocation);
  const { log, early = null, leaving } = invocation.io;
  const dkron = createClient({ route: reach.route, log, early });
  const { giveUp } = leaving;
  // Requests that were sent and are waited for no longer end here, with an unknown outcome.
  giveUp.addEventListener('abort', () => void dkron.close(), { once: true });
  try {
    return await work(dkron);
  } finally {
    const note = invocation.json ? null : skewNote(dkron.skew);
    if (note !== null) printNote(invocation.io, note);
    await dkron.close();
    await reach.close();
  }
}

/** The way to the Dkron of a command; what its operator should know of it is printed. */
export const reachFor = ({ io, json, target }: Invocation): Reach =>
  openReach(target, { env: io.env, warn: (text) => void (json || printNote(io, text)) });

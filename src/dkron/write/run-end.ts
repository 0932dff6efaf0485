/** The end of a run as the executions show it: the answer to the request may be lost on its way. */

import type { Pauses } from '../../base/clock.ts';
import { OperatorError, OutcomeUnknown } from '../../base/errors.ts';
import { busyNow } from '../busy.ts';
import type { Dkron } from '../client.ts';
import { unfinished } from '../execution.ts';
import type { Execution } from '../shapes.ts';
import { patience } from './reread.ts';

export interface Following {
  /** The executions that were there before, by their ids. */
  readonly before: ReadonlySet<string>;
  /** Why there was no answer to the request; null when the run was accepted. */
  readonly lost: OperatorError | null;
  readonly clock: Pauses;
  /** Ends the waiting: throws its reason. The run goes on. */
  readonly signal?: AbortSignal | undefined;
  /** Told once when the server does not answer and is waited for. */
  readonly onWait?: ((failure: OperatorError) => void) | undefined;
  /** Bytes to read of each output; all of it unless it is said. */
  readonly outputLimit?: number;
}

const pause = 500;
/** A run that was accepted shows within this many ms, on a follower too. */
const grace = 5_000;

/**
 * Waits until the run that was not there before has ended, and gives its executions. Throws
 * OutcomeUnknown when none shows, and when the server cannot be read for half a minute.
 */
export async function runEnd(
  client: Dkron,
  name: string,
  { before, lost, clock, signal, onWait, outputLimit = -1 }: Following,
): Promise<Execution[]> {
  let looked = 0;
  let away = 0;
  for (;;) {
    const began = clock.now();
    const seen = await look();
    if (seen instanceof OperatorError) {
      if (client.closed || away >= patience) throw notRead(client, name, lost ?? seen);
      if (away === 0) onWait?.(seen);
      away += pause + clock.now() - began;
    } else {
      away = 0;
      if (seen.executions.length > 0 && !seen.under) return seen.executions;
      if (!seen.under && looked >= grace) throw notSeen(client, name, lost);
      looked += pause;
    }
    signal?.throwIfAborted();
    await clock.sleep(pause);
    signal?.throwIfAborted();
  }

  async function listed(): Promise<readonly Execution[]> {
    return (await client.executions(name, { signal, outputLimit })).value;
  }

  async function look() {
    try {
      const executions = newestRun(await listed(), before);
      const busy = await busyNow(client, signal);
      const under = busy.some(({ job_name }) => job_name === name) || executions.some(unfinished);
      return { executions, under };
    } catch (error) {
      if (error instanceof OperatorError) return error;
      throw error;
    }
  }
}

/** The executions of a run that failed: the last try on each node counts. They come newest first. */
export const failuresOf = (executions: readonly Execution[]): Execution[] =>
  executions
    .filter(
      ({ node_name }, at) => executions.findIndex((each) => each.node_name === node_name) === at,
    )
    .filter(({ success }) => !success);

/** The ids of the executions that are there, to know a new one by. */
export const executionIds = async (
  client: Dkron,
  name: string,
  signal?: AbortSignal,
): Promise<Set<string>> =>
  new Set((await client.executions(name, { signal, outputLimit: 0 })).value.map(({ id }) => id));

/** Executions that were not there before, of the first run among them; a schedule may fire too. */
function newestRun(executions: readonly Execution[], before: ReadonlySet<string>): Execution[] {
  const fresh = executions.filter(({ id }) => !before.has(id));
  const first = fresh.at(-1)?.group;
  return fresh.filter(({ group }) => group === first);
}

const next = (name: string): string =>
  `See 'dkron-tui executions ${name}' before you run it again.`;

function notSeen({ url }: Dkron, name: string, lost: OperatorError | null): OutcomeUnknown {
  if (lost === null)
    return new OutcomeUnknown(`${url} ran ${name}, but shows no execution of it`, {
      next: next(name),
    });
  return new OutcomeUnknown(lost.message, {
    data: `The request to run ${name} was sent, but no execution of it is listed: it may have run or not.`,
    next: next(name),
    cause: lost,
  });
}

const notRead = ({ url }: Dkron, name: string, cause: OperatorError): OutcomeUnknown =>
  new OutcomeUnknown(`it is not known whether ${name} ran to its end on ${url}: ${cause.message}`, {
    data: 'The request was sent; a run that began goes on without this program.',
    next: next(name),
    cause,
  });

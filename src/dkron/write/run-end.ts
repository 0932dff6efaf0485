/** The end of a run as the executions show it: the answer to the request may be lost on its way. */

import type { Pauses } from '../../base/clock.ts';
import { OperatorError, OutcomeUnknown, operatorError, Unreachable } from '../../base/errors.ts';
import { busyNow } from '../busy.ts';
import type { Dkron } from '../client.ts';
import { unfinished } from '../execution.ts';
import type { Execution } from '../shapes.ts';
import type { Elsewhere } from './leader.ts';

export interface Following {
  /** The executions that were there before, by their ids. */
  readonly before: ReadonlySet<string>;
  /** Why there was no answer to the request; null when the run was accepted. */
  readonly lost: OperatorError | null;
  readonly clock: Pauses;
  /** Ends the waiting: throws its reason. The run goes on. */
  readonly signal?: AbortSignal | undefined;
  /** Told once each time when the server does not answer and is waited for. */
  readonly onWait?: ((failure: OperatorError) => void) | undefined;
  /** Told when the server that was waited for answers again. */
  readonly onBack?: (() => void) | undefined;
  /** How long a server that does not answer is waited for, ms; for ever unless it is said. */
  readonly patience?: number | undefined;
  /** What is found must be of the cluster that was asked to run it. */
  readonly elsewhere?: Elsewhere | undefined;
  /** Bytes to read of each output; all of it unless it is said. */
  readonly outputLimit?: number;
}

const pause = 500;
/** After so long without an answer it is asked more seldom, ms. */
const away = { long: 20_000, pause: 2_000 };
/** A run that was accepted shows within this many ms, on a follower too. */
const grace = 5_000;
/** One look must not hang on a connection that leads nowhere, ms. */
const longest = 10_000;

/** What the executions and /busy show of a run. */
export interface RunSight {
  /** Newest first; none before the run shows. */
  readonly executions: readonly Execution[];
  /** It has not ended, or another run of the job has not. */
  readonly under: boolean;
}

/** One look at the run that was not there before; what kept it from being seen as an error. */
export async function lookAtRun(
  client: Dkron,
  name: string,
  before: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<RunSight | OperatorError> {
  const limit = AbortSignal.timeout(longest);
  const either = signal === undefined ? limit : AbortSignal.any([signal, limit]);
  try {
    const { value } = await client.executions(name, { signal: either, outputLimit: 0 });
    const executions = newestRun(value, before);
    const busy = await busyNow(client, either);
    const under = busy.some(({ job_name }) => job_name === name) || executions.some(unfinished);
    return { executions, under };
  } catch (error) {
    if (error instanceof OperatorError) return error;
    if (!limit.aborted || signal?.aborted) throw error;
    client.renew();
    return new Unreachable(`${client.url} cannot be reached: no answer in ${longest / 1000} s`);
  }
}

/**
 * Waits until the run that was not there before has ended, and gives its executions. Throws
 * OutcomeUnknown when none shows, and when the server cannot be read for as long as `patience`.
 */
export async function runEnd(
  client: Dkron,
  name: string,
  following: Following,
): Promise<readonly Execution[]> {
  const { before, lost, clock, signal, onWait, onBack, outputLimit = -1 } = following;
  const { patience = Number.POSITIVE_INFINITY, elsewhere = async () => null } = following;
  let looked = 0;
  let gone = 0;
  for (;;) {
    const began = clock.now();
    const seen = await look();
    let wait = pause;
    if (seen instanceof OperatorError) {
      if (client.closed || gone >= patience) throw notRead(client, name, lost ?? seen);
      if (gone === 0) onWait?.(seen);
      if (gone >= away.long) wait = away.pause;
      gone += wait + clock.now() - began;
    } else {
      if (gone > 0) onBack?.();
      gone = 0;
      if (seen.executions.length > 0 && !seen.under) return seen.executions;
      if (!seen.under && looked >= grace) throw notSeen(client, name, lost);
      looked += wait;
    }
    signal?.throwIfAborted();
    await clock.sleep(wait, signal);
    signal?.throwIfAborted();
  }

  async function look(): Promise<RunSight | OperatorError> {
    const seen = await lookAtRun(client, name, before, signal);
    const ended = !(seen instanceof OperatorError) && seen.executions.length > 0 && !seen.under;
    if (!ended) return seen;
    const other = await elsewhere(signal).catch(operatorError);
    if (other !== null) return other;
    return outputLimit === 0 ? seen : withOutput();
  }

  /** The end once more with what the run said, which may be a lot. */
  async function withOutput(): Promise<RunSight | OperatorError> {
    try {
      const { value } = await client.executions(name, { signal, outputLimit });
      return { executions: newestRun(value, before), under: false };
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

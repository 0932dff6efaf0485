/** Changes of a server that change no definition: running a job, clearing its history. */

import type { Pauses } from '../../base/clock.ts';
import {
  NoLeader,
  NotFound,
  OperatorError,
  OutcomeUnknown,
  Refused,
  Unreachable,
} from '../../base/errors.ts';
import type { Job, JobText } from '../../job/job.ts';
import type { Dkron } from '../client.ts';
import { transportOf } from '../sender.ts';
import type { Execution } from '../shapes.ts';
import type { Transport } from '../transport.ts';
import type { Ask } from '../wire.ts';
import { type Bare, removeExecutions, runOnce } from './calls.ts';
import { noLeader } from './leader.ts';
import { circumstances, type Looking, lookAgain } from './reread.ts';
import type { Refusal } from './result.ts';
import { executionIds, type Following, runEnd } from './run-end.ts';
import { unanswered } from './run-watch.ts';

/** It was sent and may have happened: executions and /busy tell. */
interface NotKnown {
  readonly outcome: 'unknown';
  readonly error: OperatorError;
}

interface Done {
  readonly outcome: 'done';
}

/** All executions of a run that ended, newest first: whether they failed is theirs to tell. */
export interface Ran extends Done {
  readonly executions: readonly Execution[];
}

export type ClearResult = Done | Refusal | NotKnown;
export type RunResult = Ran | Refusal | NotKnown;

export interface RunOptions
  extends Pick<
    Following,
    'signal' | 'onWait' | 'onBack' | 'patience' | 'outputLimit' | 'elsewhere'
  > {
  /** Told of the ids of the executions that are there; nothing is sent before that is done, or where it throws. */
  readonly onSending?: (before: ReadonlySet<string>) => Promise<void>;
  /** Told when the request is on its way: not before its connection was looked at. */
  readonly onSent?: () => void;
  /** Told when no answer came: it is looked then whether the job runs. */
  readonly onLost?: (failure: OperatorError) => void;
}

export type FindOptions = Omit<Following, 'clock' | 'elsewhere'>;
export type ClearOptions = Omit<Looking, 'clock'>;

/** An answer that comes later than this may be one of a leader that died in the middle of the run, ms. */
const atOnce = 1_000;

/**
 * Runs a job now and waits until all its executions have ended, retries included, which may take
 * hours. How they ended only they tell; where the answer is lost, also whether it ran: it is looked
 * for until it is found, or `patience` is over. Sent once, whatever happens. Throws the signal's
 * reason; a run that was asked for goes on.
 */
export async function runToEnd(
  client: Dkron,
  clock: Pauses,
  name: string,
  { onSending, onSent, onLost, ...following }: RunOptions,
): Promise<RunResult> {
  const { signal } = following;
  try {
    const before = await executionIds(client, name, signal).catch(sentNothing);
    await onSending?.(before);
    signal?.throwIfAborted();
    let asked = clock.now();
    const sending = untilSent(signal, () => {
      asked = clock.now();
      onSent?.();
    });
    const running = answerOrSilence(client, clock, name, { before, sending });
    const result = await untilAborted(running.result, signal).finally(running.stop);
    const refused = result.outcome === 'refused';
    if (refused && clock.now() - asked < atOnce) return result;
    const lost = result.outcome === 'done' ? null : result.error;
    if (result.outcome === 'unknown') onLost?.(result.error);
    const followed = { ...following, before, lost, clock };
    const executions = await runEnd(client, name, followed).catch((error: unknown) => {
      if (refused && !(lost instanceof NoLeader) && error instanceof OperatorError) return null;
      throw error;
    });
    return executions === null ? (result as Refusal) : { outcome: 'done', executions };
  } catch (error) {
    return failureOf(error);
  }
}

/** Looks for a run that was asked for before, `before` was all there was then, and waits for its end. Sends nothing. */
export async function findRun(
  client: Dkron,
  name: string,
  following: Following,
): Promise<Exclude<RunResult, Refusal>> {
  try {
    return { outcome: 'done', executions: await runEnd(client, name, following) };
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return { outcome: 'unknown', error };
  }
}

type Sending = Pick<Ask, 'signal' | 'onSent'>;

/** Until the request is on its connection the signal takes it back, and nothing has happened. */
function untilSent(signal: AbortSignal | undefined, onSent: () => void): Required<Sending> {
  const back = new AbortController();
  const takeBack = (): void => back.abort(signal?.reason);
  signal?.addEventListener('abort', takeBack, { once: true });
  return {
    signal: back.signal,
    onSent: () => {
      signal?.removeEventListener('abort', takeBack);
      onSent();
    },
  };
}

/** The answer to the request, or that none is to be expected any more. */
function answerOrSilence(
  client: Dkron,
  clock: Pauses,
  name: string,
  { before, sending }: { readonly before: ReadonlySet<string>; readonly sending: Sending },
): { readonly result: Promise<ClearResult>; readonly stop: () => void } {
  const watching = new AbortController();
  const silence = unanswered(client, name, { before, clock, signal: watching.signal }).then(
    (error): NotKnown => ({ outcome: 'unknown', error }),
  );
  const asked = clock.now();
  const late = (): boolean => clock.now() - asked >= atOnce;
  const result = Promise.race([askToRun(client, name, { late, ...sending }), silence]);
  return { result, stop: () => watching.abort() };
}

/** What was read before the request failed: that is the end of it, and nothing happened. */
export function sentNothing(error: unknown): never {
  if (!(error instanceof Unreachable)) throw error;
  throw new Unreachable(error.message, {
    data: 'Nothing was sent, so nothing runs.',
    ...(error.next === undefined ? {} : { next: error.next }),
    cause: error,
  });
}

/** Dkron answers when the run has ended; a console that closes does not wait for that. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort);
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', abort));
}

/**
 * Sends the request to run a job, once; answers when its executions have ended. Where it is `late`,
 * an answer without a reason may come from a leader that was lost in the middle of the run.
 */
export const askToRun = (
  client: Dkron,
  name: string,
  { late = () => false, ...sending }: Sending & { readonly late?: () => boolean } = {},
): Promise<ClearResult> => {
  const send = (transport: Transport) => runOnce(transport, name, sending);
  return once(client, name, send, ({ disabled }) => {
    if (disabled)
      return new Refused(`${name} is disabled, and Dkron does not run disabled jobs`, {
        next: 'Enable it first.',
      });
    if (late())
      return new OutcomeUnknown(`${client.url} failed on the run of ${name} and gives no reason`);
    return new Refused(`${client.url} would not run ${name} and gives no reason`, {
      next: 'Perhaps no alive node has the tags of the job.',
    });
  });
};

/**
 * Clears a job's history and counters; refused as Unsupported before 4.1.0. Where no answer came, it
 * is looked whether the counters are gone.
 */
export async function clearExecutions(
  client: Dkron,
  clock: Pauses,
  name: string,
  looking: ClearOptions,
): Promise<ClearResult> {
  const result = await once(
    client,
    name,
    removeExecutions,
    () => new OutcomeUnknown(`${client.url} failed to clear ${name} and gives no reason`),
  );
  if (result.outcome !== 'unknown') return result;
  const isClear = (now: JobText | null): boolean =>
    now !== null && now.job.success_count === 0 && now.job.error_count === 0;
  const looks = await lookAgain(client, new Map([[name, isClear]]), {
    ...looking,
    clock,
    isLost: true,
  });
  return looks.get(name)!.holds ? { outcome: 'done' } : result;
}

/** Sends once; asks why where Dkron gives no reason. `reason` knows it for a job that exists. */
async function once(
  client: Dkron,
  name: string,
  send: (transport: Transport, name: string) => Promise<Bare>,
  reason: (job: Job) => OperatorError,
): Promise<ClearResult> {
  try {
    if ((await send(transportOf(client), name)) === 'done') return { outcome: 'done' };
    throw await whyNot(client, name, reason);
  } catch (error) {
    return failureOf(error);
  }
}

/** What an operator can act on; throws anything else. */
function failureOf(error: unknown): Refusal | NotKnown {
  if (!(error instanceof OperatorError)) throw error;
  return { outcome: error instanceof OutcomeUnknown ? 'unknown' : 'refused', error };
}

async function whyNot(
  client: Dkron,
  name: string,
  reason: (job: Job) => OperatorError,
): Promise<OperatorError> {
  const { now, leader } = await circumstances(client, name);
  if (now === undefined)
    return new OutcomeUnknown(`${client.url} failed on ${name}, and then could not be reached`);
  if (now === null) return new NotFound(`there is no job ${name} on ${client.url}`);
  return leader === null ? noLeader(client.url) : reason(now.job);
}

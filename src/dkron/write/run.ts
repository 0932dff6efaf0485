/** Changes of a server that change no definition: running a job, clearing its history. */
import { systemClock } from '../../base/clock.ts';
import { NotFound, OperatorError, OutcomeUnknown, ReadOnly, Refused } from '../../base/errors.ts';
import type { Job, JobText } from '../../job/job.ts';
import type { Dkron } from '../client.ts';
import { type Bare, noLeader, removeExecutions, runOnce } from './calls.ts';
import { circumstances, type Looking, lookAgain } from './reread.ts';

export type RunResult =
  | { readonly outcome: 'done' }
  /** Nothing happened, and why. */
  | { readonly outcome: 'refused'; readonly error: OperatorError }
  /** It was sent and may have happened: executions and /busy tell. */
  | { readonly outcome: 'unknown'; readonly error: OperatorError };

export interface RunOptions {
  /** Stops it here. */
  readonly readOnly?: boolean;
}

export interface ClearOptions extends RunOptions, Partial<Looking> {}

/**
 * Runs a job now and answers when all its executions have ended, retries included, which may take
 * hours. A lost connection does not stop the run, and the request is never sent again.
 */
export const runJob = (client: Dkron, name: string, options: RunOptions): Promise<RunResult> =>
  once(client, name, options, runOnce, ({ disabled }) =>
    disabled
      ? new Refused(`${name} is disabled, and Dkron runs no disabled job`, {
          next: 'Enable it first.',
        })
      : new Refused(`${client.url} would not run ${name} and gives no reason`, {
          next: 'Perhaps no node that is alive has the tags it asks for.',
        }),
  );

/**
 * Clears a job's history and counters; refused as Unsupported before 4.1.0. Where no answer came, it
 * is looked whether the counters are gone.
 */
export async function clearExecutions(
  client: Dkron,
  name: string,
  { readOnly = false, clock = systemClock, ...looking }: ClearOptions,
): Promise<RunResult> {
  const result = await once(
    client,
    name,
    { readOnly },
    removeExecutions,
    () => new OutcomeUnknown(`${client.url} failed to clear ${name} and gives no reason`),
  );
  if (result.outcome !== 'unknown') return result;
  const isClear = (now: JobText | null): boolean =>
    now !== null && now.job.success_count === 0 && now.job.error_count === 0;
  const looks = await lookAgain(client, new Map([[name, isClear]]), { ...looking, clock });
  return looks.get(name)?.holds ? { outcome: 'done' } : result;
}

/** Sends once; asks why where Dkron gives no reason. `reason` knows it for a job that exists. */
async function once(
  client: Dkron,
  name: string,
  { readOnly }: RunOptions,
  send: (transport: Dkron['transport'], name: string) => Promise<Bare>,
  reason: (job: Job) => OperatorError,
): Promise<RunResult> {
  try {
    if (readOnly) throw new ReadOnly('read-only: nothing is changed');
    if ((await send(client.transport, name)) === 'done') return { outcome: 'done' };
    throw await whyNot(client, name, reason);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return { outcome: error instanceof OutcomeUnknown ? 'unknown' : 'refused', error };
  }
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

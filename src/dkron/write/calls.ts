/**
 * The requests that change a server, each sent once, and what Dkron's answers to them mean.
 * Nothing here looks before or checks after: only its neighbours may call these.
 */
import {
  type OperatorError,
  OutcomeUnknown,
  ParentMissing,
  Paused,
  Refused,
  TooBusy,
  Unsupported,
} from '../../base/errors.ts';
import { answerError, isNoRoute } from '../answer-error.ts';
import { jobPath } from '../paths.ts';
import { serverWords } from '../server-words.ts';
import type { Transport } from '../transport.ts';
import { type Ask, methodOf, type Reply } from '../wire.ts';
import { noLeader } from './leader.ts';

const nothingChanged = 'Nothing was changed.';

/** POST of a whole job; resolves when Dkron accepted it. `body` is the job as JSON. */
export async function postJob(transport: Transport, name: string, body: string): Promise<void> {
  const reply = await transport.send({ method: 'POST', path: '/v1/jobs', body });
  const text = await reply.text();
  if (reply.status !== 201 && reply.status !== 200)
    throw refusal(transport.url, name, reply, text) ?? changeError(transport.url, reply, text);
}

/** The answer to a run, delete or clear: done, or one of Dkron's failures that give no reason. */
export type Bare = 'done' | 'no reason';

/** Runs a job now; answers when all its executions have ended, retries included. */
export const runOnce = (
  transport: Transport,
  name: string,
  sending: Pick<Ask, 'signal' | 'onSent'> = {},
): Promise<Bare> =>
  bare(transport, { ...sending, method: 'POST', path: jobPath(name), patience: 0 });

export const removeJob = (transport: Transport, name: string): Promise<Bare> =>
  bare(transport, { method: 'DELETE', path: jobPath(name) });

/** Clears history and counters (4.1.0). Throws Unsupported before that. */
export const removeExecutions = (transport: Transport, name: string): Promise<Bare> =>
  bare(transport, { method: 'DELETE', path: `${jobPath(name)}/executions` });

/** Gives the node that did it. The answer says what the flag is now, which is what was asked for. */
export async function sendPause(transport: Transport, paused: boolean): Promise<string | null> {
  const reply = await transport.send({
    method: 'POST',
    path: paused ? '/v1/pause' : '/v1/unpause',
  });
  const text = await reply.text();
  if (reply.status !== 200) throw changeError(transport.url, reply, text);
  return reply.whom;
}

async function bare(
  transport: Transport,
  ask: Pick<Ask, 'method' | 'path' | 'patience' | 'signal' | 'onSent'>,
): Promise<Bare> {
  const reply = await transport.send(ask);
  const text = await reply.text();
  if (reply.status === 200 || reply.status === 202) return 'done';
  const noReason = text === '' && (reply.status === 404 || reply.status === 500);
  if (noReason) return 'no reason';
  throw changeError(transport.url, reply, text);
}

/** What Dkron says when it certainly did not store the job; null for anything else. */
function refusal(url: string, name: string, reply: Reply, text: string): OperatorError | null {
  const { status, whom } = reply;
  const data = nothingChanged;
  if (status === 400 && whom !== null)
    return new Refused(`${url} refused ${name}: ${reasonIn(serverWords(reply, text))}`, { data });
  if (status === 404 && text === 'specified parent job not found')
    return new ParentMissing(`${url} refused ${name}: its parent job does not exist there`, {
      data,
      next: 'Write the parent first, or remove it from the job.',
    });
  if (status === 503 && text.startsWith('New job submissions'))
    return new Paused(`node ${whom} of ${url} accepts no new or changed jobs: it is paused`, {
      data,
      next: "'dkron-tui unpause' or P on the console's cluster screen (C) unpauses it; other nodes may still accept jobs.",
    });
  if (status === 500 && /received empty target|not the leader|raft not initialized/.test(text))
    return noLeader(url);
  if (status === 500 && text.includes('timed out enqueuing operation'))
    return new TooBusy(`${url} is too busy to accept ${name}: ${serverWords(reply, text)}`, {
      data,
      next: 'Try later.',
    });
  // A panic while the job is read, before it is stored: robfig's parser has one at `TZ=Zone`.
  if (status === 500 && text === '' && whom !== null)
    return new Refused(`${url} failed on ${name} without giving a reason (500)`, {
      data,
      next: 'A schedule that begins with TZ= needs a space after the zone.',
    });
  return null;
}

/** `Job validation failed: <reason>.` (`Job contains invalid value: <reason>.` before 4.0.6). */
const reasonIn = (text: string): string =>
  text.replace(/^(Job validation failed|Job contains invalid value): /, '').replace(/\.$/, '');

function changeError(url: string, reply: Reply, text: string): OperatorError {
  if (isNoRoute(reply.status, text))
    return new Unsupported(`${url} cannot ${methodOf(reply.ask)} ${reply.ask.path}`, {
      data: nothingChanged,
      next: 'This Dkron may be too old for it, or its base path is missing from the address.',
    });
  const error = answerError(url, reply, text);
  if (reply.status < 500) return error;
  return new OutcomeUnknown(error.message, {
    data: 'The request was sent; it may or may not have been carried out.',
    next: 'Read the job again before sending anything twice.',
    cause: error,
  });
}

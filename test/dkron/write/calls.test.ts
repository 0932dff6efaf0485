import { describe, expect, it } from 'vitest';
import {
  NoLeader,
  OperatorError,
  OutcomeUnknown,
  ParentMissing,
  Paused,
  Refused,
  ServerError,
  TooBusy,
  Unauthorised,
  Unsupported,
} from '../../../src/base/errors.ts';
import type { Transport } from '../../../src/dkron/transport.ts';
import type { Ask } from '../../../src/dkron/wire.ts';
import { postJob, removeExecutions, removeJob, runOnce } from '../../../src/dkron/write/calls.ts';
import { type Replied, replyOf } from '../reply.ts';

/** A way to a server that answers so, and what was asked of it. */
function wayTo(answer: Replied) {
  const asks: Ask[] = [];
  const send = async (ask: Ask) => {
    asks.push(ask);
    return replyOf({ ...answer, ask });
  };
  return { asks, transport: { url: 'http://d', send } as unknown as Transport };
}

/** What became of it; of an error its class. */
const became = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    (value) => value ?? 'done',
    (error: unknown) => (error instanceof OperatorError ? error.constructor : error),
  );

const noTarget = 'passthrough: received empty target in Build()';
const proxy = { whom: null };

describe('the answer to a job that was sent', () => {
  it.each<[answer: Replied, outcome: unknown]>([
    [{ status: 201, body: '{}' }, 'done'],
    [{ status: 200, body: '{}' }, 'done'],
    [{ status: 202 }, ServerError],
    [{ status: 400, body: 'Job validation failed: no.' }, Refused],
    [{ status: 400, body: 'no', ...proxy }, ServerError],
    [{ status: 404, body: 'specified parent job not found' }, ParentMissing],
    [{ status: 404, body: '404 page not found' }, Unsupported],
    [{ status: 404, body: 'another text' }, ServerError],
    [{ status: 409, body: 'specified parent job not found' }, ServerError],
    [{ status: 503, body: 'New job submissions are paused' }, Paused],
    [{ status: 503, body: 'unhealthy' }, OutcomeUnknown],
    [{ status: 500, body: 'New job submissions are paused' }, OutcomeUnknown],
    [{ status: 500, body: noTarget }, NoLeader],
    [{ status: 500, body: 'node is not the leader' }, NoLeader],
    [{ status: 500, body: 'raft not initialized' }, NoLeader],
    [{ status: 502, body: noTarget }, OutcomeUnknown],
    [{ status: 500, body: 'timed out enqueuing operation' }, TooBusy],
    [{ status: 501, body: 'timed out enqueuing operation' }, OutcomeUnknown],
    [{ status: 500, body: 'something else' }, OutcomeUnknown],
    [{ status: 500, body: '' }, Refused],
    [{ status: 500, body: '', ...proxy }, OutcomeUnknown],
    [{ status: 501, body: '' }, OutcomeUnknown],
    [{ status: 413, ...proxy }, Refused],
    [{ status: 499, body: 'x' }, ServerError],
  ])('%j', async (answer, outcome) => {
    const { transport, asks } = wayTo(answer);
    expect(await became(postJob(transport, 'a', '{"name":"a"}'))).toBe(outcome);
    expect(asks).toEqual([{ method: 'POST', path: '/v1/jobs', body: '{"name":"a"}' }]);
  });

  it.each([
    ["Job validation failed: can't parse.", "can't parse"],
    ['Job contains invalid value: odd', 'odd'],
    ['No. Never.', 'No. Never'],
  ])('says why it was refused: %s', async (body, why) => {
    const { transport } = wayTo({ status: 400, body });
    await expect(postJob(transport, 'a', '{}')).rejects.toThrow(
      new RegExp(`^http://d refused a: ${why}$`),
    );
  });
});

describe('the answer to a run, a deletion and a clearing', () => {
  const calls = [
    ['POST', '/v1/jobs/a%20b', runOnce],
    ['DELETE', '/v1/jobs/a%20b', removeJob],
    ['DELETE', '/v1/jobs/a%20b/executions', removeExecutions],
  ] as const;

  it.each<[answer: Replied, outcome: unknown]>([
    [{ status: 200 }, 'done'],
    [{ status: 202 }, 'done'],
    [{ status: 201 }, ServerError],
    [{ status: 404 }, 'no reason'],
    [{ status: 500 }, 'no reason'],
    [{ status: 501 }, OutcomeUnknown],
    [{ status: 400 }, ServerError],
    [{ status: 404, body: 'why' }, ServerError],
    [{ status: 404, body: '404 page not found' }, Unsupported],
    [{ status: 500, body: 'why' }, OutcomeUnknown],
    [{ status: 401 }, Unauthorised],
  ])('%j', async (answer, outcome) => {
    for (const [method, path, call] of calls) {
      const { transport, asks } = wayTo(answer);
      expect(await became(call(transport, 'a b'))).toBe(outcome);
      expect(asks).toMatchObject([{ method, path }]);
      expect(asks[0]?.patience).toBe(call === runOnce ? 0 : undefined);
    }
  });
});

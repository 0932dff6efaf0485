import { describe, expect, it } from 'vitest';
import {
  NoLeader,
  NotFound,
  OperatorError,
  OutcomeUnknown,
  ParentMissing,
  Refused,
} from '../../../src/base/errors.ts';
import type { Dkron } from '../../../src/dkron/client.ts';
import { keepTransport } from '../../../src/dkron/sender.ts';
import type { Transport } from '../../../src/dkron/transport.ts';
import type { Ask } from '../../../src/dkron/wire.ts';
import { Lanes } from '../../../src/dkron/write/lanes.ts';
import { deleteRequest, type Request, saveRequest } from '../../../src/dkron/write/requests.ts';
import { type SendOptions, send } from '../../../src/dkron/write/send.ts';
import type { Job } from '../../../src/job/job.ts';
import type { Journal, JournalEntry, JournalOutcome } from '../../../src/journal/entry.ts';
import { aJob, textOf } from '../../support/jobs.ts';
import { type Replied, replyOf } from '../reply.ts';

/** A server that has these jobs in the end, and a journal. */
function serverWith(there: Record<string, Job> = {}, journal: Partial<Journal> = {}) {
  const entries: JournalEntry[] = [];
  const outcomes: JournalOutcome[] = [];
  const client = {
    url: 'http://d',
    closed: false,
    async job(name: string) {
      const job = there[name];
      if (job === undefined) throw new NotFound(`there is no job ${name}`);
      return { value: textOf(job), whom: 'n1' };
    },
    leader: async () => ({ value: { Name: 'n1' }, whom: 'n1' }),
  } as unknown as Dkron;
  const sender = {
    client,
    elsewhere: async () => null,
    lanes: new Lanes(),
    clock: { now: () => 0, sleep: async () => {} },
    journal: {
      before: async (entry: JournalEntry) => void entries.push(entry),
      after: async (outcome: JournalOutcome) => void outcomes.push(outcome),
      ...journal,
    },
  };
  return {
    client,
    entries,
    outcomes,
    send: (requests: Request[], options: SendOptions = {}) => send(sender, requests, options),
  };
}

const request = (name: string, failure?: unknown): Request => ({
  name,
  before: null,
  wanted: aJob({ name }),
  sent: `body of ${name}`,
  send: async () => {
    if (failure !== undefined) throw failure;
  },
});

describe('changes that are sent', () => {
  it('are in the journal as one operation, each with what became of it', async () => {
    const a = aJob({ name: 'a' });
    const { send, entries, outcomes } = serverWith({ a });
    const gone: Request = { ...request('b'), before: textOf(a), wanted: null, sent: null };
    const results = await send([request('a'), gone, request('c', new Refused('no'))], {
      operation: 'op',
    });
    expect(results.map(({ outcome }) => outcome)).toEqual(['written', 'written', 'refused']);
    expect(entries).toMatchObject([
      { operation: 'op', job: 'a', action: 'write', before: null, sent: 'body of a' },
      { operation: 'op', job: 'b', action: 'delete', before: textOf(a).text, sent: null },
      { operation: 'op', job: 'c', action: 'write' },
    ]);
    expect(outcomes.map(({ id }) => id)).toEqual(entries.map(({ id }) => id));
    expect(outcomes).toMatchObject([
      { outcome: 'written', after: textOf(a).text },
      { outcome: 'written', after: null },
      { outcome: 'refused', error: 'no' },
    ]);
  });

  it('are not sent where the journal cannot have them first', async () => {
    let sent = 0;
    const one = { ...request('a'), send: async () => void sent++ };
    const results = async (error: Error) =>
      serverWith({}, { before: () => Promise.reject(error) }).send([one, request('b')]);
    const full = await results(new OperatorError('the disk is full', { next: 'Make room.' }));
    expect(full).toMatchObject([
      { outcome: 'refused', error: { message: 'the disk is full', next: 'Make room.' } },
      { outcome: 'refused' },
    ]);
    const [bare] = await results(new OperatorError('the disk is full'));
    expect(bare).toMatchObject({ error: { next: expect.stringMatching(/\S/) } });
    await expect(results(new Error('a defect'))).rejects.toThrow('a defect');
    expect(sent).toBe(0);
  });

  it('are done also where the journal cannot note it', async () => {
    const after = () => Promise.reject(new OperatorError('the disk is full'));
    const { send } = serverWith({ a: aJob({ name: 'a' }) }, { after });
    const [done, refused] = await send([request('a'), request('b', new Refused('no'))]);
    expect(done).toMatchObject({
      outcome: 'written',
      unnoted: expect.stringContaining('disk is full'),
    });
    expect(refused).toMatchObject({ outcome: 'refused' });
    expect(refused).not.toHaveProperty('unnoted');
  });

  it.each<[string, Error, string]>([
    ['goes on past a refusal', new Refused('no'), 'refused'],
    ['goes on past a parent that is missing', new ParentMissing('no'), 'refused'],
    ['ends where no other would fare better', new NoLeader('no leader'), 'not sent: no leader'],
    ['ends where nobody answers', new OutcomeUnknown('no answer'), 'not sent: no answer'],
  ])('the sending %s', async (_what, failure, last) => {
    const names = Array.from({ length: 65 }, (_, at) => `j${at}`);
    const { send } = serverWith();
    const results = await send(names.map((name) => request(name, failure)));
    expect(results[0]?.outcome).toBe(failure instanceof OutcomeUnknown ? 'unknown' : 'refused');
    const end = results[64];
    expect(end?.outcome === 'refused' && end.error.message).toBe(last === 'refused' ? 'no' : last);
  });

  it('are not sent any more once the signal has come', async () => {
    const { send } = serverWith({ a: aJob({ name: 'a' }) });
    const [result] = await send([request('a')], { signal: AbortSignal.abort() });
    expect(result).toMatchObject({
      outcome: 'refused',
      error: { message: 'not sent: interrupted' },
    });
  });

  it('do not hide a defect', async () => {
    await expect(serverWith().send([request('a', new Error('a defect'))])).rejects.toThrow(
      'a defect',
    );
  });
});

describe('what the server shows', () => {
  const before = textOf(aJob({ name: 'a', retries: 1 }));
  const outcome = async (now: Partial<Job> | null, fields: Partial<Request> = {}) => {
    const { send } = serverWith(now === null ? {} : { a: aJob({ name: 'a', ...now }) });
    const one = { ...request('a'), before, wanted: aJob({ name: 'a', retries: 2 }), ...fields };
    const [result] = await send([one]);
    return result;
  };

  it.each<[string, Partial<Job> | null, Partial<Request>, string]>([
    ['what was sent', { retries: 2 }, {}, 'written'],
    ['what was there before', { retries: 1 }, {}, 'unknown'],
    ['nothing', null, {}, 'unknown'],
    ['nothing, which was wanted', null, { wanted: null }, 'written'],
    ['something, where nothing was wanted', { retries: 1 }, { wanted: null }, 'unknown'],
    ['another owner besides', { retries: 2, owner: 'x' }, {}, 'written'],
    ['another owner and more', { retries: 3, owner: 'x' }, {}, 'unknown'],
    ['another owner of a new job', { retries: 2, owner: 'x' }, { before: null }, 'written'],
    [
      'the owner as before, where only that was changed',
      { retries: 1 },
      { wanted: aJob({ name: 'a', retries: 1, owner: 'x' }) },
      'unknown',
    ],
  ])('%s', async (_what, now, fields, expected) => {
    expect((await outcome(now, fields))?.outcome).toBe(expected);
  });

  it('is told by how it differs from what was sent', async () => {
    expect(await outcome({ retries: 3 })).toMatchObject({
      outcome: 'unknown',
      now: { job: { retries: 3 } },
      differs: [{ path: 'retries', before: '2', after: '3' }],
    });
    expect(await outcome(null)).toMatchObject({ now: null, differs: [] });
    expect(await outcome({ retries: 1 }, { wanted: null })).toMatchObject({ differs: [] });
  });
});

describe('a request', () => {
  /** What came, and a client whose server answers so, one after the other. */
  function answering(answers: Replied[], there: Record<string, Job> = {}) {
    const { client } = serverWith(there);
    const asks: Ask[] = [];
    const transport = {
      url: 'http://d',
      send: async (ask: Ask) => {
        asks.push(ask);
        return replyOf({ ...answers.shift(), ask });
      },
    };
    keepTransport(client, transport as unknown as Transport);
    const bodies = () => asks.map(({ body }) => JSON.parse(body ?? 'null'));
    return { client, asks, bodies };
  }
  const ok: Replied = { status: 201, body: '{}' };
  const lost = { status: 404, body: 'specified parent job not found' };

  it('has the children that the server knows, or those that wait for a new job', async () => {
    const { client, bodies } = answering([ok, ok, ok]);
    const live = textOf(aJob({ dependent_jobs: ['live'] }));
    await saveRequest(client, live, aJob(), ['given']).send();
    await saveRequest(client, null, aJob(), ['given']).send();
    await saveRequest(client, null, aJob()).send();
    expect(bodies().map(({ dependent_jobs }) => dependent_jobs)).toEqual([['live'], ['given'], []]);
  });

  const child = textOf(aJob({ parent_job: 'gone' }));
  it.each<[string, Job, Record<string, Job>, number]>([
    ['leaves a lost parent', aJob({ parent_job: 'new' }), {}, 2],
    ['stays with it', aJob({ parent_job: 'gone', retries: 1 }), {}, 1],
    [
      'leaves a parent that is there',
      aJob({ parent_job: 'new' }),
      { gone: aJob({ name: 'gone' }) },
      1,
    ],
  ])('of a job that %s', async (_what, wanted, there, times) => {
    const { client, bodies } = answering(times === 2 ? [lost, ok] : [ok], there);
    await saveRequest(client, child, wanted).send();
    expect(bodies()).toHaveLength(times);
    if (times === 2) expect(bodies()[0]).toMatchObject({ parent_job: '', schedule: '@manually' });
    expect(bodies().at(-1).parent_job).toBe(wanted.parent_job);
  });

  it('that fails half way says so, and one that fails before does not', async () => {
    const refusal = { status: 400, body: 'no' };
    const failing = async (answers: Replied[]) => {
      const { client } = answering(answers);
      return saveRequest(client, child, aJob({ parent_job: 'new' })).send();
    };
    await expect(failing([lost, refusal])).rejects.toThrow(OutcomeUnknown);
    await expect(failing([refusal, ok])).rejects.toThrow(Refused);
  });

  it.each<[string, Replied, Record<string, Job>, unknown]>([
    ['that is done', { status: 200 }, {}, 'done'],
    [
      'whose job got children',
      { status: 404 },
      { a: aJob({ name: 'a', dependent_jobs: ['b'] }) },
      Refused,
    ],
    [
      'whose job has none',
      { status: 404 },
      { a: aJob({ name: 'a', dependent_jobs: [] }) },
      OutcomeUnknown,
    ],
    ['whose job is gone', { status: 404 }, {}, OutcomeUnknown],
  ])('to delete %s', async (_what, answer, there, outcome) => {
    const { client } = answering([answer], there);
    const work = deleteRequest(client, textOf(aJob({ name: 'a' }))).send();
    expect(
      await work.then(
        () => 'done',
        (error) => error.constructor,
      ),
    ).toBe(outcome);
  });
});

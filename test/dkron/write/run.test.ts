import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  NoLeader,
  NotFound,
  type OperatorError,
  OutcomeUnknown,
  ReadOnly,
  Refused,
  Unsupported,
} from '../../../src/base/errors.ts';
import { createClient } from '../../../src/dkron/client.ts';
import { askToRun } from '../../../src/dkron/write/run.ts';
import type { Job } from '../../../src/job/job.ts';
import { countedServer } from '../../support/counted-server.ts';
import { doorOf } from '../../support/door.ts';
import { aJob } from '../../support/jobs.ts';
import { bare404, type Door, doorTo } from '../door.ts';
import { drop, type Scripted } from '../scripted.ts';

const changes = (door: Door) => door.came.filter(({ method }) => method !== 'GET');

describe('asking to run', () => {
  it('is done when Dkron answers', async () => {
    const door = await doorTo(aJob(), () => ({ status: 200, body: '{}' }));
    expect(await askToRun(door.client, 'refresh')).toEqual({ outcome: 'done' });
    expect(door.story).toEqual(['POST jobs/refresh']);
  });

  it.each<[string, Job | null, boolean, new (text: string) => OperatorError, RegExp]>([
    ['there is no such job', null, true, NotFound, /there is no job refresh/],
    ['it is disabled', aJob({ disabled: true }), true, Refused, /is disabled/],
    ['there is no leader', aJob(), false, NoLeader, /no leader/],
    ['nothing that can be found out', aJob(), true, Refused, /gives no reason/],
  ])('finds out why a bare 404 came: %s', async (_what, job, leader, kind, message) => {
    const door = await doorTo(job, () => bare404, { leader });
    const result = await askToRun(door.client, 'refresh');
    expect(result).toMatchObject({ outcome: 'refused', error: expect.any(kind) });
    expect(result).toHaveProperty('error.message', expect.stringMatching(message));
    expect(changes(door)).toHaveLength(1);
  });

  it.each<[string, Job, boolean, string]>([
    ['a leader may have been lost meanwhile', aJob(), true, 'unknown'],
    ['there is no leader', aJob(), false, 'refused'],
    ['it is disabled', aJob({ disabled: true }), true, 'refused'],
  ])(
    'does not take a bare 404 that comes late for a refusal: %s',
    async (_what, job, leader, outcome) => {
      const door = await doorTo(job, () => bare404, { leader });
      expect((await askToRun(door.client, 'refresh', { late: () => true })).outcome).toBe(outcome);
    },
  );

  it.each<[string, Scripted | typeof drop]>([
    ['the connection breaks', drop],
    ['a proxy gives up', { status: 504 }],
  ])('never sends twice when %s', async (_what, answer) => {
    const door = await doorTo(aJob(), () => answer);
    expect(await askToRun(door.client, 'refresh')).toMatchObject({
      outcome: 'unknown',
      error: expect.any(OutcomeUnknown),
    });
    expect(changes(door)).toHaveLength(1);
  });

  it('does not know what a bare 404 means when nothing can be read afterwards', async () => {
    const door = await doorTo(aJob(), (_came, itself) => {
      itself.lost = true;
      return bare404;
    });
    expect((await askToRun(door.client, 'refresh')).outcome).toBe('unknown');
  });

  it('does not keep the program from closing: the run goes on without it', async () => {
    const started = Promise.withResolvers<void>();
    const door = await doorTo(aJob(), () => () => started.resolve());
    const running = askToRun(door.client, 'refresh');
    await started.promise;
    await door.client.close();
    expect((await running).outcome).toBe('unknown');
  });

  /** A server that counts, and a client of it. */
  async function aServer() {
    const server = await countedServer({ name: 'refresh' });
    const client = createClient({ url: server.url });
    onTestFinished(() => client.close());
    return { server, client };
  }

  it('is taken back as long as it is not sent: while its connection is looked at', async () => {
    const { server, client } = await aServer();
    const leaving = new AbortController();
    const looking = Promise.withResolvers<void>();
    let looks = 0;
    const guard = {
      // The second look is at the connection of the request.
      check: () => {
        if (++looks === 1) return Promise.resolve(null);
        leaving.abort(new Error('left'));
        return looking.promise.then(() => null);
      },
      changed: async () => {},
    };
    const onSent = vi.fn();
    const { signal } = leaving;
    const running = doorOf(client, { guard }).run('refresh', { signal, onSent });
    await expect(running).rejects.toThrow('left');
    looking.resolve();
    await client.job('refresh');
    expect(onSent).not.toHaveBeenCalled();
    expect(server.changes()).toEqual([]);
  });

  it('is told of when it is sent, and not before', async () => {
    const { server, client } = await aServer();
    const sent: string[][] = [];
    const onSent = () => void sent.push(server.changes());
    expect(await doorOf(client).run('refresh', { onSent })).toMatchObject({ outcome: 'done' });
    expect(sent).toEqual([[]]);
    expect(server.changes()).toEqual(['POST /v1/jobs/refresh']);
  });

  it('sends nothing in read-only mode', async () => {
    const door = await doorTo(aJob());
    expect(await doorOf(door.client, { readOnly: true }).run('refresh')).toMatchObject({
      outcome: 'refused',
      error: expect.any(ReadOnly),
    });
    expect(door.came).toEqual([]);
  });
});

const counted = aJob({ success_count: 4, error_count: 1 });

describe('clearing', () => {
  it.each<[string, Job, string]>([
    ['the counters are gone', aJob(), 'done'],
    ['the counters are there still', counted, 'unknown'],
    ['only the successes are gone', aJob({ error_count: 1 }), 'unknown'],
    ['only the errors are gone', aJob({ success_count: 1 }), 'unknown'],
  ])('looks again where no answer came: %s', async (_what, after, outcome) => {
    const door = await doorTo(counted, (_came, itself) => {
      itself.store = after;
      return drop;
    });
    expect((await doorOf(door.client, door.options).clear('refresh')).outcome).toBe(outcome);
    expect(changes(door)).toHaveLength(1);
  });

  it.each<[string, Job | null, Scripted, string, unknown]>([
    ['cleared', aJob(), { status: 200, body: '{}' }, 'done', undefined],
    ['no such job', null, { status: 500 }, 'refused', expect.any(NotFound)],
    ['a failure without a reason', counted, { status: 500 }, 'unknown', expect.any(OutcomeUnknown)],
    [
      'before 4.1.0',
      aJob(),
      { status: 404, body: '404 page not found' },
      'refused',
      expect.any(Unsupported),
    ],
  ])('%s', async (_what, job, answer, outcome, error) => {
    const door = await doorTo(job, () => answer);
    const result = await doorOf(door.client, door.options).clear('refresh');
    expect(result).toEqual(error === undefined ? { outcome } : { outcome, error });
    expect(changes(door)).toHaveLength(1);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import {
  ChangedMeanwhile,
  CorruptFile,
  NoLeader,
  OperatorError,
  OutcomeUnknown,
  ParentMissing,
  Paused,
  ReadOnly,
  Refused,
  Unreachable,
} from '../../../src/base/errors.ts';
import { createClient } from '../../../src/dkron/client.ts';
import type { Job } from '../../../src/job/job.ts';
import { parseJson } from '../../../src/json/numbers.ts';
import { type Call, deleteJob, writeJob } from '../../support/door.ts';
import { aJob } from '../../support/jobs.ts';
import { noJournal } from '../../support/journal.ts';
import { accepted, bare404, type Door, doorTo, keep } from '../door.ts';
import { type Came, drop, type Scripted } from '../scripted.ts';

const seen = aJob({ dependent_jobs: ['child'], success_count: 4, status: 'success' });
const wanted: Job = { ...seen, schedule: '@daily' };

describe('a job that is changed', () => {
  it('is read, journalled, posted once, and read again', async () => {
    const door = await doorTo(seen);
    const result = await writeJob(door.client, { seen, wanted }, door.options);
    expect(result).toMatchObject({
      outcome: 'written',
      before: { job: { schedule: '0 */5 * * * *' } },
      after: { job: { schedule: '@daily' } },
    });
    expect(door.story).toEqual([
      'GET jobs/refresh',
      'journal before',
      'POST jobs',
      'GET jobs/refresh',
      'journal after',
    ]);
  });

  it('is posted with the live children and without what Dkron computes', async () => {
    const live = { ...seen, dependent_jobs: ['child', 'born meanwhile'], success_count: 9 };
    const door = await doorTo(live);
    await writeJob(door.client, { seen, wanted }, door.options);
    const { id, next, status, success_count, error_count, last_success, last_error, ...rest } =
      wanted;
    expect(door.posted()).toEqual([{ ...rest, dependent_jobs: ['child', 'born meanwhile'] }]);
  });

  it('keeps the fields and the numbers of a newer Dkron as they were written', async () => {
    const job = parseJson(
      JSON.stringify(seen).replace('{', '{"quota":9223372036854775807,'),
    ) as Job;
    const door = await doorTo(job);
    await writeJob(door.client, { seen: job, wanted: { ...job, retries: 1 } }, door.options);
    expect(door.came.find(({ method }) => method === 'POST')?.body).toContain(
      '"quota":9223372036854775807,',
    );
  });

  it('is in the journal with its exact text before it is sent', async () => {
    const door = await doorTo(seen);
    await writeJob(door.client, { seen, wanted }, door.options);
    const post = door.came.find(({ method }) => method === 'POST');
    expect(door.entries).toEqual([
      {
        id: expect.any(String),
        operation: expect.any(String),
        at: '2026-11-23T00:00:00.000Z',
        server: door.client.url,
        job: 'refresh',
        action: 'write',
        before: JSON.stringify(seen),
        sent: post?.body,
      },
    ]);
    expect(door.outcomes).toMatchObject([
      { id: door.entries[0]?.id, outcome: 'written', after: JSON.stringify(door.store) },
    ]);
  });

  it('is not sent when the journal cannot keep it', async () => {
    const door = await doorTo(seen);
    const journal = {
      ...noJournal,
      before: async () => {
        throw new CorruptFile('the journal is full');
      },
    };
    const result = await writeJob(door.client, { seen, wanted }, { ...door.options, journal });
    expect(result).toMatchObject({
      outcome: 'refused',
      error: {
        message: 'the journal is full',
        data: 'Nothing was sent, so nothing was changed: the journal must record a change first.',
      },
    });
    expect(door.posted()).toEqual([]);
  });

  it('is told as done when the journal cannot note what became of it', async () => {
    const door = await doorTo(seen);
    const journal = {
      ...noJournal,
      after: async () => {
        throw new OperatorError('/j cannot be written: no space is left on the device');
      },
    };
    const result = await writeJob(door.client, { seen, wanted }, { ...door.options, journal });
    expect(result).toMatchObject({
      outcome: 'written',
      unnoted: expect.stringMatching(
        /^the journal has it as "may have happened".*no space is left/,
      ),
    });
    expect(door.posted()).toHaveLength(1);
  });

  it('is waited for on a follower that shows it late', async () => {
    const door = await doorTo(seen, (came, itself) => {
      itself.lag = 4;
      return keep(came, itself);
    });
    expect(await writeJob(door.client, { seen, wanted }, door.options)).toMatchObject({
      outcome: 'written',
      after: { job: { schedule: '@daily' } },
    });
    expect(door.slept).toEqual([50, 100, 150, 250]);
    expect(door.posted()).toHaveLength(1);
  });

  it('is never called lost when it does not show', async () => {
    const door = await doorTo(seen, () => accepted);
    const result = await writeJob(door.client, { seen, wanted }, door.options);
    expect(result).toMatchObject({
      outcome: 'unknown',
      error: expect.any(OutcomeUnknown),
      now: { job: { schedule: seen.schedule } },
      differs: [{ path: 'schedule', before: '@daily', after: seen.schedule }],
    });
    const waited = door.slept.reduce((sum, ms) => sum + ms);
    expect(waited).toBeGreaterThan(3000);
    expect(waited).toBeLessThan(5000);
    expect(door.posted()).toHaveLength(1);
    expect(door.outcomes).toMatchObject([{ outcome: 'unknown' }]);
  });

  it('is written although access control put another owner into it', async () => {
    const door = await doorTo(seen, ({ body }, itself) => {
      itself.store = { ...(JSON.parse(body) as Job), owner: 'token' };
      return accepted;
    });
    expect((await writeJob(door.client, { seen, wanted }, door.options)).outcome).toBe('written');
  });

  it('is waited for when nothing but its owner changes', async () => {
    const door = await doorTo(seen, (came, itself) => {
      itself.lag = 2;
      return keep(came, itself);
    });
    const change = { seen, wanted: { ...seen, owner: 'ops' } };
    expect(await writeJob(door.client, change, door.options)).toMatchObject({
      outcome: 'written',
      after: { job: { owner: 'ops' } },
    });
  });

  it('needs no write when already up to date', async () => {
    const door = await doorTo({ ...wanted, tags: {}, next: 'x' });
    expect((await writeJob(door.client, { seen, wanted }, door.options)).outcome).toBe('same');
    expect(door.story).toEqual(['GET jobs/refresh']);
  });
});

describe('a job that somebody else changed meanwhile', () => {
  const theirs = { ...seen, retries: 3 };

  it('is left alone, and both sides are shown', async () => {
    const door = await doorTo(theirs);
    const result = await writeJob(door.client, { seen, wanted }, door.options);
    expect(result).toMatchObject({
      outcome: 'changed',
      error: expect.any(ChangedMeanwhile),
      now: { job: { retries: 3 } },
      merge: {
        mine: [{ path: 'schedule' }],
        theirs: [{ path: 'retries' }],
        collisions: [],
        merged: { schedule: '@daily', retries: 3 },
      },
    });
    expect(door.posted()).toEqual([]);
    expect(door.entries).toEqual([]);
  });

  it('is merged on request', async () => {
    const door = await doorTo(theirs);
    const result = await writeJob(door.client, { seen, wanted }, { ...door.options, merge: true });
    expect(result.outcome).toBe('written');
    expect(door.posted()).toMatchObject([{ schedule: '@daily', retries: 3 }]);
  });

  it('is never merged where both changed the same', async () => {
    const door = await doorTo({ ...seen, schedule: '@hourly' });
    const result = await writeJob(door.client, { seen, wanted }, { ...door.options, merge: true });
    expect(result).toMatchObject({
      outcome: 'changed',
      merge: { collisions: [{ path: 'schedule', before: '@hourly', after: '@daily' }] },
    });
    expect(door.posted()).toEqual([]);
  });

  it.each<[string, Job | null, Job | null]>([
    ['went away', seen, null],
    ['appeared', null, theirs],
  ])('is left alone when it %s', async (_what, looked, now) => {
    const door = await doorTo(now);
    const options = { ...door.options, merge: true };
    const result = await writeJob(door.client, { seen: looked, wanted }, options);
    expect(result).toMatchObject({ outcome: 'changed', merge: null });
    expect(door.posted()).toEqual([]);
  });
});

describe('a new job', () => {
  it('is written with the children that wait for it', async () => {
    const door = await doorTo(null);
    const change = { seen: null, wanted, children: ['orphan'] };
    expect(await writeJob(door.client, change, door.options)).toMatchObject({
      outcome: 'written',
      before: null,
    });
    expect(door.posted()).toMatchObject([{ name: 'refresh', dependent_jobs: ['orphan'] }]);
    expect(door.entries[0]?.before).toBeNull();
  });
});

describe('a server that does not write', () => {
  it.each<[string, Scripted, unknown, RegExp]>([
    [
      'validation',
      { status: 400, body: "Job validation failed: can't parse job schedule: x." },
      Refused,
      /refused refresh: can't parse job schedule: x$/,
    ],
    [
      'a missing parent',
      { status: 404, body: 'specified parent job not found' },
      ParentMissing,
      /parent job does not exist/,
    ],
    [
      'a pause',
      { status: 503, body: 'New job submissions are currently paused' },
      Paused,
      /node n1 .* paused/,
    ],
    [
      'no leader (4.x)',
      {
        status: 500,
        body: 'failed to exit idle mode: passthrough: received empty target in Build()',
      },
      NoLeader,
      /has no leader/,
    ],
    [
      'no leader (3.x)',
      {
        status: 500,
        body: 'failed to build resolver: passthrough: received empty target in Build()',
      },
      NoLeader,
      /has no leader/,
    ],
    ['a full queue', { status: 500, body: 'timed out enqueuing operation' }, Refused, /too busy/],
    ['a panic over a schedule', { status: 500, body: '' }, Refused, /without giving a reason/],
  ])('says why: %s', async (_what, answer, kind, message) => {
    const door = await doorTo(seen, () => answer);
    const result = await writeJob(door.client, { seen, wanted }, door.options);
    expect(result).toMatchObject({ outcome: 'refused', error: expect.any(kind) });
    expect(result).toHaveProperty('error.message', expect.stringMatching(message));
    expect(door.posted()).toHaveLength(1);
    expect(door.outcomes).toMatchObject([{ outcome: 'refused' }]);
  });

  it('is asked nothing in read-only mode', async () => {
    const door = await doorTo(seen);
    const options = { ...door.options, readOnly: true };
    for (const result of [
      await writeJob(door.client, { seen, wanted }, options),
      await deleteJob(door.client, seen, options),
    ])
      expect(result).toMatchObject({ outcome: 'refused', error: expect.any(ReadOnly) });
    expect(door.came).toEqual([]);
  });

  it('cannot be reached', async () => {
    const client = createClient({ url: 'http://127.0.0.1:1' });
    const result = await writeJob(client, { seen, wanted });
    expect(result).toMatchObject({ outcome: 'refused', error: expect.any(Unreachable) });
  });

  it('is sent nothing once the operator has given up', async () => {
    const door = await doorTo(seen);
    const controller = new AbortController();
    controller.abort();
    const options = { ...door.options, signal: controller.signal };
    await expect(writeJob(door.client, { seen, wanted }, options)).rejects.toThrow('aborted');
    expect(door.posted()).toEqual([]);
  });
});

describe('a server that gives no answer', () => {
  const unclear: [string, Scripted | typeof drop][] = [
    ['closes the connection', drop],
    ['lost its leader in mid-write', { status: 500, body: 'leadership lost while committing log' }],
    [
      'stands behind a proxy that gave up',
      { status: 504, headers: { 'x-whom': '' }, body: '<html>' },
    ],
  ];

  it.each(unclear)('has written all the same: %s', async (_what, answer) => {
    const door = await doorTo(seen, (came, itself) => {
      keep(came, itself);
      return answer;
    });
    const result = await writeJob(door.client, { seen, wanted }, door.options);
    expect(result).toMatchObject({ outcome: 'written', after: { job: { schedule: '@daily' } } });
    expect(door.posted()).toHaveLength(1);
  });

  it.each(unclear)('has not written: %s', async (_what, answer) => {
    const door = await doorTo(seen, () => answer);
    const result = await writeJob(door.client, { seen, wanted }, door.options);
    expect(result).toMatchObject({ outcome: 'unknown', now: { job: { schedule: seen.schedule } } });
    expect(door.posted()).toHaveLength(1);
  });
});

describe('a connection that is lost with the write', () => {
  const waits: string[] = [];
  const patiently = (door: Door): Call => ({
    ...door.options,
    onWait: ({ message }) => waits.push(message),
  });
  beforeEach(() => void waits.splice(0));

  it.each<[string, (came: Came, door: Door) => Scripted | typeof drop, Job | null, RegExp]>([
    [
      'accepted, and not to be read again',
      (came, door) => {
        door.lost = true;
        return keep(came, door);
      },
      seen,
      /accepted the change and could not be read again$/,
    ],
    [
      'without an answer, and not to be read again',
      (_came, door) => {
        door.lost = true;
        return drop;
      },
      seen,
      /did not answer: /,
    ],
  ])('is waited for half a minute, then not known: %s', async (_what, change, job, says) => {
    const door = await doorTo(job, change);
    const result = await writeJob(door.client, { seen, wanted }, patiently(door));
    expect(result).toMatchObject({ outcome: 'unknown', now: undefined, differs: [] });
    expect(result).toHaveProperty('error.message', expect.stringMatching(says));
    expect(result).toHaveProperty(
      'error.data',
      expect.stringMatching(/Whether it was carried out could not be seen: .* cannot be reached/),
    );
    expect(waits).toEqual([expect.stringMatching(/cannot be reached/)]);
    expect(door.slept.reduce((sum, ms) => sum + ms)).toBe(30_000);
    expect(door.posted()).toHaveLength(1);
  });

  it.each<[string, Job | null, string, RegExp]>([
    ['as it was sent', { ...wanted }, 'written', /^$/],
    ['as it was before', seen, 'unknown', /still has the job as it was before\.$/],
    [
      'otherwise',
      { ...seen, retries: 9 },
      'unknown',
      /differs from before and from what was sent: .*retries/,
    ],
    ['not at all', null, 'unknown', /has no such job any more\.$/],
  ])('comes back, and the server has the job %s', async (_what, now, outcome, data) => {
    const door = await doorTo(seen, (_came, itself) => {
      itself.store = now;
      itself.lost = 5;
      return drop;
    });
    const result = await writeJob(door.client, { seen, wanted }, patiently(door));
    expect(result.outcome).toBe(outcome);
    expect('error' in result ? result.error.data : '').toMatch(data);
    expect(waits).toHaveLength(1);
    expect(door.slept.slice(0, 5)).toEqual([1000, 1000, 1000, 1000, 1000]);
    expect(door.posted()).toHaveLength(1);
  });

  it('is not waited for once the operator gives up', async () => {
    const controller = new AbortController();
    const door = await doorTo(seen, (_came, itself) => {
      itself.lost = true;
      controller.abort();
      return drop;
    });
    const options = { ...patiently(door), signal: controller.signal };
    expect((await writeJob(door.client, { seen, wanted }, options)).outcome).toBe('unknown');
    expect([waits, door.slept]).toEqual([[], []]);
  });

  it('is not waited for when the program leaves: the journal says that it may have happened', async () => {
    const door = await doorTo(seen, (_came, itself) => {
      void itself.client.close();
      return () => {};
    });
    const result = await writeJob(door.client, { seen, wanted }, patiently(door));
    expect(result.outcome).toBe('unknown');
    expect(door.outcomes).toMatchObject([
      { outcome: 'unknown', error: expect.stringMatching(/this program closed the connection/) },
    ]);
    expect([waits, door.slept]).toEqual([[], []]);
  });
});

describe('a job that leaves a parent which is gone', () => {
  const orphan = aJob({ parent_job: 'gone', schedule: '' });
  const notFound: Scripted = { status: 404, body: 'specified parent job not found' };

  it('is taken from it first, because Dkron would not tell the new parent', async () => {
    const answers = [notFound, accepted];
    const door = await doorTo(orphan, (came, itself) => {
      keep(came, itself);
      return answers.shift()!;
    });
    const change = { seen: orphan, wanted: { ...orphan, parent_job: 'here' } };
    expect((await writeJob(door.client, change, door.options)).outcome).toBe('written');
    expect(door.posted()).toMatchObject([
      { parent_job: '', schedule: '@manually' },
      { parent_job: 'here', schedule: '' },
    ]);
  });

  it('is not called unwritten when only the half of that succeeded', async () => {
    const answers: Scripted[] = [notFound, { status: 400, body: 'Job validation failed: no.' }];
    const door = await doorTo(orphan, (came, itself) => {
      if (answers.length === 2) keep(came, itself);
      return answers.shift()!;
    });
    const change = { seen: orphan, wanted: { ...orphan, parent_job: 'here', schedule: 'bad' } };
    const result = await writeJob(door.client, change, door.options);
    expect(result).toMatchObject({ outcome: 'unknown', now: { job: { parent_job: '' } } });
    expect(result).toHaveProperty(
      'error.message',
      expect.stringMatching(/missing parent, but then: .*no$/),
    );
  });

  it('is told as half stored when the old parent went right before it was sent', async () => {
    for (const [parent_job, lack, next] of [
      [
        'here',
        /here does not list it as a child: it does not run/,
        'Give it no parent, then here again.',
      ],
      ['', /did not schedule it: it does not run/, 'Disable it, then enable it again.'],
    ] as const) {
      const door = await doorTo(
        orphan,
        (came, itself) => {
          keep(came, itself);
          return notFound;
        },
        { others: { gone: aJob({ name: 'gone' }) } },
      );
      const change = { seen: orphan, wanted: { ...orphan, parent_job, schedule: '@manually' } };
      const result = await writeJob(door.client, change, door.options);
      expect(result).toMatchObject({
        outcome: 'unknown',
        error: { message: expect.stringContaining('no parent gone any more'), next },
        now: { job: { parent_job } },
      });
      expect(result).toHaveProperty('error.data', expect.stringMatching(lack));
      expect(door.posted()).toHaveLength(1);
    }
  });

  it('is told with what is there when that is neither', async () => {
    const door = await doorTo(
      orphan,
      (_came, itself) => {
        itself.store = aJob({ retries: 7 });
        return notFound;
      },
      { others: { gone: aJob({ name: 'gone' }) } },
    );
    const change = { seen: orphan, wanted: { ...orphan, parent_job: 'here' } };
    expect(await writeJob(door.client, change, door.options)).toMatchObject({
      outcome: 'unknown',
      error: { data: expect.stringContaining('differs from before and from what was sent') },
    });
  });

  it('is written once when the old parent is there', async () => {
    const door = await doorTo(orphan, () => notFound, { others: { gone: aJob({ name: 'gone' }) } });
    const change = { seen: orphan, wanted: { ...orphan, parent_job: 'nowhere' } };
    expect(await writeJob(door.client, change, door.options)).toMatchObject({
      outcome: 'refused',
      error: expect.any(ParentMissing),
    });
    expect(door.posted()).toHaveLength(1);
  });
});

describe('deleteJob', () => {
  const single = aJob();

  it('deletes, waits until it is gone, and keeps the definition in the journal', async () => {
    const door = await doorTo(single, (_came, itself) => {
      itself.store = null;
      itself.lag = 2;
      return { status: 200, body: JSON.stringify(single) };
    });
    expect(await deleteJob(door.client, single, door.options)).toMatchObject({
      outcome: 'written',
      before: { text: JSON.stringify(single) },
      after: null,
    });
    expect(door.entries).toMatchObject([
      { action: 'delete', before: JSON.stringify(single), sent: null },
    ]);
    expect(door.outcomes).toMatchObject([{ outcome: 'written', after: null }]);
  });

  it('has nothing to do for a job that is gone', async () => {
    const door = await doorTo(null);
    expect((await deleteJob(door.client, single, door.options)).outcome).toBe('same');
  });

  it('leaves a job alone that is not what the operator looked at', async () => {
    const door = await doorTo({ ...single, retries: 1 });
    expect((await deleteJob(door.client, single, door.options)).outcome).toBe('changed');
    expect(door.came.map(({ method }) => method)).toEqual(['GET']);
  });

  it('does not ask for what Dkron refuses: a job with children', async () => {
    const door = await doorTo(seen);
    const result = await deleteJob(door.client, seen, door.options);
    expect(result).toHaveProperty('error.message', expect.stringMatching(/has children: child$/));
    expect(door.came.map(({ method }) => method)).toEqual(['GET']);
  });

  it('finds out that there is no leader', async () => {
    const door = await doorTo(single, () => bare404, { leader: false });
    expect(await deleteJob(door.client, single, door.options)).toMatchObject({
      outcome: 'refused',
      error: expect.any(NoLeader),
    });
  });

  it('does not know what became of it when nothing can be read afterwards', async () => {
    const door = await doorTo(single, (_came, itself) => {
      itself.lost = true;
      return bare404;
    });
    expect(await deleteJob(door.client, single, door.options)).toMatchObject({
      outcome: 'unknown',
      now: undefined,
    });
  });

  it('finds out that a job got children meanwhile', async () => {
    const door = await doorTo(single, (_came, itself) => {
      itself.store = { ...single, dependent_jobs: ['born'] };
      return bare404;
    });
    const result = await deleteJob(door.client, single, door.options);
    expect(result).toHaveProperty('error.message', expect.stringMatching(/has children: born$/));
  });

  it('believes a 404 only when the job is still there: its parent may have been missing', async () => {
    const door = await doorTo(single, (_came, itself) => {
      itself.store = null;
      return bare404;
    });
    expect((await deleteJob(door.client, single, door.options)).outcome).toBe('written');
  });
});

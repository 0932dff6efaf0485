import { describe, expect, it, onTestFinished } from 'vitest';
import {
  NotSent,
  OutcomeUnknown,
  ParentMissing,
  Paused,
  Refused,
} from '../../../src/base/errors.ts';
import { createClient } from '../../../src/dkron/client.ts';
import type { Change } from '../../../src/dkron/write/decide.ts';
import { NotYet } from '../../../src/dkron/write/result.ts';
import type { Job, JobText } from '../../../src/job/job.ts';
import type { Journal } from '../../../src/journal/entry.ts';
import { type Call, deleteJobs, doorOf, writeJobs } from '../../support/door.ts';
import { aJob } from '../../support/jobs.ts';
import { noJournal } from '../../support/journal.ts';
import { type Came, drop, json, type Script, type Scripted, serve } from '../scripted.ts';

const names = Array.from({ length: 80 }, (_, at) => `job-${at}`);
const news = (all: readonly string[]): Change[] =>
  all.map((name) => ({ seen: null, wanted: aJob({ name }) }));

/** A server that keeps what it is sent; `change` may answer a POST otherwise. */
async function keeper(
  change: (came: Came, store: Map<string, Job>) => ReturnType<Script> | null = () => null,
) {
  const store = new Map<string, Job>();
  let open = 0;
  let most = 0;
  const server = await serve((came) => {
    if (came.path === '/v1/jobs' && came.method === 'GET') return json([...store.values()]);
    if (came.path === '/v1/leader')
      return json({ Name: 'n1', Addr: 'a', Port: 1, Tags: {}, Status: 1 });
    if (came.method === 'GET') {
      const job = store.get(came.path.replace('/v1/jobs/', ''));
      return job ? json(job) : { status: 404 };
    }
    const other = change(came, store);
    if (other !== null) return other;
    const deletes = came.method === 'DELETE';
    most = Math.max(most, ++open);
    return (response) =>
      setImmediate(() => {
        open--;
        if (deletes) store.delete(came.path.replace('/v1/jobs/', ''));
        else {
          const job = JSON.parse(came.body) as Job;
          store.set(job.name, job);
        }
        response.writeHead(deletes ? 200 : 201, { 'x-whom': 'n1' });
        response.end('{}');
      });
  });
  const client = createClient({ url: server.url });
  onTestFinished(() => client.close());
  const slept: number[] = [];
  const clock = { now: () => 0, sleep: async (ms: number) => void slept.push(ms) };
  const options: Call = { clock };
  const requests = (method: string) =>
    server.came.filter((came) => came.method === method).map(({ path }) => path);
  return { client, store, options, requests, slept, most: () => most };
}

describe('many jobs together', () => {
  it.each([undefined, 3])('go on beside one that cannot be read, of %s listed', async (listed) => {
    const { client, store, options } = await keeper();
    const spoilt = { ...aJob({ name: 'job-1' }), displayname: 7 } as unknown as Job;
    store.set('job-1', spoilt);
    const seen = aJob({ name: 'job-1' });
    const changes: Change[] = [...news(['job-0']), { seen, wanted: { ...seen, retries: 2 } }];
    const more = listed === undefined ? {} : { listed };
    const results = await writeJobs(client, changes, { ...options, ...more });
    expect(results).toMatchObject([
      { outcome: 'written' },
      {
        outcome: 'refused',
        error: { message: expect.stringMatching(/\(job-1\) .*displayname must be text$/) },
      },
    ]);
    expect(store.get('job-1')).toBe(spoilt);
    const gone = await deleteJobs(client, [aJob({ name: 'job-0' }), seen], { ...options, ...more });
    expect(gone.map(({ outcome }) => outcome)).toEqual(['written', 'refused']);
  });

  it('are known when the server shows one of them so that it cannot be read', async () => {
    const { client, options, slept } = await keeper(({ body }, store) => {
      const job = JSON.parse(body) as Job;
      store.set(job.name, job.name === 'job-1' ? ({ ...job, tags: 7 } as unknown as Job) : job);
      return { status: 201, body: '{}' };
    });
    const results = await writeJobs(client, news(['job-0', 'job-1']), options);
    expect(results).toMatchObject([
      { outcome: 'written' },
      {
        outcome: 'unknown',
        error: { message: expect.stringMatching(/accepted the change and could not be/) },
      },
    ]);
    expect(slept.reduce((all, ms) => all + ms)).toBeLessThan(5_000);
  });

  it('are written at once, on some connections', async () => {
    const { client, store, options, most } = await keeper();
    const results = await writeJobs(client, news(names), options);
    expect(results.map((result) => result.outcome)).toEqual(names.map(() => 'written'));
    expect([...store.keys()].sort()).toEqual(names.toSorted());
    expect(most()).toBeGreaterThan(1);
    expect(most()).toBeLessThanOrEqual(64);
  });

  const family = (...all: readonly string[]): Change[] =>
    all.map((name, at) => {
      const after = all[at - 1];
      return { seen: null, wanted: aJob({ name, parent_job: after ?? '' }), after };
    });
  /** As Dkron does it. */
  const needsParent = ({ body }: Came, store: ReadonlyMap<string, Job>): Scripted | null => {
    const { parent_job } = JSON.parse(body) as Job;
    if (parent_job === '' || store.has(parent_job)) return null;
    return { status: 404, body: 'specified parent job not found' };
  };

  it('go one after the other where they say so, and are seen together', async () => {
    const { client, store, options, requests } = await keeper(needsParent);
    const changes = [...family('job-0', 'job-1', 'job-2'), ...news(names.slice(3))];
    const results = await writeJobs(client, changes, { ...options, listed: 0 });
    expect(results.map(({ outcome }) => outcome)).toEqual(changes.map(() => 'written'));
    expect(store.size).toBe(names.length);
    expect(requests('GET')).toEqual(['/v1/jobs', '/v1/jobs']);
  });

  it('prove nothing of what comes before them: a parent that is not there is not written', async () => {
    const { client, options } = await keeper((came, store) =>
      (JSON.parse(came.body) as Job).name === 'job-0'
        ? { status: 201, headers: { 'x-whom': 'n1' }, body: '{}' }
        : needsParent(came, store),
    );
    const results = await writeJobs(client, family('job-0', 'job-1', 'job-2'), options);
    expect(results).toMatchObject([
      { outcome: 'unknown', error: expect.any(OutcomeUnknown) },
      { outcome: 'refused', error: expect.any(ParentMissing) },
      { outcome: 'refused', error: expect.any(NotYet) },
    ]);
  });

  it('do not wait for what is there already, nor go after what somebody changed', async () => {
    const { client, store, options, requests } = await keeper(needsParent);
    store.set('job-0', aJob({ name: 'job-0' }));
    const after = await writeJobs(client, family('job-0', 'job-1'), options);
    expect(after.map(({ outcome }) => outcome)).toEqual(['same', 'written']);
    store.set('job-2', aJob({ name: 'job-2', retries: 7 }));
    const results = await writeJobs(client, family('job-2', 'job-3', 'job-4'), options);
    expect(results).toMatchObject([
      { outcome: 'changed' },
      { outcome: 'refused', error: expect.any(NotYet) },
      { outcome: 'refused', error: expect.any(NotYet) },
    ]);
    expect(requests('POST')).toHaveLength(1);
  });

  it('give their results in the order of the changes', async () => {
    const { client, store, options } = await keeper();
    store.set('job-1', aJob({ name: 'job-1' }));
    store.set('job-2', aJob({ name: 'job-2', retries: 7 }));
    const results = await writeJobs(client, news(['job-0', 'job-1', 'job-2', 'job-3']), options);
    expect(results.map((result) => result.outcome)).toEqual([
      'written',
      'same',
      'changed',
      'written',
    ]);
  });

  it('are read afresh by the list that showed those before, and compared with it', async () => {
    const { client, store, options, requests } = await keeper(({ body }, store) => {
      // Somebody else makes it while the first are written.
      if ((JSON.parse(body) as Job).name === 'job-1') store.set('job-3', aJob({ name: 'job-3' }));
      return null;
    });
    const door = doorOf(client, options);
    const more = { ...options, listed: 3 };
    await door.write(news(['job-0', 'job-1']), { ...more, next: ['job-2', 'job-3'] });
    expect(requests('GET')).toEqual(['/v1/jobs', '/v1/jobs']);
    const results = await door.write(
      news(['job-2']).concat({ seen: null, wanted: aJob({ name: 'job-3', retries: 7 }) }),
      more,
    );
    expect(results.map(({ outcome }) => outcome)).toEqual(['written', 'changed']);
    expect(store.get('job-3')).toEqual(aJob({ name: 'job-3' }));
    expect(requests('GET')).toEqual(['/v1/jobs', '/v1/jobs', '/v1/jobs']);
  });

  it.each([
    ['as they should be: they are not read again', 0, 0],
    ['otherwise: they are read until they are', 1, 1],
    ['a quarter of a second ago', 0, 1, 251],
  ])('are looked at once more where they were seen %s', async (_, retries, readings, later = 0) => {
    const { client, store, options, requests } = await keeper();
    let now = 0;
    const door = doorOf(client, { ...options, clock: { ...options.clock!, now: () => now } });
    const more = { ...options, listed: 2, next: ['job-0'] };
    await door.write(news(['job-0', 'job-1']), more);
    const before = requests('GET').length;
    store.set('job-0', aJob({ name: 'job-0', retries: 1 }));
    now += later;
    const expected = new Map([['job-0', (job: JobText | null) => job?.job.retries === retries]]);
    const looks = await door.lookAgain(expected, options);
    expect(looks.get('job-0')).toMatchObject({ holds: later === 0 });
    expect(requests('GET').length - before).toBe(later === 0 ? readings : 9);
  });

  it.each([
    ['a quarter of a second later', 251, ['job-2']],
    ['others', 0, ['job-2', 'job-3']],
  ])('are read by themselves %s', async (_when, later, wanted) => {
    const { client, options, requests } = await keeper();
    let now = 0;
    const clock = { ...options.clock!, now: () => now };
    const door = doorOf(client, { ...options, clock });
    const more = { ...options, listed: 3 };
    await door.write(news(['job-0', 'job-1']), { ...more, next: ['job-2'] });
    now += later;
    await door.write(news(wanted), more);
    expect(requests('GET')).toHaveLength(4);
  });

  it('are one operation in the journal, apart from the next', async () => {
    const { client, options } = await keeper();
    const operations: (string | undefined)[] = [];
    const journal: Journal = {
      ...noJournal,
      before: async ({ operation }) => void operations.push(operation),
    };
    await writeJobs(client, news(['job-0', 'job-1']), { ...options, journal });
    await writeJobs(client, news(['job-2']), { ...options, journal });
    await writeJobs(client, news(['job-3']), { ...options, journal, operation: 'told' });
    const [first, second, third, fourth] = operations;
    expect(first).toBeTruthy();
    expect(second).toBe(first);
    expect(third).not.toBe(first);
    expect(fourth).toBe('told');
  });

  it('are read in one list where that is cheaper, else one by one', async () => {
    const listing = await keeper();
    await writeJobs(listing.client, news(names), { ...listing.options, listed: 100 });
    expect(listing.requests('GET')).toEqual(['/v1/jobs', '/v1/jobs']);
    const single = await keeper();
    await writeJobs(single.client, news(names), { ...single.options, listed: 10_000 });
    expect(single.requests('GET')).toHaveLength(160);
  });

  it('are all in the journal before the first is sent', async () => {
    let noted = 0;
    const { client, options } = await keeper(() => {
      expect(noted).toBe(80);
      return null;
    });
    const journal = {
      before: async () => void noted++,
      after: async () => void noted++,
    };
    await writeJobs(client, news(names), { ...options, journal });
    expect(noted).toBe(160);
  });

  it('are re-read until a follower shows the last of them', async () => {
    let reads = 0;
    const { client, store, options, slept } = await keeper();
    const { job } = client;
    const late = Object.assign(client, {
      job: (name: string) => job(name === 'job-7' && reads++ < 3 ? 'none' : name),
    });
    const results = await writeJobs(late, news(names), options);
    expect(results.every((result) => result.outcome === 'written')).toBe(true);
    expect(store.size).toBe(80);
    expect(slept).toEqual([50, 100]);
  });
});

describe('many jobs that are deleted together', () => {
  const jobs = names.map((name) => aJob({ name }));
  const full = (store: Map<string, Job>): void => {
    for (const job of jobs) store.set(job.name, job);
  };

  it('go at once, on some connections, and are read in one list', async () => {
    const { client, store, options, requests, most } = await keeper();
    full(store);
    const results = await deleteJobs(client, jobs, { ...options, listed: 80 });
    expect(results.map(({ outcome }) => outcome)).toEqual(names.map(() => 'written'));
    expect(store.size).toBe(0);
    expect(most()).toBeGreaterThan(1);
    expect(most()).toBeLessThanOrEqual(64);
    expect(requests('GET')).toEqual(['/v1/jobs', '/v1/leader', '/v1/jobs']);
    expect(requests('DELETE')).toHaveLength(80);
  });

  it('stay where they changed, have children or are gone, and the others go', async () => {
    const { client, store, options } = await keeper();
    full(store);
    store.set('job-0', aJob({ name: 'job-0', retries: 3 }));
    store.set('job-1', aJob({ name: 'job-1', dependent_jobs: ['late'] }));
    store.delete('job-2');
    const results = await deleteJobs(client, jobs.slice(0, 4), options);
    expect(results.map(({ outcome }) => outcome)).toEqual([
      'changed',
      'refused',
      'same',
      'written',
    ]);
    expect(store.has('job-0') && store.has('job-1')).toBe(true);
  });

  it('are all in the journal with their definitions before the first goes', async () => {
    const before: (string | null)[] = [];
    const { client, store, options } = await keeper(() => {
      expect(before).toHaveLength(80);
      return null;
    });
    full(store);
    const journal: Journal = {
      ...noJournal,
      before: async (entry) => void before.push(entry.before),
    };
    await deleteJobs(client, jobs, { ...options, journal });
    expect(before).toEqual(jobs.map((job) => JSON.stringify(job)));
  });

  it('are known to be gone, there still, or not sent, when the connection dies', async () => {
    let sent = 0;
    const { client, store, options } = await keeper((came, itself) => {
      if (++sent <= 8) return null;
      if (sent === 9) itself.delete(came.path.replace('/v1/jobs/', ''));
      return drop;
    });
    full(store);
    const results = await deleteJobs(client, jobs, options);
    const of = (outcome: string) => results.filter((result) => result.outcome === outcome).length;
    expect(of('written')).toBe(80 - store.size);
    expect(of('unknown')).toBeGreaterThan(0);
    expect(of('written') + of('unknown') + of('refused')).toBe(80);
  });
});

describe('a server that refuses some of many', () => {
  it('is sent the others all the same', async () => {
    const { client, options } = await keeper(({ body }) =>
      body.includes('"job-3"') ? { status: 400, body: 'Job validation failed: no.' } : null,
    );
    const results = await writeJobs(client, news(names), options);
    expect(results.filter((result) => result.outcome === 'written')).toHaveLength(79);
    expect(results[3]).toMatchObject({ outcome: 'refused', error: expect.any(Refused) });
  });

  it('is sent no more when it takes none', async () => {
    const { client, options, requests } = await keeper(() => ({
      status: 503,
      body: 'New job submissions are currently paused',
    }));
    const results = await writeJobs(client, news(names), options);
    expect(results[0]).toMatchObject({ outcome: 'refused', error: expect.any(Paused) });
    expect(results[79]).toMatchObject({ outcome: 'refused', error: expect.any(NotSent) });
    expect(requests('POST').length).toBeLessThanOrEqual(64);
  });

  it('is sent no more when it gives no answer, and what was sent is looked for', async () => {
    const { client, options, requests } = await keeper(({ body }, store) => {
      const job = JSON.parse(body) as Job;
      if (job.name === 'job-1') store.set(job.name, job);
      return drop;
    });
    const results = await writeJobs(client, news(names), options);
    expect(results[1]).toMatchObject({ outcome: 'written' });
    expect(results[2]).toMatchObject({ outcome: 'unknown', error: expect.any(OutcomeUnknown) });
    expect(results[79]).toMatchObject({ outcome: 'refused', error: expect.any(NotSent) });
    expect(requests('POST').length).toBeLessThanOrEqual(64);
  });

  it('is sent no more once the operator gives up; what is on its way is waited for', async () => {
    const controller = new AbortController();
    const { client, store, options } = await keeper(() => {
      controller.abort();
      return null;
    });
    const results = await writeJobs(client, news(names), { ...options, signal: controller.signal });
    const written = results.filter((result) => result.outcome === 'written').length;
    expect(written).toBe(store.size);
    expect(written).toBeGreaterThan(0);
    expect(written).toBeLessThanOrEqual(64);
    expect(results[79]).toMatchObject({ outcome: 'refused', error: expect.any(NotSent) });
  });
});

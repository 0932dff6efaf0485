/**
 * Lists of children that are wrong on the server, seen after a plan that concerns them, and put right as it
 * is told: nothing but moving children changes a list on every Dkron.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { atLeast } from '../../src/base/dkron-version.ts';
import { createClient, type Dkron } from '../../src/dkron/client.ts';
import type { Job } from '../../src/job/job.ts';
import { applyPlan } from '../../src/plan/apply.ts';
import { planRestore } from '../../src/plan/compare.ts';
import { planDeletions } from '../../src/plan/deletions.ts';
import type { RestorePlan } from '../../src/plan/model.ts';
import { realDkronsLine } from '../support/dkron.ts';
import { doorOf } from '../support/door.ts';
import { aJob } from '../support/jobs.ts';
import { passing } from '../support/passing.ts';
import { ask, type RunningServer, servers } from '../support/servers.ts';

console.log(`lists of children: ${realDkronsLine()}`);

const job = (name: string, parent_job = ''): Job =>
  aJob({ name, parent_job, schedule: '@manually', executor_config: { command: 'true' } });

/** A single node shows at once what it was sent: nothing is waited for. */
const clock = { ...systemClock, sleep: async () => {} };

describe.each(servers())('$name', ({ start, real, version }) => {
  let server: RunningServer;
  let client: Dkron;

  beforeAll(async () => {
    server = await start();
    client = createClient({ url: server.url });
  }, 60_000);
  afterAll(async () => {
    await client.close();
    await server.stop();
  });

  const jobs = (): Promise<Job[]> => Array.fromAsync(client.jobs(), (text) => text.job);
  async function applied(plan: RestorePlan) {
    const names = new Set(
      plan.items.filter(({ kind }) => kind !== 'only-here').map((one) => one.name),
    );
    const { results, faults } = await applyPlan(doorOf(client, { clock }), plan, names, {
      keep: null,
    });
    return {
      outcomes: results.map(({ outcome }) => outcome),
      faults: faults.map(({ fault, parent, child }) => [fault, parent, child]),
      next: faults.map(({ next }) => next),
    };
  }
  const write = async (...wanted: Job[]) => applied(planRestore(wanted, await jobs()));
  const remove = async (...names: string[]) =>
    applied(planDeletions(names, { jobs: await jobs(), unreadable: [] }));
  const listOf = async (name: string) => (await client.job(name)).value.job.dependent_jobs ?? [];
  /** A job that is new is stored with whatever list is sent. */
  const withList = (name: string, dependent_jobs: readonly string[]) =>
    ask(`${server.url}/v1/jobs`, 'POST', { ...job(name), dependent_jobs });

  const fine = { faults: [], next: [] };

  it('finds nothing wrong where children come, move and go', async () => {
    expect(await write(job('ok-a'), job('ok-b'), job('ok-c', 'ok-a'))).toMatchObject(fine);
    expect(await write(job('ok-c', 'ok-b'))).toMatchObject(fine);
    expect(await listOf('ok-b')).toEqual(['ok-c']);
    expect(await remove('ok-c')).toMatchObject(fine);
    expect(await listOf('ok-b')).toEqual([]);
  });

  it('tells of a child that is listed twice, until it is moved away and back', async () => {
    await withList('twice', ['twice-child']);
    expect(await write(job('twice-child', 'twice'))).toEqual({
      outcomes: ['written'],
      faults: [['twice', 'twice', 'twice-child']],
      next: ['Give twice-child no parent, then twice again.'],
    });
    expect(await listOf('twice')).toEqual(['twice-child', 'twice-child']);
    expect(await write(job('twice-child'))).toMatchObject(fine);
    expect(await write(job('twice-child', 'twice'))).toMatchObject(fine);
    expect(await listOf('twice')).toEqual(['twice-child']);
  });

  it('tells of a child that does not exist, until it is created and deleted', async () => {
    await withList('dangling', ['ghost']);
    expect(await write(job('dangling-child', 'dangling'))).toEqual({
      outcomes: ['written'],
      faults: [['dangling', 'dangling', 'ghost']],
      next: ['Create a job ghost with the parent dangling, then delete it.'],
    });
    await write(job('ghost', 'dangling'));
    expect(await remove('ghost')).toMatchObject(fine);
    expect(await listOf('dangling')).toEqual(['dangling-child']);
  });

  it('tells of a job of another parent, until it is moved there and back', async () => {
    await write(job('alone'));
    await withList('foreign', ['alone']);
    expect(await write(job('foreign-child', 'foreign'))).toEqual({
      outcomes: ['written'],
      faults: [['foreign', 'foreign', 'alone']],
      next: ['Give alone the parent foreign, then none again.'],
    });
    await write(job('alone', 'foreign'));
    expect(await write(job('alone'))).toMatchObject(fine);
    expect(await listOf('foreign')).toEqual(['foreign-child']);
  });

  // A later Dkron lets nobody empty a parent's list so that the parent can go before its child.
  it.runIf(real && !atLeast(version, '4.0.9'))(
    'tells of a job as stored whose old parent went right before it was sent',
    async () => {
      await write(job('old'), job('new'), job('moved', 'old'));
      await withList('old', []);
      const url = await passing(server.url, {
        before: async (method, _path, body) => {
          if (method !== 'POST' || JSON.parse(body).name !== 'moved') return;
          await ask(`${server.url}/v1/jobs/old`, 'DELETE');
        },
      });
      const through = createClient({ url });
      const seen = (await through.job('moved')).value.job;
      const [result] = await doorOf(through, { clock }).write([
        { seen, wanted: { ...seen, parent_job: 'new' } },
      ]);
      await through.close();
      expect(result).toMatchObject({
        outcome: 'unknown',
        error: {
          data: 'The job is there as it was sent, but new does not list it as a child: it does not run.',
          next: 'Give it no parent, then new again.',
        },
      });
      expect((await client.job('moved')).value.job.parent_job).toBe('new');
      expect(await listOf('new')).toEqual([]);
      await write(job('moved'));
      expect(await write(job('moved', 'new'))).toMatchObject(fine);
      expect(await listOf('new')).toEqual(['moved']);
    },
  );
});

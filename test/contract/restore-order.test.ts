/**
 * The shape of Dkron's own sample (chains 2 → 3, 4 → 5 → {6, 7}, 6 → 8), restored from files that have it in
 * any order: the server is the same each time, and each parent has each of its children once. Jobs that ran keep
 * what they ran.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atLeast } from '../../src/base/dkron-version.ts';
import { createClient, type Dkron } from '../../src/dkron/client.ts';
import { definition } from '../../src/job/compare.ts';
import type { Job } from '../../src/job/job.ts';
import { planRestore, writable } from '../../src/plan/compare.ts';
import { realDkronsLine } from '../support/dkron.ts';
import { applyJobs, deleteJobs } from '../support/door.ts';
import { aJob } from '../support/jobs.ts';
import { ask, type RunningServer, servers } from '../support/servers.ts';

console.log(`restore in any order: ${realDkronsLine()}`);

const parents: Readonly<Record<string, string>> = { 3: '2', 5: '4', 6: '5', 7: '5', 8: '6' };
const sample = Array.from('12345678', (at) =>
  aJob({
    name: `job${at}`,
    schedule: '@manually',
    executor_config: { command: 'true' },
    parent_job: parents[at] === undefined ? '' : `job${parents[at]}`,
  }),
);
const shuffled = [6, 3, 7, 1, 5, 0, 4, 2].map((at) => sample[at]!);
const orders: readonly (readonly [string, readonly Job[]])[] = [
  ['the order of the file', sample],
  ['reverse', sample.toReversed()],
  ['no order', shuffled],
];

async function restore(client: Dkron, jobs: readonly Job[]): Promise<string[]> {
  const plan = planRestore(jobs, await all(client));
  return (await applyJobs(client, plan, new Set(writable(plan)))).map(({ outcome }) => outcome);
}

const all = (client: Dkron): Promise<Job[]> => Array.fromAsync(client.jobs(), ({ job }) => job);

/** What the server has, by name, with the children that each parent starts. */
async function stateOf(client: Dkron) {
  const jobs = await all(client);
  return jobs.map((job) => ({
    name: job.name,
    definition: definition(job),
    children: (job.dependent_jobs ?? []).toSorted(),
  }));
}

async function empty(client: Dkron): Promise<void> {
  for (const name of ['8', '7', '6', '5', '4', '3', '2', '1']) {
    const job = (await all(client)).find((one) => one.name === `job${name}`);
    if (job) await deleteJobs(client, [job]);
  }
}

describe.each(servers())('$name', ({ version, start, runs }) => {
  let server: RunningServer;
  let client: Dkron;
  beforeAll(async () => {
    server = await start();
    client = createClient({ url: server.url });
  });
  afterAll(async () => {
    await client?.close();
    await server?.stop();
  });

  it('is the same from files in any order, with each child once', async () => {
    const states = new Map<string, unknown>();
    for (const [order, jobs] of orders) {
      await empty(client);
      expect(new Set(await restore(client, jobs)), order).toEqual(new Set(['written']));
      states.set(order, await stateOf(client));
    }
    const [first, ...others] = states.values();
    for (const other of others) expect(other).toEqual(first);
    const children = Object.fromEntries(
      (await stateOf(client)).map(({ name, children }) => [name, children]),
    );
    expect(children).toMatchObject({
      job1: [],
      job2: ['job3'],
      job4: ['job5'],
      job5: ['job6', 'job7'],
      job6: ['job8'],
      job8: [],
    });
  });

  // The shell's plugin of 3.x does not end its runs in every build.
  it.runIf(atLeast(version, '4.0.0') && runs.includes('shell'))(
    'keeps what jobs ran, whichever order writes over them',
    async () => {
      await empty(client);
      await restore(client, sample);
      await ask(`${server.url}/v1/jobs/job4`, 'POST');
      const pastOf = async (name: string) =>
        (await client.executions(name)).value.map(({ id, success }) => ({ id, success }));
      // Its whole chain runs after it.
      const chain = ['job4', 'job5', 'job6', 'job7', 'job8'];
      const pasts = async () =>
        Object.fromEntries(
          await Promise.all(chain.map(async (name) => [name, await pastOf(name)] as const)),
        );
      await expect
        .poll(
          async () =>
            Object.values(await pasts()).every((past) => past.length === 1 && past[0]!.success),
          { timeout: 30_000 },
        )
        .toBe(true);
      const before = await pasts();
      for (const [at, [order, jobs]] of orders.entries()) {
        const changed = jobs.map((job) => ({ ...job, retries: at + 1 }));
        expect(new Set(await restore(client, changed)), order).toEqual(new Set(['written']));
        expect(await pasts(), order).toEqual(before);
        expect((await client.job('job4')).value.job).toMatchObject({
          success_count: 1,
          retries: at + 1,
        });
      }
    },
  );
});

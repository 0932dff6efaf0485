/** Snapshots and restores on the demo server and on every real Dkron at hand. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atLeast } from '../../src/base/dkron-version.ts';
import { startDemo } from '../../src/demo/server.ts';
import { createClient, type Dkron } from '../../src/dkron/client.ts';
import type { Job } from '../../src/job/job.ts';
import { planRestore, writable } from '../../src/plan/compare.ts';
import { readJobFiles } from '../../src/snapshot/file/read.ts';
import { formatSnapshot } from '../../src/snapshot/take/format.ts';
import { realDkrons, realDkronsLine } from '../support/dkron.ts';
import { applyJobs } from '../support/door.ts';
import { aJob } from '../support/jobs.ts';

console.log(`restore: ${realDkronsLine()}`);

const demo = {
  version: '4.1.2',
  label: 'the demo server',
  start: async () => {
    const { url, close } = await startDemo({ empty: true });
    return { url, stop: close };
  },
};
const servers = [
  demo,
  ...realDkrons().map((real) => ({ ...real, label: `Dkron ${real.version}` })),
];

/** What the curl-and-jq script made of eight jobs on a 4.1.2. */
const script = join(import.meta.dirname, '../data/snapshot/script-4.1.2.txt');

const all = (jobs: AsyncIterable<{ job: Job }>): Promise<Job[]> =>
  Array.fromAsync(jobs, ({ job }) => job);

async function restore(client: Dkron, snapshot: readonly Job[], names?: readonly string[]) {
  const plan = planRestore(snapshot, await all(client.jobs()));
  const chosen = new Set(names ?? writable(plan));
  const results = await applyJobs(client, plan, chosen);
  return results.map(({ name, outcome }) => [name, outcome]);
}

/** The whole server as the text of a snapshot. */
async function snapshotOf(client: Dkron): Promise<string> {
  const parts = formatSnapshot(client.jobBytes());
  const texts = await Array.fromAsync(parts, ({ bytes }) => Buffer.from(bytes).toString());
  return texts.join('');
}

/** The script's restore: each line is posted as it is, one after the other. */
async function postLines(url: string, text: string): Promise<number[]> {
  const statuses: number[] = [];
  for (const body of text.trimEnd().split('\n')) {
    const answer = await fetch(`${url}/v1/jobs`, { method: 'POST', body });
    await answer.text();
    statuses.push(answer.status);
  }
  return statuses;
}

async function removeAll(url: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const answer = await fetch(`${url}/v1/jobs/${name}`, { method: 'DELETE' });
    expect(answer.status).toBe(200);
  }
}

describe.each(servers)('$label', ({ version, start }) => {
  let server: Awaited<ReturnType<typeof start>>;
  let client: Dkron;
  beforeAll(async () => {
    server = await start();
    client = createClient({ url: server.url });
  });
  afterAll(async () => {
    await client?.close();
    await server?.stop();
  });

  const children = async (name: string) => (await client.job(name)).value.job.dependent_jobs ?? [];
  const leavesFirst = async () =>
    (await snapshotOf(client))
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as Job).name)
      .reverse();

  it("takes the script's file, mended, parents first", async () => {
    const { jobs: snapshot } = await readJobFiles([script]);
    // Before 4.0.9 there is no starts_at.
    const wanted = atLeast(version, '4.0.9')
      ? snapshot
      : snapshot.filter(({ name }) => name !== 'once');
    const results = await restore(client, wanted);
    expect(results.map(([, outcome]) => outcome)).toEqual(wanted.map(() => 'written'));
    const plan = planRestore(wanted, await all(client.jobs()));
    expect(plan.items.map(({ kind }) => kind)).toEqual(wanted.map(() => 'same'));
    expect(await children('keolis-zones')).toEqual(['a-zones-index']);
  });

  it("makes a file that the script's loop restores line by line", async () => {
    const before = await all(client.jobs());
    const text = await snapshotOf(client);
    await removeAll(server.url, await leavesFirst());
    expect(await all(client.jobs())).toEqual([]);
    expect(new Set(await postLines(server.url, text))).toEqual(new Set([201]));
    const plan = planRestore(before, await all(client.jobs()));
    expect(plan.items.map(({ kind }) => kind)).toEqual(before.map(() => 'same'));
  });

  it('keeps the children of a parent that is restored over a changed one', async () => {
    const snapshot = [
      aJob({ name: 'p' }),
      aJob({ name: 'c1', parent_job: 'p' }),
      aJob({ name: 'c2', parent_job: 'p' }),
      aJob({ name: 'moved' }),
    ];
    await restore(client, snapshot);
    const broken = snapshot.map((job) => ({ ...job, retries: 4 }));
    broken[2] = { ...broken[2]!, parent_job: '' };
    broken[3] = { ...broken[3]!, parent_job: 'p' };
    await restore(client, broken);
    expect((await children('p')).toSorted()).toEqual(['c1', 'moved']);
    const results = await restore(client, snapshot);
    expect(results.map(([, outcome]) => outcome)).toEqual([
      'written',
      'written',
      'written',
      'written',
    ]);
    expect((await children('p')).toSorted()).toEqual(['c1', 'c2']);
  });

  it('writes hundreds of jobs and verifies each', async () => {
    const snapshot = Array.from({ length: 300 }, (_, at) =>
      aJob({
        name: `bulk-${at}`,
        schedule: '@manually',
        parent_job: at % 10 ? '' : `bulk-${at + 1}`,
      }),
    );
    const results = await restore(client, snapshot);
    expect(results.filter(([, outcome]) => outcome === 'written')).toHaveLength(300);
    expect(await children('bulk-1')).toEqual(['bulk-0']);
  });
});

describe.each(realDkrons().slice(0, 1))('a follower of three nodes of $version', (newest) => {
  it('shows every write in the end: none is called lost', async () => {
    const cluster = await newest.startCluster();
    const client = createClient({ url: cluster.urls[1]! });
    try {
      const snapshot = Array.from({ length: 200 }, (_, at) =>
        aJob({
          name: `bulk-${at}`,
          schedule: '@manually',
          parent_job: at % 10 ? '' : `bulk-${at + 1}`,
        }),
      );
      const results = await restore(client, snapshot);
      expect(results.filter(([, outcome]) => outcome !== 'written')).toEqual([]);
    } finally {
      await client.close();
      await cluster.stop();
    }
  });
});

/** What is said of a plan before it is written, against what the demo server and real Dkrons do. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atLeast } from '../../src/base/dkron-version.ts';
import { createClient, type Dkron } from '../../src/dkron/client.ts';
import { readLive } from '../../src/dkron/live.ts';
import { readNodes } from '../../src/dkron/nodes.ts';
import { changesOf } from '../../src/job/compare.ts';
import type { Job } from '../../src/job/job.ts';
import { checkPlan } from '../../src/plan/check.ts';
import { planRestore } from '../../src/plan/compare.ts';
import type { CheckedItem } from '../../src/plan/model.ts';
import { instantFromMillis } from '../../src/schedule/index.ts';
import { readJobFiles } from '../../src/snapshot/file/read.ts';
import { realDkronsLine } from '../support/dkron.ts';
import { aJob } from '../support/jobs.ts';
import { ask, type RunningServer, servers } from '../support/servers.ts';

console.log(`checks: ${realDkronsLine()}`);

const data = join(import.meta.dirname, '../data/jobs');

describe.each(servers())('$name', ({ version, start }) => {
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

  async function checked(jobs: readonly Job[]): Promise<readonly CheckedItem[]> {
    const live = (await readLive(client, {})).jobs;
    const nodes = await readNodes(client);
    const now = instantFromMillis(Date.now());
    return checkPlan(planRestore(jobs, live), live, { version, nodes, now, all: true }).items;
  }

  const post = (job: Job): Promise<Response> =>
    fetch(`${server.url}/v1/jobs`, { method: 'POST', body: JSON.stringify(job) });
  const shown = (name: string): Promise<Job> => ask<Job>(`${server.url}/v1/jobs/${name}`);
  const rules = ({ findings }: CheckedItem): string[] => findings.map(({ rule }) => rule);

  it.each(['dkron-27.json', 'dkron-02.d'])(
    'refuses of %s what is blocked, takes the rest, and drops what is said',
    async (file) => {
      const { jobs } = await readJobFiles([join(data, file)]);
      const items = (await checked(jobs)).filter(({ kind }) => kind !== 'only-here');
      expect(items.length).toBe(jobs.length);
      for (const item of items) {
        const answer = await post(item.job);
        expect([item.name, answer.status]).toEqual([
          item.name,
          item.kind === 'blocked' ? 400 : 201,
        ]);
        if (item.kind === 'blocked') continue;
        const lost = changesOf(item.job, await shown(item.name)).map(({ path }) => path);
        const said = item.findings.map(({ path }) => path);
        expect(said).toEqual(expect.arrayContaining(lost));
      }
    },
  );

  it('says of a season what a Dkron before 4.0.9 makes of it', async () => {
    const { jobs } = await readJobFiles([join(data, 'dkron-27.json')]);
    const item = (await checked(jobs.map((job) => ({ ...job, retries: 1 })))).find(
      ({ name }) => name === 'season',
    )!;
    const ignored = atLeast(version, '4.0.9')
      ? []
      : [
          `Dkron ${version} ignores it, and the job runs before that time too; it came with 4.0.9-rc1`,
        ];
    expect(
      item.findings.filter(({ path }) => path === 'starts_at').map(({ text }) => text),
    ).toEqual(ignored);
  });

  it('never runs a job whose tags no living node has', async () => {
    const lost = aJob({ name: 'lost', schedule: '@every 1s', tags: { role: 'web:1' } });
    const found = aJob({ name: 'found', schedule: '@every 1s', tags: { role: 'dkron:1' } });
    const [first, second] = await checked([lost, found]);
    expect(rules(first!)).toContain('tags-nowhere');
    expect(rules(second!)).not.toContain('tags-nowhere');
    for (const job of [lost, found]) expect((await post(job)).status).toBe(201);
    const ran = (name: string): Promise<unknown[]> =>
      ask(`${server.url}/v1/jobs/${name}/executions`);
    await expect.poll(() => ran('found'), { timeout: 10_000 }).not.toEqual([]);
    expect(await ran('lost')).toEqual([]);
    for (const name of ['lost', 'found'])
      await fetch(`${server.url}/v1/jobs/${name}`, { method: 'DELETE' });
  });

  it('shows a next run that is computed without the zone, and not anew for another zone', async () => {
    const job = aJob({ name: 'zoned', schedule: '0 30 9 * * *', timezone: 'Asia/Kolkata' });
    const [item] = await checked([job]);
    expect(rules(item!)).toContain('next-shown');
    await post(job);
    const next = (await shown('zoned')).next;
    // The servers of the tests run in UTC, where it would be 04:00.
    expect(next).toContain('T09:30:00');
    const moved = { ...job, timezone: 'Europe/Paris' };
    const [again] = await checked([moved]);
    expect(again!.findings.map(({ text }) => text)).toContain(
      'Dkron goes on showing the next run as it was, until it has run once',
    );
    await post(moved);
    expect((await shown('zoned')).next).toBe(next);
  });
});

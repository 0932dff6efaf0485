/** The write door on the demo server and on every real Dkron at hand. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { atLeast } from '../../src/base/dkron-version.ts';
import { ParentMissing, Refused } from '../../src/base/errors.ts';
import { startDemo } from '../../src/demo/server.ts';
import { createClient, type Dkron } from '../../src/dkron/client.ts';
import { current } from '../../src/dkron/write/reread.ts';
import type { Job } from '../../src/job/job.ts';
import { type RunningDkron, realDkrons, realDkronsLine } from '../support/dkron.ts';
import { deleteJob, doorOf, setDisabled, writeJob } from '../support/door.ts';
import { aJob } from '../support/jobs.ts';

console.log(`write door: ${realDkronsLine()}`);

const demo = {
  version: '4.1.2',
  label: 'the demo server',
  runs: ['http', 'shell'] as const,
  start: async (): Promise<RunningDkron> => {
    const { url, close } = await startDemo({ empty: true });
    return { url, stop: close };
  },
};
const servers = [
  demo,
  ...realDkrons().map((real) => ({ ...real, label: `Dkron ${real.version}` })),
];

const job = (name: string, wanted: Partial<Job> = {}): Job =>
  aJob({ name, schedule: '@manually', executor_config: { command: 'echo done' }, ...wanted });

/** Creates a job through the door; answers how the server has it then. */
async function created(client: Dkron, wanted: Job): Promise<Job> {
  const result = await writeJob(client, { seen: null, wanted });
  if (result.outcome !== 'written' || !result.after) throw new Error(JSON.stringify(result));
  return result.after.job;
}

async function fresh(client: Dkron, name: string): Promise<Job> {
  return (await client.job(name)).value.job;
}

describe.each(servers)('$label', ({ version, runs, start }) => {
  let server: RunningDkron;
  let client: Dkron;
  beforeAll(async () => {
    server = await start();
    client = createClient({ url: server.url });
  });
  afterAll(async () => {
    await client?.close();
    await server?.stop();
  });

  it('creates a job, changes it, and finds nothing to do the third time', async () => {
    const body = '{"zones":[1.0,1e400,9223372036854775808],"a":1,"a":2,"name":"Zürich 🚲"}';
    const wanted = job('edit', {
      metadata: { team: 'mobility', empty: '' },
      tags: { dc: 'dc1:1' },
      processors: { log: { forward: 'true' } },
      executor: 'http',
      executor_config: { method: 'POST', url: 'http://127.0.0.1:1/', body },
      expires_at: '2030-01-01T02:00:00+02:00',
    });
    const seen = await created(client, wanted);
    expect(seen.executor_config?.['body']).toBe(body);
    const next = { ...seen, schedule: '0 0 4 * * *', timezone: 'Europe/Paris', tags: null };
    const result = await writeJob(client, { seen, wanted: next });
    expect(result).toMatchObject({
      outcome: 'written',
      before: { job: { schedule: '@manually' } },
      after: { job: { schedule: '0 0 4 * * *', timezone: 'Europe/Paris', tags: null } },
    });
    expect((await writeJob(client, { seen, wanted: next })).outcome).toBe('same');
  });

  it('merges what another client changed meanwhile', async () => {
    const seen = await created(client, job('merge'));
    await setDisabled(client, 'merge', true);
    const change = { seen, wanted: { ...seen, retries: 2 } };
    expect((await writeJob(client, change)).outcome).toBe('changed');
    expect((await writeJob(client, change, { merge: true })).outcome).toBe('written');
    expect(await fresh(client, 'merge')).toMatchObject({ retries: 2, disabled: true });
  });

  it('keeps the children of a parent that is edited', async () => {
    const parent = await created(client, job('parent'));
    await created(client, job('child', { parent_job: 'parent', schedule: '' }));
    const change = { seen: parent, wanted: { ...parent, retries: 1 } };
    expect((await writeJob(client, change)).outcome).toBe('written');
    expect((await fresh(client, 'parent')).dependent_jobs).toEqual(['child']);
    const refused = await deleteJob(client, await fresh(client, 'parent'));
    expect(refused).toHaveProperty('error.message', expect.stringContaining('has children: child'));
    for (const name of ['child', 'parent'])
      expect((await deleteJob(client, await fresh(client, name))).outcome).toBe('written');
    expect(await current(client, 'parent')).toBeNull();
  });

  it('says what the server says when it refuses', async () => {
    const refusal = (wanted: Job) => writeJob(client, { seen: null, wanted });
    expect(await refusal(job('bad', { schedule: '* * * * *' }))).toMatchObject({
      outcome: 'refused',
      error: {
        message: expect.stringContaining("can't parse job schedule: expected exactly 6 fields"),
      },
    });
    expect(await refusal(job('bad', { schedule: 'TZ=Foo' }))).toMatchObject({
      outcome: 'refused',
      error: expect.any(Refused),
    });
    expect(await refusal(job('orphan', { parent_job: 'nobody' }))).toMatchObject({
      outcome: 'refused',
      error: expect.any(ParentMissing),
    });
    expect(await current(client, 'bad')).toBeNull();
  });

  it('enables and disables without regard to what it was', async () => {
    await created(client, job('flag'));
    for (const disabled of [true, true, false])
      expect(['written', 'same']).toContain((await setDisabled(client, 'flag', disabled)).outcome);
    expect((await fresh(client, 'flag')).disabled).toBe(false);
  });

  it('finds out why a job does not run', async () => {
    expect(await doorOf(client).run('nobody')).toMatchObject({
      outcome: 'refused',
      error: { message: expect.stringContaining('there is no job nobody') },
    });
    await created(client, job('off', { disabled: true }));
    expect(await doorOf(client).run('off')).toMatchObject({
      outcome: 'refused',
      error: { message: expect.stringContaining('is disabled') },
    });
  });

  // The shell's plugin of 3.x does not end its runs in every build.
  if (atLeast(version, '4.0.0') && runs.includes('shell'))
    it('runs a job to its end and reads the output', async () => {
      await created(client, job('run'));
      expect(await doorOf(client).run('run')).toMatchObject({
        outcome: 'done',
        executions: [{ success: true }],
      });
      const [run] = (await client.executions('run')).value;
      expect(run).toMatchObject({
        success: true,
        output: expect.stringMatching(/^done$/m),
        job_name: 'run',
      });
      expect((await client.execution('run', run!.id)).value.group).toBe(run!.group);
      const cleared = await doorOf(client).clear('run');
      expect(cleared.outcome).toBe(atLeast(version, '4.1.0') ? 'done' : 'refused');
      expect((await client.executions('run')).value).toHaveLength(
        atLeast(version, '4.1.0') ? 0 : 1,
      );
    });

  // Up to 4.0.8 a parent's list can be emptied by sending an empty one, and the parent then deleted.
  if (!atLeast(version, '4.0.9'))
    it('moves a job away from a parent that is gone', async () => {
      const [lost, home] = [await created(client, job('lost')), await created(client, job('home'))];
      const child = await created(client, job('moved', { parent_job: 'lost' }));
      const body = JSON.stringify({ ...lost, dependent_jobs: [] });
      await fetch(`${server.url}/v1/jobs`, { method: 'POST', body });
      expect((await deleteJob(client, lost)).outcome).toBe('written');
      const change = { seen: child, wanted: { ...child, parent_job: home.name } };
      expect((await writeJob(client, change)).outcome).toBe('written');
      expect((await fresh(client, 'home')).dependent_jobs).toEqual(['moved']);
    });
});

describe.each(realDkrons().slice(0, 2))(
  'a follower of three nodes of $version',
  ({ startCluster }) => {
    let cluster: Awaited<ReturnType<typeof startCluster>>;
    beforeAll(async () => {
      cluster = await startCluster();
    });
    afterAll(() => cluster?.stop());

    it('shows a write late, and no write is called lost', async () => {
      const client = createClient({ url: cluster.urls[1]! });
      let slept = 0;
      const clock = {
        now: systemClock.now,
        sleep: (ms: number) => {
          slept += ms;
          return systemClock.sleep(ms);
        },
      };
      const options = { clock };
      let seen: Job | null = null;
      for (let round = 0; round < 10; round++) {
        const result = await writeJob(
          client,
          { seen, wanted: job('late', { retries: round }) },
          options,
        );
        expect(result.outcome).toBe('written');
        seen = await fresh(client, 'late');
        expect(seen.retries).toBe(round);
      }
      expect(slept).toBeGreaterThan(0);
      expect((await deleteJob(client, seen!, options)).outcome).toBe('written');
      await client.close();
    });
  },
);

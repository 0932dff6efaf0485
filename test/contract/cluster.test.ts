/** What each Dkron tells of its cluster, and what a pause stops: the demo server and every real one at hand. */
import { kill } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atLeast } from '../../src/base/dkron-version.ts';
import type { Job } from '../../src/job/job.ts';
import { run } from '../cli/run.ts';
import type { RunningCluster } from '../support/cluster.ts';
import { realDkrons } from '../support/dkron.ts';
import { ask, type RunningServer, servers } from '../support/servers.ts';

interface Told {
  readonly node: string;
  readonly leader: string | null;
  readonly members: readonly {
    readonly name: string;
    readonly role: string;
    readonly state: string;
    readonly leads: boolean;
    readonly answers: boolean;
  }[];
  readonly health: { readonly status: string; readonly issues: readonly string[] } | null;
  readonly paused: boolean | null;
  readonly serf: Readonly<Record<string, string>>;
  readonly days: readonly { readonly ok: number; readonly failed: number }[] | null;
  readonly concerns: readonly string[];
  readonly notTold: Readonly<Record<string, string>>;
}

const clusterAt = async (url: string): Promise<Told> => {
  const { code, stdout, stderr } = await run(['cluster', '--json', '--url', url]);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
};

/** Each run of it asks the server itself how it is, so that no other server is needed. */
const asking = (url: string, fields: Partial<Job>) => ({
  ...{ executor: 'http', schedule: '@every 100h' },
  executor_config: { method: 'GET', url: `${url}/health`, expectCode: '200' },
  ...fields,
});

describe.each(servers())('on $name', ({ start, version, runs }) => {
  const can = (since: string): boolean => atLeast(version, since);
  let server: RunningServer;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.stop());

  const post = (job: object) =>
    fetch(`${server.url}/v1/jobs`, { method: 'POST', body: JSON.stringify(job) });
  const job = (name: string) => ask<Job>(`${server.url}/v1/jobs/${name}`);
  const dkron = (...argv: string[]) => run([...argv, '--url', server.url]);

  it('says what it can tell, and why it cannot tell the rest', async () => {
    const told = await clusterAt(server.url);
    expect(told.leader).toBe(told.node);
    expect(told.members).toMatchObject([
      { name: told.node, role: 'server', state: 'alive', leads: true, answers: true },
    ]);
    expect(told.serf).toMatchObject({ members: '1', failed: '0', left: '0', health_score: '0' });
    expect(told.concerns).toEqual([]);
    expect([told.health?.status, told.paused, told.days]).toEqual([
      can('4.1.0') ? 'healthy' : undefined,
      can('4.0.9') ? false : null,
      can('4.1.0') ? [] : null,
    ]);
    expect(Object.keys(told.notTold)).toEqual([
      ...(can('4.1.0') ? [] : ['health']),
      ...(can('4.0.9') ? [] : ['paused']),
      ...(can('4.1.0') ? [] : ['days']),
    ]);
  });

  it.runIf(runs.includes('http') && can('4.1.0'))(
    'counts each attempt by day, and keeps its counts when runs are erased',
    async () => {
      expect((await post(asking(server.url, { name: 'good' }))).status).toBe(201);
      const config = { method: 'GET', url: `${server.url}/nope`, expectCode: '200' };
      await post(asking(server.url, { name: 'bad', retries: 1, executor_config: config }));
      await dkron('run', 'good', '--yes');
      await dkron('run', 'bad', '--yes');
      expect((await clusterAt(server.url)).days).toMatchObject([{ ok: 1, failed: 2 }]);
      await dkron('clear', 'bad', '--yes');
      expect((await clusterAt(server.url)).days).toMatchObject([{ ok: 1, failed: 2 }]);
    },
  );

  it.runIf(!can('4.0.9'))('cannot be paused, and says since when one can', async () => {
    const { code, stderr } = await dkron('pause', '--yes');
    expect([code, stderr]).toEqual([9, expect.stringContaining('It needs Dkron 4.0.9 or newer.')]);
  });

  it.runIf(runs.includes('http') && can('4.0.9'))(
    'is paused: it refuses jobs, and stops nothing else',
    async () => {
      await post(asking(server.url, { name: 'ticks', schedule: '@every 1s' }));
      await post(asking(server.url, { name: 'gone' }));
      await post(asking(server.url, { name: 'turned' }));
      const paused = await dkron('pause', '--yes');
      expect(paused).toMatchObject({ code: 0, stdout: expect.stringContaining('is paused: it') });
      expect((await clusterAt(server.url)).paused).toBe(true);
      expect(await dkron('pause', '--yes')).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('paused already'),
      });
      // What it stops.
      for (const [method, path] of [
        ['POST', ''],
        ['PATCH', ''],
        ['PUT', '/turned'],
      ]) {
        const body = JSON.stringify(asking(server.url, { name: 'turned' }));
        const answer = await fetch(`${server.url}/v1/jobs${path}`, { method: method!, body });
        expect([answer.status, await answer.text()]).toEqual([
          503,
          'New job submissions are currently paused',
        ]);
      }
      expect(await dkron('edit', 'turned', '--set', 'owner=x', '--yes')).toMatchObject({
        code: 9,
        stderr: expect.stringContaining('dkron-tui unpause'),
      });
      // What goes on: schedules, runs by hand, toggles, deletions, restores.
      const before = (await job('ticks')).success_count;
      await sleep(2_500);
      expect((await job('ticks')).success_count).toBeGreaterThan(before);
      expect(await dkron('run', 'gone', '--yes')).toMatchObject({ code: 0 });
      const toggled = await fetch(`${server.url}/v1/jobs/turned/toggle`, { method: 'POST' });
      expect([toggled.status, (await job('turned')).disabled]).toEqual([200, true]);
      expect(await dkron('delete', 'gone', '--yes')).toMatchObject({ code: 0 });
      const form = new FormData();
      form.append('file', new Blob([JSON.stringify([asking(server.url, { name: 'back' })])]));
      const restored = await fetch(`${server.url}/v1/restore`, { method: 'POST', body: form });
      expect([restored.status, (await job('back')).name]).toEqual([200, 'back']);
      const unpaused = await dkron('unpause', '--yes');
      expect(unpaused).toMatchObject({ code: 0, stdout: expect.stringContaining('is unpaused') });
      expect((await post(asking(server.url, { name: 'turned' }))).status).toBe(201);
    },
  );
});

describe.each(realDkrons().slice(0, 1))('three nodes of Dkron $version', ({ startCluster }) => {
  let cluster: RunningCluster;
  beforeAll(async () => {
    cluster = await startCluster();
  });
  afterAll(() => cluster.stop());

  const until = async (url: string, holds: (told: Told) => boolean): Promise<Told> => {
    for (let tries = 0; ; tries++) {
      const told = await clusterAt(url);
      if (holds(told) || tries > 60) return told;
      await sleep(500);
    }
  };

  it('are told by a follower: who leads, who answers, and that one is paused alone', async () => {
    const [leader, follower] = cluster.nodes;
    const told = await clusterAt(follower!.url);
    expect([told.node, told.leader]).toEqual([follower!.name, leader!.name]);
    expect(told.members.map(({ state }) => state)).toEqual(['alive', 'alive', 'alive']);
    expect(told.members.find(({ answers }) => answers)?.name).toBe(follower!.name);
    const paused = await run(['pause', '--yes', '--url', follower!.url]);
    expect(paused.stdout).toContain(`${follower!.name} is paused`);
    const flags = await Promise.all(cluster.urls.map(async (url) => (await clusterAt(url)).paused));
    expect(flags).toEqual([false, true, false]);
  });

  it('lose their leader: it is named as failed, and so is what cannot be done', async () => {
    const [leader, follower, other] = cluster.nodes;
    kill(leader!.pid, 'SIGKILL');
    const after = await until(
      follower!.url,
      ({ members, leader: now }) =>
        now !== null && now !== leader!.name && members.some(({ state }) => state === 'failed'),
    );
    expect([follower!.name, other!.name]).toContain(after.leader);
    expect(after.members.find(({ name }) => name === leader!.name)).toMatchObject({
      state: 'failed',
      leads: false,
    });
    expect(after.concerns).toContain(`failed: ${leader!.name}`);
    expect(after.serf['failed']).toBe('1');
    kill(other!.pid, 'SIGKILL');
    const alone = await until(
      follower!.url,
      ({ leader: now, members }) =>
        now === null && members.filter(({ state }) => state === 'failed').length === 2,
    );
    expect(alone.leader).toBeNull();
    expect(alone.concerns.slice(0, 2)).toEqual([
      expect.stringMatching(/^there is no leader/),
      expect.stringMatching(/^1 of 3 servers are alive/),
    ]);
  });
});

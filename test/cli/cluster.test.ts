import { expect, test } from 'vitest';
import { ask } from '../support/servers.ts';
import { fresh } from './fresh.ts';

test('tells of the members, of the node that answers, and of the days', async () => {
  const { dkron } = await fresh({ name: 'job' });
  await dkron('run', 'job', '--yes');
  const { code, stdout } = await dkron('cluster');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^1 server, 0 agents · leader \S+\n/);
  expect(stdout).toMatch(/✓ alive +server, leader, you are here +4\.1\.2 +0 +127\.0\.0\.1:\d+/);
  expect(stdout).toContain('Health     healthy: the processes of its executors run');
  expect(stdout).toContain('Raft       Dkron’s API tells no figures of raft');
  expect(stdout).toMatch(/\d+ \w{3} +█+ +1 ok {2}none failed {2}so far/);
});

test('--json gives the same for programs, null with its reason for what is not told', async () => {
  const { dkron } = await fresh({ name: 'job' });
  const told = JSON.parse((await dkron('cluster', '--json')).stdout);
  expect(told).toMatchObject({
    leader: told.node,
    members: [{ name: told.node, role: 'server', state: 'alive', leads: true, runs: [] }],
    health: { status: 'healthy', issues: [] },
    paused: false,
    days: [],
    concerns: [],
    notTold: {},
  });
});

test('pauses the node that answers and takes that back, with the truth before the question', async () => {
  const { dkron, typing, url } = await fresh({ name: 'job' });
  const paused = async () => (await ask<{ paused: boolean }>(`${url}/v1/pause`)).paused;
  const asked = await typing('n\n', 'pause');
  expect(asked.stdout).toContain('Jobs go on by their schedules');
  expect(asked.stderr).toMatch(/Pause the node \S+ of http\S+\? \[y\/N\]/);
  expect([asked.code, await paused()]).toEqual([1, false]);
  expect((await dkron('pause')).code).toBe(2);
  expect((await dkron('pause', '--yes', '--read-only')).code).toBe(9);
  expect(await paused()).toBe(false);
  expect((await typing('y\n', 'pause')).code).toBe(0);
  expect(await paused()).toBe(true);
  expect(JSON.parse((await dkron('pause', '--yes', '--json')).stdout)).toMatchObject({
    paused: true,
    outcome: 'same',
  });
  expect((await dkron('cluster')).stdout).toMatch(/! \S+ is paused: no new and no changed jobs/);
  expect((await dkron('unpause', '--yes')).stdout).toContain('is unpaused: it accepts');
  expect(await paused()).toBe(false);
});

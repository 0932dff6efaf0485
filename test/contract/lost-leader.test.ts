/** Commands at three nodes whose leader is lost in the middle of what they do. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Job } from '../../src/job/job.ts';
import { run } from '../cli/run.ts';
import { sharedCluster } from '../e2e/driver/shared.ts';
import type { ClusterNode } from '../support/cluster.ts';
import { counted } from '../support/counted-server.ts';
import { realDkrons } from '../support/dkron.ts';
import { change, faultProxy } from '../support/fault-proxy.ts';
import { aDefinition } from '../support/jobs.ts';
import { ask } from '../support/servers.ts';

const patience = { timeout: 30_000, interval: 200 };

interface Told {
  readonly name: string;
  readonly outcome: string;
}

/** All alive, the leader first, and what comes to the second counted. */
async function three() {
  const nodes = (await sharedCluster()) as [ClusterNode, ClusterNode, ClusterNode];
  const [leader, follower, other] = nodes;
  const far = await counted(follower.url);
  const line = await faultProxy(far.url);
  /** What another node has once there is another leader. */
  const afterwards = async (): Promise<Job[]> => {
    await vi.waitFor(async () => {
      const { Name } = await ask<{ Name: string }>(`${other.url}/v1/leader`);
      expect(Name).not.toBe(leader.name);
    }, patience);
    return ask<Job[]>(`${other.url}/v1/jobs`);
  };
  const kill = () => void process.kill(-leader.pid, 'SIGKILL');
  return { leader, follower, far, line, kill, afterwards };
}

describe.skipIf(realDkrons().length === 0)('a leader that is lost', () => {
  it('in a restore of 300 jobs: it goes on with the next one, each is told as what it is, and --resume does the rest', async () => {
    const { far, line, kill, afterwards } = await three();
    const names = Array.from({ length: 300 }, (_, at) => `job-${at}`);
    const folder = await mkdtemp(join(tmpdir(), 'lost-leader-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const snapshot = join(folder, 'snap');
    const lines = names.map((name) => `${JSON.stringify(aDefinition({ name }))}\n`);
    await writeFile(snapshot, lines.join(''));

    const struck = line.breakAt(change, { kind: 'hold' }, 'before', 120);
    const restoring = run(['restore', snapshot, '--yes', '--json', '--url', line.url]);
    await struck;
    kill();
    await line.mend();
    const { code, stdout, stderr } = await restoring;
    const { results } = JSON.parse(stdout) as { results: Told[] };
    const outcomes = Map.groupBy(results, ({ outcome }) => outcome);
    const told = [...outcomes].map(([outcome, { length }]) => `${length} ${outcome}`).join(', ');
    console.log(`restore: exit ${code}, ${told} ${stderr}`);

    const there = new Set((await afterwards()).map(({ name }) => name));
    const sent = far.came
      .filter(({ method }) => method === 'POST')
      .map(({ body }) => JSON.parse(body).name);
    expect(sent).toHaveLength(new Set(sent).size);
    expect(results.map(({ name }) => name).sort()).toEqual(names.sort());
    for (const { name, outcome } of results) {
      if (outcome === 'written') expect([name, there.has(name)]).toEqual([name, true]);
      else if (outcome !== 'unknown') expect([name, there.has(name)]).toEqual([name, false]);
    }
    expect(outcomes.get('written')!.length).toBeGreaterThan(200);

    const resumed = await run(['restore', '--resume', '--yes', '--url', line.url]);
    expect([0, 8], resumed.stderr).toContain(resumed.code);
    const all = await ask<Job[]>(`${far.url}/v1/jobs`);
    expect(all.map(({ name }) => name).sort()).toEqual(names.toSorted());
  });

  it('while a job runs: it is asked to run once, and told as what it is', async () => {
    const { leader, follower, far, line, kill, afterwards } = await three();
    const zones = aDefinition({ name: 'zones', executor_config: { command: 'sleep 1' } });
    await ask(`${leader.url}/v1/jobs`, 'POST', zones);
    await vi.waitFor(() => ask(`${follower.url}/v1/jobs/zones`), patience);
    const struck = line.breakAt(change, { kind: 'hold' }, 'before');
    const running = run(['run', 'zones', '--yes', '--url', line.url]);
    await struck;
    await line.mend();
    kill();
    const { code, stderr } = await running;
    console.log(`run: exit ${code} ${stderr}`);
    const [job] = await afterwards();
    expect(far.changes()).toEqual(['POST /v1/jobs/zones']);
    if (code === 0) expect(job?.success_count).toBe(1);
    else expect(code, stderr).toBe(10);
  });
});

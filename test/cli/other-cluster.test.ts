/** One address, and now one cluster behind it and now another. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startDemo } from '../../src/demo/server.ts';
import type { Job } from '../../src/job/job.ts';
import { counted } from '../support/counted-server.ts';
import { aDefinition } from '../support/jobs.ts';
import { ask } from '../support/servers.ts';
import { run } from './run.ts';

/** A cluster with one job that nothing runs by itself. */
async function cluster(name: string): Promise<string> {
  const { url, close } = await startDemo({ empty: true, name });
  onTestFinished(close);
  await ask(`${url}/v1/jobs`, 'POST', aDefinition({ name: 'etl', schedule: '@manually' }));
  return url;
}

/** An address that leads to the first cluster, as a port-forward does. */
async function forward(to: string) {
  const address = await counted(to);
  const dkron = (...argv: string[]) => run([...argv, '--url', address.url]);
  return { ...address, dkron };
}

const job = (url: string): Promise<Job> => ask<Job>(`${url}/v1/jobs/etl`);

it('undo takes nothing of one cluster into another at the same address', async () => {
  const [a, b] = [await cluster('f1'), await cluster('demo-b')];
  const { dkron, turnTo, changes } = await forward(a);
  await dkron('disable', 'etl', '--yes');
  turnTo(b);
  const sent = changes().length;
  for (const how of ['--yes', '--dry-run']) {
    const { code, stderr } = await dkron('undo', how);
    expect(code).toBe(9);
    expect(stderr).toMatch(
      /the cluster of demo-b answers at \S+ now; last time it was the cluster of f1: the servers have other names: demo-b instead of f1/,
    );
    expect(stderr).toMatch(/^ {2}nothing was written$/m);
    expect(stderr).toContain('repeat the command with --cluster new');
  }
  expect(changes()).toHaveLength(sent);
  turnTo(a);
  expect(await dkron('undo', '--yes')).toMatchObject({ code: 0, stderr: '' });
  expect(await job(a)).toMatchObject({ disabled: false });
});

it('a maintenance of one cluster is not ended on another at the same address', async () => {
  const [a, b] = [await cluster('f1'), await cluster('demo-b')];
  const { dkron, turnTo, changes } = await forward(a);
  await dkron('maintenance', 'start', 'etl', '--yes');
  await ask(`${b}/v1/jobs`, 'POST', await job(a));
  turnTo(b);
  const sent = changes().length;
  for (const words of [['end'], ['start', 'etl'], ['end', '--dry-run'], ['forget']]) {
    const yes = words[0] === 'forget' ? [] : ['--yes'];
    const { code, stderr } = await dkron('maintenance', ...words, ...yes);
    expect([code, stderr]).toEqual([9, expect.stringContaining('the cluster of demo-b answers')]);
  }
  // Who says that it is meant finds none there.
  expect(await dkron('maintenance', 'end', '--yes', '--cluster', 'new')).toMatchObject({ code: 8 });
  expect(changes()).toHaveLength(sent);
  turnTo(a);
  expect((await dkron('maintenance', 'end', '--yes')).code).not.toBe(0);
  const { cluster: id } = JSON.parse((await dkron('maintenance', '--json')).stdout);
  expect(await dkron('maintenance', 'end', '--yes', '--cluster', id)).toMatchObject({ code: 0 });
  expect([await job(a), await job(b)]).toMatchObject([{ disabled: false }, { disabled: true }]);
});

it('each cluster has a journal of its own, found again through another port', async () => {
  const [a, b] = [await cluster('f1'), await cluster('demo-b')];
  const { dkron, turnTo, url } = await forward(a);
  const [first] = JSON.parse((await dkron('disable', 'etl', '--yes', '--json')).stdout).results;
  expect(first).toMatchObject({ outcome: 'written' });
  turnTo(b);
  const told = await dkron('edit', 'etl', '--set', 'retries=3', '--yes');
  expect(told).toMatchObject({ code: 0 });
  expect(told.stderr).toMatch(
    /the cluster of demo-b answers at \S+ now; last time it was the cluster of f1/,
  );
  const journal = async (at: string) =>
    JSON.parse((await run(['journal', '--json', '--url', at, 'etl'])).stdout) as { sent: string }[];
  expect(await journal(url)).toMatchObject([{ sent: expect.stringContaining('"retries":3') }]);
  const other = await forward(a);
  expect(await journal(other.url)).toMatchObject([
    { sent: expect.stringContaining('"disabled":true'), cluster: expect.any(String) },
  ]);
  expect(await other.dkron('undo', '--yes')).toMatchObject({ code: 0 });
  expect(await job(a)).toMatchObject({ disabled: false });
  expect(await job(b)).toMatchObject({ retries: 3 });
});

it('undo of the one that answers now is for who names it', async () => {
  const [a, b] = [await cluster('f1'), await cluster('demo-b')];
  const { dkron, turnTo, url } = await forward(a);
  const { cluster: id } = JSON.parse((await dkron('disable', 'etl', '--yes', '--json')).stdout);
  turnTo(b);
  await dkron('disable', 'etl', '--yes');
  turnTo(a);
  const refused = await dkron('undo', '--yes');
  expect(refused).toMatchObject({ code: 9 });
  expect(refused.stderr).toContain(`--cluster ${id}`);
  expect(await dkron('undo', '--yes', '--cluster', id)).toMatchObject({ code: 0 });
  expect([await job(a), await job(b)]).toMatchObject([{ disabled: false }, { disabled: true }]);
  expect(await dkron('undo', '--cluster', 'nowhere')).toMatchObject({
    code: 8,
    stderr: expect.stringContaining('no cluster is known as nowhere'),
  });
  expect(url).not.toBe('');
});

it('asks where it cannot know, and takes the answer', async () => {
  // The same usual name, another address, and no job that ever ran: a new pod, or another cluster.
  const [a, b] = [await cluster('dkron-0'), await cluster('dkron-0')];
  const { dkron, turnTo, changes } = await forward(a);
  await dkron('edit', 'etl', '--set', 'retries=3', '--yes');
  await ask(`${b}/v1/jobs`, 'POST', { ...(await job(a)), dependent_jobs: null });
  turnTo(b);
  const sent = changes().length;
  const asked = await dkron('undo', '--yes');
  expect(asked).toMatchObject({ code: 9 });
  expect(asked.stderr).toMatch(
    /it is not certain that the cluster of dkron-0 answers at \S+: only the usual name dkron-0 is the same/,
  );
  expect(asked.stderr).toContain(
    'with --same-cluster. If it is another, repeat it with --cluster new',
  );
  expect(changes()).toHaveLength(sent);
  const fresh = await dkron('undo', '--dry-run', '--cluster', 'new');
  expect(fresh.stdout).toContain('nothing was changed on');
  expect(await job(b)).toMatchObject({ retries: 3 });
});

it('--same-cluster goes on with what is remembered', async () => {
  const [a, b] = [await cluster('dkron-0'), await cluster('dkron-0')];
  const { dkron, turnTo } = await forward(a);
  await dkron('edit', 'etl', '--set', 'retries=3', '--yes');
  await ask(`${b}/v1/jobs`, 'POST', { ...(await job(a)), dependent_jobs: null });
  turnTo(b);
  expect(await dkron('undo', '--yes', '--same-cluster')).toMatchObject({ code: 0 });
  expect(await job(b)).toMatchObject({ retries: 0 });
  // From now on it is.
  expect(await dkron('journal')).toMatchObject({ code: 0, stderr: '' });
});

it('changes nothing where a context leads to another cluster', async () => {
  const [a, b] = [await cluster('f1'), await cluster('demo-b')];
  const { url, turnTo, changes } = await forward(a);
  const folder = mkdtempSync(join(tmpdir(), 'other-cluster-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const config = join(folder, 'config.yaml');
  writeFileSync(config, `contexts: { prod: { url: "${url}" } }\n`, { mode: 0o600 });
  const dkron = (...argv: string[]) =>
    run([...argv, '--context', 'prod'], { env: { DKRON_TUI_CONFIG: config } });
  expect(await dkron('disable', 'etl', '--yes')).toMatchObject({ code: 0, stderr: '' });
  turnTo(b);
  const sent = changes().length;
  for (const line of [['delete', 'etl'], ['run', 'etl'], ['undo'], ['enable', 'etl']]) {
    const { code, stderr } = await dkron(...line, '--yes');
    expect([line, code]).toEqual([line, 9]);
    expect(stderr).toContain('the context prod leads to another cluster than prod (f1): ');
  }
  expect(changes()).toHaveLength(sent);
  // What it keeps of the other does not make it the context's own.
  expect(await dkron('backup')).toMatchObject({ code: 0 });
  expect(await dkron('enable', 'etl', '--yes')).toMatchObject({ code: 9 });
  turnTo(a);
  expect(await dkron('enable', 'etl', '--yes')).toMatchObject({ code: 0, stderr: '' });
});

it('shows the journal of the last cluster when nothing answers', async () => {
  const a = await cluster('f1');
  const { dkron, url } = await forward(a);
  await dkron('disable', 'etl', '--yes');
  const { url: dead, close } = await startDemo({ empty: true });
  await close();
  const nobody = await run(['journal', '--url', dead]);
  expect(nobody).toMatchObject({ code: 0, stdout: 'no changes were made from this machine\n' });
  // The same cluster through an address that nothing answers at any more.
  const gone = await startDemo({ empty: true, name: 'f1' });
  await ask(`${gone.url}/v1/jobs`, 'POST', aDefinition({ name: 'x', schedule: '@manually' }));
  await run(['disable', 'x', '--yes', '--url', gone.url]);
  await gone.close();
  const shown = await run(['journal', '--url', gone.url]);
  expect(shown.stderr).toMatch(
    /this is the journal of the cluster of f1, which answered there last/,
  );
  expect(shown.stdout).toContain('disabling of x');
  expect(url).not.toBe(gone.url);
});

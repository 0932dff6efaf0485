/** Every changing command on the demo server and on every real Dkron at hand. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atLeast } from '../../src/base/dkron-version.ts';
import type { Job } from '../../src/job/job.ts';
import { run } from '../cli/run.ts';
import type { RunningCluster } from '../support/cluster.ts';
import { realDkrons, realDkronsLine } from '../support/dkron.ts';
import { ask, type RunningServer, servers } from '../support/servers.ts';

console.log(`commands: ${realDkronsLine()}`);

/** What no JSON library of Dkron's or ours may touch. */
const body = '{"big":9223372036854775808,"far":1e400,"a":1.0,"a":"é\\u00e9😀","in":"{\\"n\\":1}"}';

describe.each(servers())('on $name', ({ start, runs }) => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.stop());

  const dkron = (...argv: string[]) => run([...argv, '--url', server.url]);
  const done = async (...argv: string[]) => {
    const ran = await dkron(...argv, '--yes');
    expect(ran, ran.stderr).toMatchObject({ code: 0, stderr: '' });
    return ran.stdout;
  };
  const job = (name: string) => ask<Job>(`${server.url}/v1/jobs/${name}`).catch(() => null);
  const children = async (name: string) => [...((await job(name))?.dependent_jobs ?? [])].sort();
  const names = async () => (await ask<Job[]>(`${server.url}/v1/jobs`)).map(({ name }) => name);
  const version = async () =>
    (await ask<{ agent: { version: string } }>(`${server.url}/v1`)).agent.version;

  it('is well by doctor, which leaves nothing behind of what it tried to write', async () => {
    const before = await names();
    expect(await done('doctor', '--write')).toMatch(/✓ ok +write +a disabled job of \d+ bytes/);
    const { code, stdout } = await dkron('doctor', '--json');
    expect({ code, ok: JSON.parse(stdout).ok }).toEqual({ code: 0, ok: true });
    expect(await names()).toEqual(before);
  });

  it('creates a family and edits a body in it to the byte', async () => {
    const config = ['executor_config.url=http://127.0.0.1:1/', `executor_config.body=${body}`];
    const sets = config.flatMap((setting) => ['--set', setting]);
    await done('create', 'root', '--template', 'http', ...sets);
    for (const name of ['left', 'right'])
      await done('create', name, '--template', 'shell', '--set', 'parent_job=root');
    expect((await job('root'))?.executor_config?.['body']).toBe(body);
    await done('edit', 'root', '--set', 'executor_config.body.in="x"', '--set', 'retries=2');
    expect((await job('root'))?.executor_config?.['body']).toBe(
      body.replace(String.raw`"{\"n\":1}"`, '"x"'),
    );
    expect(await children('root')).toEqual(['left', 'right']);
    await done('undo');
    expect((await job('root'))?.executor_config?.['body']).toBe(body);
    expect((await job('root'))?.retries).toBe(0);
    expect(await children('root')).toEqual(['left', 'right']);
  });

  it('disables and enables without losing children', async () => {
    await done('disable', 'root', 'left');
    expect([(await job('root'))?.disabled, (await job('left'))?.disabled]).toEqual([true, true]);
    await done('undo');
    expect([(await job('root'))?.disabled, (await job('left'))?.disabled]).toEqual([false, false]);
    expect(await children('root')).toEqual(['left', 'right']);
  });

  it('renames a job with its children, and takes all of that back', async () => {
    for (const more of [[], ['--delete-old']]) {
      await done('rename', 'root', 'trunk', ...more);
      expect(await children('trunk')).toEqual(['left', 'right']);
      expect(await children('root')).toEqual([]);
      await done('undo');
      expect(await names()).toEqual(['left', 'right', 'root']);
      expect(await children('root')).toEqual(['left', 'right']);
      expect((await job('root'))?.executor_config?.['body']).toBe(body);
    }
  });

  it('moves a child to another parent', async () => {
    await done('clone', 'root', 'other');
    await done('edit', 'left', '--set', 'parent_job=other');
    expect([await children('root'), await children('other')]).toEqual([['right'], ['left']]);
    await done('undo');
    expect([await children('root'), await children('other')]).toEqual([['left', 'right'], []]);
  });

  it('deletes a family children first, and brings it back parents first', async () => {
    expect(await dkron('delete', 'root', 'left', '--yes')).toMatchObject({ code: 9 });
    await done('delete', 'root', 'left', 'right');
    expect(await names()).toEqual(['other']);
    await done('undo');
    expect(await names()).toEqual(['left', 'other', 'right', 'root']);
    expect(await children('root')).toEqual(['left', 'right']);
    expect((await job('root'))?.executor_config?.['body']).toBe(body);
  });

  it.runIf(runs.includes('http'))('erases executions where the server can', async () => {
    // Not a shell command: 3.2.7 can wait for ever for one that ends at once.
    const url = `executor_config.url=${server.url}/health`;
    await done('create', 'runs', '--template', 'http', '--set', url);
    expect(await dkron('run', 'runs', '--yes')).toMatchObject({ code: 0 });
    const executions = () => ask<unknown[]>(`${server.url}/v1/jobs/runs/executions`);
    expect(await executions()).toHaveLength(1);
    if (atLeast(await version(), '4.1.0')) {
      await done('clear', 'runs');
      expect(await executions()).toEqual([]);
    } else {
      const { code, stderr } = await dkron('clear', 'runs', '--yes');
      expect([code, stderr]).toEqual([
        9,
        expect.stringContaining('It needs Dkron 4.1.0 or newer.'),
      ]);
      expect(await executions()).toHaveLength(1);
    }
  });

  it('is told when a job was changed behind its back', async () => {
    await done('edit', 'other', '--set', 'retries=1');
    expect(await dkron('undo', '--dry-run')).toMatchObject({ code: 3 });
    await ask(`${server.url}/v1/jobs`, 'POST', { ...(await job('other')), owner: 'else' });
    expect(await dkron('undo', '--dry-run')).toMatchObject({
      code: 4,
      stdout: expect.stringContaining('stays as it is: changed again since'),
    });
    expect(await dkron('undo', '--yes')).toMatchObject({ code: 5 });
    expect(await job('other')).toMatchObject({ owner: 'else', retries: 1 });
  });
});

/** A follower shows what it was told only some time after it said yes. */
describe.each(realDkrons().slice(0, 1))('on a follower of Dkron $version', ({ startCluster }) => {
  let cluster: RunningCluster;
  beforeAll(async () => {
    cluster = await startCluster();
  });
  afterAll(() => cluster.stop());

  it('renames, undoes and deletes a family without calling anything lost', async () => {
    const follower = cluster.urls[1]!;
    const done = async (...argv: string[]) => {
      const ran = await run([...argv, '--yes', '--url', follower]);
      expect(ran, ran.stderr + ran.stdout).toMatchObject({ code: 0 });
    };
    const names = async () => (await ask<Job[]>(`${follower}/v1/jobs`)).map(({ name }) => name);
    await done('create', 'root', '--template', 'shell');
    await done('create', 'leaf', '--template', 'shell', '--set', 'parent_job=root');
    await done('rename', 'root', 'trunk', '--delete-old');
    expect(await names()).toEqual(['leaf', 'trunk']);
    await done('undo');
    expect(await names()).toEqual(['leaf', 'root']);
    await done('delete', 'root', 'leaf');
    expect(await names()).toEqual([]);
  });
});

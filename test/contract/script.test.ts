/**
 * The two scripts of curl and jq that operators had before, unchanged, on the demo server and on the
 * newest real Dkron at hand: what they write is restored here, and what is written here they restore.
 */
import { execFile, spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diffJobs } from '../../src/job/compare.ts';
import type { Job } from '../../src/job/job.ts';
import { run } from '../cli/run.ts';
import { realDkronsLine } from '../support/dkron.ts';
import { aDefinition } from '../support/jobs.ts';
import { ask, type RunningServer, servers } from '../support/servers.ts';

const scripts = join(import.meta.dirname, '../data/script');
const missing = ['bash', 'curl', 'jq', 'sed', 'base64'].filter(
  (tool) => spawnSync(tool, ['--version'], { stdio: 'ignore' }).status !== 0,
);
console.log(
  missing.length > 0
    ? `the old scripts: left out, for there is no ${missing.join(', no ')}`
    : `the old scripts: ${realDkronsLine()}`,
);

const asked = promisify(execFile);

const jobs = [
  {
    name: 'zones',
    executor: 'http',
    executor_config: { url: 'http://a', body: '[{"a":1},{"b":"x}{y"}]' },
  },
  { name: 'split', executor_config: { command: 'echo "}{" }{ \\n é🚲 \u2028 <&>' } },
  {
    name: 'in-it',
    executor: 'http',
    executor_config: {
      url: 'http://a',
      headers: '["A: }{"]',
      body: '{"n":1e400,"in":"{\\"a\\":{}}{"}',
    },
  },
  {
    name: 'spaces',
    executor_config: { command: '  two  lines\n\tand a tab  ' },
    tags: { dc: 'dc1' },
  },
  { name: 'child', schedule: '', parent_job: 'zones', retries: 2, metadata: { 'a b': '}{' } },
  { name: 'a-grandchild', schedule: '', parent_job: 'child', disabled: true },
].map((job) => aDefinition({ schedule: '@manually', ...job }));

const newest = servers().filter(({ name }, at, all) => at === 0 || name === all[1]?.name);

describe.skipIf(missing.length > 0).each(newest)('with $name', ({ start }) => {
  let server: RunningServer;
  let folder: string;
  beforeAll(async () => {
    server = await start();
    folder = await mkdtemp(join(tmpdir(), 'script-'));
    for (const job of jobs) await ask(`${server.url}/v1/jobs`, 'POST', job);
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await server?.stop();
  });

  /** The script knows one address only: curl is told where that is. */
  async function script(name: 'backup.sh' | 'restore.sh'): Promise<string> {
    const to = server.url.replace(/^http:\/\//, '');
    await writeFile(join(folder, '.curlrc'), `connect-to = "localhost:8080:${to}"\n`);
    const env = { PATH: process.env['PATH'], CURL_HOME: folder, HOME: folder, TZ: 'UTC' };
    const { stdout } = await asked('bash', [join(scripts, name)], { cwd: folder, env });
    return stdout;
  }

  const theirs = async () =>
    (await readdir(folder)).filter((name) => name.startsWith('backup-dkron_'));

  /** What the script backs up, under a name of its own. */
  async function scriptsBackup(): Promise<string> {
    for (const name of await theirs()) await rm(join(folder, name));
    await script('backup.sh');
    const path = join(folder, 'theirs');
    await copyFile(join(folder, (await theirs())[0]!), path);
    return path;
  }

  /** The script restores the file that has the name of this minute; the next one may begin meanwhile. */
  async function scriptRestores(path: string): Promise<void> {
    for (const later of [0, 60_000]) {
      const minute = new Date(Date.now() + later).toISOString().slice(0, 16).replace(':', '-');
      await copyFile(path, join(folder, `backup-dkron_${minute.replace('T', '-T')}`));
    }
    await script('restore.sh');
  }

  const dkron = (...argv: string[]) => run([...argv, '--url', server.url]);
  const live = () => ask<Job[]>(`${server.url}/v1/jobs`);

  async function emptied(): Promise<Job[]> {
    const before = await live();
    for (const { name } of jobs.toReversed()) await ask(`${server.url}/v1/jobs/${name}`, 'DELETE');
    expect(await live()).toEqual([]);
    return before;
  }

  function expectSame(before: readonly Job[], now: readonly Job[]): void {
    expect(now.map(({ name }) => name)).toEqual(before.map(({ name }) => name));
    for (const [at, job] of now.entries()) expect(diffJobs(before[at]!, job)).toEqual([]);
  }

  it('restores the file of theirs, strings that their sed broke included', async () => {
    const path = await scriptsBackup();
    expect(await readFile(path, 'utf8')).toContain('}\n{');
    expect(await dkron('restore', path, '--dry-run')).toMatchObject({ code: 0 });
    const before = await emptied();
    const restored = await dkron('restore', path, '--yes');
    expect(restored, restored.stderr).toMatchObject({ code: 0 });
    expectSame(before, await live());
    expect(await dkron('restore', path, '--dry-run')).toMatchObject({ code: 0 });
  });

  it.each([
    ['a backup', ['backup']],
    ['an export', ['export', '--as', 'jsonl']],
  ])('writes %s that theirs restores', async (_what, [command = '', ...flags]) => {
    const path = join(folder, `ours-${command}`);
    const saved = await dkron(command, path, ...flags);
    expect(saved, saved.stderr).toMatchObject({ code: 0 });
    const before = await emptied();
    await scriptRestores(path);
    expectSame(before, await live());
    expect(await dkron('restore', path, '--dry-run')).toMatchObject({ code: 0 });
  });

  it("writes a file for Dkron's own restore that gives each parent its children once", async () => {
    const path = join(folder, 'for-dkron.json');
    await dkron('export', path, '--as', 'restore');
    const before = await emptied();
    await asked('curl', ['-sf', '--form', `file=@${path}`, `${server.url}/v1/restore`]);
    const now = await live();
    expectSame(before, now);
    expect(now.find(({ name }) => name === 'zones')?.dependent_jobs).toEqual(['child']);
  });
});

/** `--log` and DKRON_TUI_LOG: what a command leaves in the file. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { fresh } from './fresh.ts';
import { run } from './run.ts';

let path: string;
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dkron-tui-log-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  path = join(folder, 'log');
});

const lines = async (): Promise<Record<string, unknown>[]> =>
  (await readFile(path, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

it('a command leaves its requests: what was asked, how it went, how long it took', async () => {
  const { dkron } = await fresh({ name: 'etl' });
  await dkron('job', 'etl', '--log', path);
  const all = await lines();
  expect(all.slice(0, 2)).toMatchObject([
    { kind: 'start' },
    { kind: 'request', method: 'GET', path: '/v1/jobs/etl', status: 200, ms: expect.any(Number) },
  ]);
  expect(all.at(-1)).toMatchObject({ kind: 'end', status: 0 });
});

it('the environment names the file, too, and programs add to it one after the other', async () => {
  const { url } = await fresh({ name: 'etl' });
  const env = { DKRON_TUI_LOG: path };
  await run(['job', 'nope', '--url', url], { env });
  await run(['executions', 'etl', '--url', url], { env });
  const shown = (await lines()).map(({ kind, path, status }) => [kind, path, status]);
  expect(shown).toEqual([
    ['start', undefined, undefined],
    ['request', '/v1/jobs/nope', 404],
    ['end', undefined, 8],
    ['start', undefined, undefined],
    ['request', expect.stringMatching(/executions\?output_size_limit=\d+$/), 200],
    ['end', undefined, 0],
  ]);
});

it('a change leaves its requests, and nothing of what was sent or of who asked', async () => {
  const { url } = await fresh({ name: 'etl' });
  const withUser = url.replace('//', '//planted-user:planted-password@');
  const changed = ['edit', 'etl', '--set', 'executor_config.command=planted-command', '--yes'];
  const { code } = await run([...changed, '--log', path], { env: { DKRON_URL: withUser } });
  expect(code).toBe(0);
  const text = await readFile(path, 'utf8');
  expect(text).toContain('"method":"POST","path":"/v1/jobs');
  expect(text).not.toContain('planted');
});

it('a server that is not there is in it, without who asked', async () => {
  const env = { DKRON_URL: 'http://planted-user:planted-password@127.0.0.1:1' };
  await run(['jobs', '--log', path], { env });
  const text = await readFile(path, 'utf8');
  expect(text).toContain('cannot be reached: connection refused');
  expect(text).not.toContain('planted');
});

it('a log that cannot be written is told once, and the command goes on', async () => {
  const { dkron } = await fresh({ name: 'etl' });
  const { code, stderr, stdout } = await dkron('jobs', '--log', '/nowhere/log');
  expect(code).toBe(0);
  expect(stdout).toContain('etl');
  expect(stderr).toBe('nothing more is logged: there is no folder for /nowhere/log\n');
});

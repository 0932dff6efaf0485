import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { json, serve } from '../dkron/scripted.ts';
import { anExecution } from '../support/jobs.ts';
import { run } from './run.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-executions-'));
  onTestFinished(() => rm(folder, { recursive: true }));
});

/** A server with a job that ran and one whose executions it cannot find. */
async function server() {
  const { url, came } = await serve(({ path }) => {
    if (path === '/v1/jobs') return json([{ name: 'a' }, { name: 'b' }]);
    if (path.startsWith('/v1/jobs/a/executions')) return json([anExecution({ job_name: 'a' })]);
    return path.startsWith('/v1/jobs/b/') ? { status: 404, body: '' } : json({});
  });
  const limits = () =>
    came.flatMap(({ path }) => /output_size_limit=(-?\d+)/.exec(path)?.[1] ?? []);
  return { limits, backup: (...argv: string[]) => run(['backup', ...argv, '--url', url]) };
}

test('executions are saved beside the snapshot; what is missing is told, with an exit code of its own', async () => {
  const { backup, limits } = await server();
  const file = join(folder, 'snap');
  const { code, stdout, stderr } = await backup(file, '--with-executions');
  expect([code, stdout]).toEqual([
    4,
    `${file}  2 jobs\n${file}.executions  1 execution of 1 job\n`,
  ]);
  expect(stderr).toMatch(/the executions of 1 job were not read: b: there is no job b/);
  const names = (await readdir(folder)).filter((name) => name !== '.index');
  expect(names.sort()).toEqual(['snap', 'snap.executions', 'snap.manifest.json']);
  expect(limits()).toEqual(['4000', '4000']);
});

test('--json is one object; --quiet says only what is missing', async () => {
  const { backup, limits } = await server();
  const options = ['--with-executions', '--output-limit', '0'];
  const json = await backup(join(folder, 'one'), '--json', ...options);
  expect(json.code).toBe(4);
  expect(JSON.parse(json.stdout)).toMatchObject({
    path: join(folder, 'one'),
    jobs: 2,
    executions: {
      path: join(folder, 'one.executions'),
      jobs: 1,
      executions: 1,
      unread: [{ name: 'b' }],
    },
  });
  const quiet = await backup(join(folder, 'two'), '--quiet', '--job', 'a', ...options);
  expect(quiet).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(await readFile(join(folder, 'two.executions'), 'utf8')).toMatch(
    /^\{"job":"a","executions":\[\{/,
  );
  expect(limits()).toEqual(['0', '0', '0']);
});

test.each([
  ['--executions-budget', '0'],
  ['--executions-budget', 'long'],
  ['--output-limit', '-2'],
  ['--output-limit', '1e3'],
])('%s takes no %s', async (...option) => {
  const { backup } = await server();
  const { code, stderr } = await backup(folder, '--with-executions', option.join('='));
  expect([code, stderr]).toEqual([2, expect.stringContaining('whole number')]);
  expect(await readdir(folder)).toEqual([]);
});

test('standard output has no place for them', async () => {
  const { backup } = await server();
  expect((await backup('-', '--with-executions')).code).toBe(2);
});

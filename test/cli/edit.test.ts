import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fresh } from './fresh.ts';

const body = '{ "positions": [ {"lat": 48.10, "rad": 500} ], "n": 9223372036854775808 }';
const http = {
  name: 'refresh',
  executor: 'http',
  executor_config: {
    method: 'POST',
    url: 'http://127.0.0.1:1/',
    headers: '["Content-Type: application/json"]',
    body,
    expectCode: '200',
  },
};

test('changes what is named and nothing else, of a body only the bytes that change', async () => {
  const { dkron, job } = await fresh({ ...http, retries: 1, owner: 'me', tags: { role: 'x' } });
  const before = await job('refresh');
  const { code, stdout } = await dkron(
    'edit',
    'refresh',
    '--set',
    'executor_config.body.positions[0].rad=1e400',
    '--set',
    'executor_config.headers.Accept=a=b',
    '--set',
    'schedule=0 */5 * * * *',
    '--unset',
    'owner',
    '--unset',
    'tags.role',
    '--yes',
  );
  expect(code).toBe(0);
  expect(stdout).toMatch(/in words +only when it is run by hand +every 5 minutes/);
  expect(stdout).toMatch(/next runs +no scheduled runs +\d{4}-/);
  const { next: _next, ...rest } = (await job('refresh'))!;
  expect(rest).toEqual({
    ...before,
    next: undefined,
    schedule: '0 */5 * * * *',
    owner: '',
    tags: null,
    executor_config: {
      ...http.executor_config,
      body: body.replace('500', '1e400'),
      headers: '["Content-Type: application/json","Accept: a=b"]',
    },
  });
});

test('takes a body from a file, without the line end at its end', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cli-edit-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { dkron, job } = await fresh(http);
  const file = join(folder, 'body');
  const stored = async () => (await job('refresh'))?.executor_config?.['body'];
  await writeFile(file, 'plain text\n\n');
  await dkron('edit', 'refresh', '--body', file, '--yes');
  expect(await stored()).toBe('plain text\n');
  await writeFile(file, Buffer.of(0x22, 0xff, 0x22));
  expect((await dkron('edit', 'refresh', '--body', file, '--yes')).code).toBe(7);
  expect((await dkron('edit', 'refresh', '--body', join(folder, 'none'), '--yes')).code).toBe(8);
  expect(await stored()).toBe('plain text\n');
});

test('takes a body from standard input in the spacing that is there, then parts of it', async () => {
  const { piping, job } = await fresh(http);
  const argv = ['--body', '-', '--set', 'executor_config.body.b=2', '--yes'];
  expect((await piping('{"a":1}\n', 'edit', 'refresh', ...argv)).code).toBe(0);
  expect((await job('refresh'))?.executor_config?.['body']).toBe('{ "a": 1, "b": 2 }');
});

test('changes several jobs alike, in one operation', async () => {
  const { dkron, job } = await fresh({ name: 'a' }, { name: 'b', retries: 7 }, { name: 'c' });
  const { stdout } = await dkron('edit', 'a', 'b', '--set', 'retries=7', '--yes');
  expect(stdout).toContain('1 job already up to date');
  expect([await job('a'), await job('c')]).toMatchObject([{ retries: 7 }, { retries: 0 }]);
});

test.each([
  [['--set', 'retries'], 2, '--set retries is not path=value'],
  [['--set', 'nope=1'], 2, 'a: --set nope: a job has no field nope'],
  [['--set', 'retries=-1'], 2, 'a: --set retries: '],
  [['--set', 'name=b'], 2, 'use rename'],
  [['--set', 'parent_job=nobody'], 9, 'there is no job nobody'],
  [['--set', 'parent_job=c'], 9, 'circle'],
  [['--set', 'schedule=0 0 25 * * *'], 9, 'end of range (25) above maximum (23): 25'],
  [['--unset', 'tags.nope'], 2, 'a: --unset tags.nope: '],
  [[], 2, 'no change was given'],
])('is refused before anything is sent: %s', async (argv, code, message) => {
  const { dkron, job } = await fresh(
    { name: 'a' },
    { name: 'b', parent_job: 'a', schedule: '' },
    { name: 'c', parent_job: 'b', schedule: '' },
  );
  const before = await job('a');
  const ran = await dkron('edit', 'a', ...argv, '--yes');
  expect(ran.code).toBe(code);
  expect(ran.stderr).toContain(message);
  expect(await job('a')).toEqual(before);
});

test('warns of what Dkron takes though it cannot be meant', async () => {
  const { dkron } = await fresh(http);
  const { stdout } = await dkron('edit', 'refresh', '--unset', 'executor_config.expectCode');
  expect(stdout).toContain(
    'warning: executor_config.expectCode: is empty: any status is a success, even 500',
  );
});

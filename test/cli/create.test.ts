import { expect, test } from 'vitest';
import { fresh } from './fresh.ts';

test('an http job that runs by hand only until it has a schedule', async () => {
  const { dkron, job } = await fresh();
  const url = 'executor_config.url=http://127.0.0.1:1/?a=b';
  const { code, stdout } = await dkron(
    'create',
    'new',
    '--template',
    'http',
    '--set',
    url,
    '--yes',
  );
  expect(code).toBe(0);
  expect(stdout).toMatch(/next runs +no scheduled runs/);
  expect(await job('new')).toMatchObject({
    schedule: '@manually',
    executor: 'http',
    executor_config: { method: 'GET', url: 'http://127.0.0.1:1/?a=b', expectCode: '200' },
  });
});

test('a shell job with what it is told', async () => {
  const { dkron, job } = await fresh({ name: 'parent' });
  const argv = ['--set', 'executor_config.command=echo hi', '--set', 'parent_job=parent'];
  await dkron('create', 'new', '--template', 'shell', ...argv, '--yes');
  expect(await job('new')).toMatchObject({
    executor: 'shell',
    executor_config: { command: 'echo hi', shell: 'true' },
    parent_job: 'parent',
  });
  expect(await job('parent')).toMatchObject({ dependent_jobs: ['new'] });
});

test('says what every run would fail of', async () => {
  const { dkron } = await fresh();
  const { stdout } = await dkron('create', 'new', '--template', 'http', '--dry-run');
  expect(stdout).toContain('warning: executor_config.url: is empty: every run fails');
});

test.each([
  [['taken', '--template', 'http'], 2, 'job taken already exists'],
  [['New', '--template', 'http'], 9, "illegal character 'N'; write new"],
  [['new'], 2, '--template'],
  [['new', '--template', 'grpc'], 2, 'http, shell'],
])('%s is refused', async (argv, code, message) => {
  const { dkron, names } = await fresh({ name: 'taken' });
  const ran = await dkron('create', ...argv, '--yes');
  expect(ran.code).toBe(code);
  expect(ran.stderr).toContain(message);
  expect(await names()).toEqual(['taken']);
});

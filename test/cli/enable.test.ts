import { expect, test } from 'vitest';
import { fresh } from './fresh.ts';

test('disable and enable set what is asked for, and have nothing to do the second time', async () => {
  const { dkron, job } = await fresh({ name: 'a' }, { name: 'b', disabled: true, retries: 2 });
  const { code, stdout } = await dkron('disable', 'a', 'b', 'a', '--yes');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^a {2}change\n disabled +− false\n +\+ true$/m);
  expect(stdout).toContain('1 job already up to date');
  expect(stdout).toMatch(/1 job disabled and verified\n$/);
  expect(await job('a')).toMatchObject({ disabled: true });
  expect(await dkron('disable', 'a', 'b')).toMatchObject({
    code: 0,
    stdout: '2 jobs already up to date\nnothing to write\n',
  });
  await dkron('enable', 'b', '--yes');
  expect(await job('b')).toMatchObject({ disabled: false, retries: 2 });
});

test('the plan says when a job runs then', async () => {
  const { dkron } = await fresh({ name: 'hourly', schedule: '0 0 * * * *' });
  const { stdout } = await dkron('disable', 'hourly', '--dry-run');
  expect(stdout).toMatch(/next runs {2}\d{4}-\S+ in \S+ +none while it is disabled/);
});

test('a name that is not there stops all of it', async () => {
  const { dkron, job, url } = await fresh({ name: 'a' });
  const { code, stderr } = await dkron('disable', 'a', 'nobody', '--yes');
  expect(code).toBe(8);
  expect(stderr).toContain(`there is no job nobody on ${url}`);
  expect(await job('a')).toMatchObject({ disabled: false });
});

test('children of a live parent can be disabled, and keep it', async () => {
  const { dkron, job } = await fresh({ name: 'p' }, { name: 'c', parent_job: 'p', schedule: '' });
  expect((await dkron('disable', 'c', '--yes')).code).toBe(0);
  expect(await job('c')).toMatchObject({ disabled: true, parent_job: 'p' });
  expect((await dkron('disable', 'p', '--yes')).code).toBe(0);
  expect(await job('p')).toMatchObject({ disabled: true, dependent_jobs: ['c'] });
});

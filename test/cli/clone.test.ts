import { expect, test } from 'vitest';
import { fresh } from './fresh.ts';

test('a clone is defined as its original, without its past and its children', async () => {
  const { dkron, job } = await fresh(
    { name: 'one', schedule: '@every 1h', retries: 2, tags: { role: 'x:1' }, success_count: 7 },
    { name: 'child', parent_job: 'one', schedule: '' },
  );
  expect((await dkron('clone', 'one', 'two', '--yes')).code).toBe(0);
  expect(await job('two')).toMatchObject({
    schedule: '@every 1h',
    retries: 2,
    tags: { role: 'x:1' },
    success_count: 0,
    disabled: false,
    dependent_jobs: null,
  });
  expect(await job('one')).toMatchObject({ dependent_jobs: ['child'], success_count: 7 });
});

test('a clone of a child is a child too, and may begin disabled', async () => {
  const { dkron, job } = await fresh({ name: 'p' }, { name: 'c', parent_job: 'p', schedule: '' });
  expect((await dkron('clone', 'c', 'd', '--disabled', '--yes')).code).toBe(0);
  expect(await job('d')).toMatchObject({ parent_job: 'p', disabled: true });
  expect((await job('p'))?.dependent_jobs).toEqual(['c', 'd']);
});

test('no job is written over, and none is made of nothing', async () => {
  const { dkron, job } = await fresh({ name: 'one' }, { name: 'two', retries: 1 });
  const taken = await dkron('clone', 'one', 'two', '--yes');
  expect(taken.code).toBe(2);
  expect(taken.stderr).toContain('job two already exists');
  expect(await job('two')).toMatchObject({ retries: 1 });
  expect((await dkron('clone', 'nobody', 'three', '--yes')).code).toBe(8);
  expect((await dkron('clone', 'one', 'Three', '--yes')).stderr).toContain(
    "illegal character 'T'; write three",
  );
});

test('says that ~ stands for another time under another name', async () => {
  const { dkron } = await fresh({ name: 'one', schedule: '0 ~ * * * *' });
  const { stdout } = await dkron('clone', 'one', 'two', '--dry-run');
  expect(stdout).toContain('Dkron computes ~ in the schedule from the name');
});

import { expect, test } from 'vitest';
import { fresh } from './fresh.ts';

const kin = async () => {
  const server = await fresh({ name: 'alone' }, {
    name: 'root',
    dependent_jobs: ['gone'],
  } as never);
  await server.post(
    { name: 'load', parent_job: 'root', schedule: '' },
    { name: 'mail', parent_job: 'load', schedule: '', disabled: true },
  );
  return server;
};

test('shows the family of a job as a tree, or all', async () => {
  const { dkron } = await kin();
  const { code, stdout } = await dkron('family', 'mail');
  expect(code).toBe(0);
  const lines = stdout.split('\n').map((line) => line.trimEnd());
  expect(lines[0]).toMatch(/^JOB +STATUS +RUNS +IF IT FAILS$/);
  expect(lines[1]).toMatch(/^root /);
  expect(lines[2]).toMatch(/^├ gone +✗ missing +! root lists it, and it does not exist/);
  expect(lines[3]).toMatch(/^└ load +– never +after +! it does not run: gone, listed before it/);
  expect(lines[4]).toMatch(/^ {2}└ mail +‖ disabled +after$/);
  expect((await dkron('family')).stdout).toBe(stdout);
  expect((await dkron('family', 'alone')).stderr).toContain('alone has no parent and no children');
  expect((await dkron('family', 'nobody')).code).toBe(8);
});

test('--json gives the branches in their order, with faults in words', async () => {
  const { dkron } = await kin();
  const told = JSON.parse((await dkron('family', 'load', '--json')).stdout);
  expect(told).toMatchObject([
    { name: 'root', depth: 0, exists: true, status: 'never', held: 0, faults: [] },
    { name: 'gone', depth: 1, exists: false, status: null, faults: [{ fault: 'phantom' }] },
    { name: 'load', depth: 1, exists: true, faults: [{ fault: 'cut-off' }] },
    { name: 'mail', depth: 2, exists: true, status: 'disabled', faults: [] },
  ]);
});

import { expect, test } from 'vitest';
import { ask } from '../support/servers.ts';
import { fresh } from './fresh.ts';

const ran = async () => {
  const server = await fresh({ name: 'job' }, { name: 'job-too' }, { name: 'other' });
  for (const name of ['job', 'job-too', 'other']) await server.dkron('run', name, '--yes');
  const runs = async (name: string) =>
    (await ask<unknown[]>(`${server.url}/v1/jobs/${name}/executions`)).length;
  return { ...server, runs };
};

test('erases executions and counters, and says whose go with them', async () => {
  const { dkron, job, runs } = await ran();
  expect(await runs('job')).toBe(1);
  const { code, stdout } = await dkron('clear', 'job', '--yes');
  expect(code).toBe(0);
  expect(stdout).toContain('job  ok 1, failed 0; its runs are lost');
  expect(stdout).toContain('so are those of job-too, whose names begin the same');
  expect(await runs('job')).toBe(0);
  expect(await job('job')).toMatchObject({ success_count: 0, last_success: null });
  expect(await runs('other')).toBe(1);
});

test('asks for the name, or the number of jobs', async () => {
  const { typing, dkron, runs } = await ran();
  expect((await typing('y\n', 'clear', 'other')).code).toBe(1);
  expect((await dkron('clear', 'other')).code).toBe(2);
  expect((await dkron('clear', 'other', '--yes', '--read-only')).code).toBe(9);
  expect(await runs('other')).toBe(1);
  const { code, stderr } = await typing('2\n', 'clear', 'other', 'job');
  expect(code).toBe(0);
  expect(stderr).toContain('There is no undo.');
  expect([await runs('other'), await runs('job')]).toEqual([0, 0]);
});

test('--json gives the results; a job that is not there is an error', async () => {
  const { dkron, url } = await ran();
  expect(JSON.parse((await dkron('clear', 'other', '--yes', '--json')).stdout)).toEqual({
    server: url,
    cluster: expect.any(String),
    summary: { jobs: 1, written: 1, same: 0, skipped: 0, failed: 0, unknown: 0 },
    results: [{ name: 'other', outcome: 'written', message: 'cleared' }],
  });
  expect((await dkron('clear', 'nobody', '--yes')).code).toBe(8);
});

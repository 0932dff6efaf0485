import { expect, it } from 'vitest';
import type { Execution } from '../../src/dkron/shapes.ts';
import type { Job } from '../../src/job/job.ts';
import { json, serve } from '../dkron/scripted.ts';
import { aJob, anExecution } from '../support/jobs.ts';
import { run } from './run.ts';

/** A server whose jobs and runs the test changes. */
async function server(jobs: Job[], runs: readonly Execution[] = []) {
  const has = { jobs, runs };
  const { url } = await serve(({ path }) => {
    if (path.includes('/executions')) return json(has.runs);
    if (path.startsWith('/v1/jobs')) return json(has.jobs);
    if (path.startsWith('/v1/members')) return json([]);
    return json({ agent: { name: 'n1', version: '4.1.2' }, serf: {}, tags: {} });
  });
  return { has, url };
}

const http = (name: string, url: string, fields: Partial<Job> = {}): Job =>
  aJob({ name, executor: 'http', executor_config: { url, method: 'GET' }, ...fields });

const soon = (seconds: number): string => new Date(Date.now() + seconds * 1_000).toISOString();

it('tells what changed before it broke, and who fails since then', async () => {
  const { has, url } = await server([
    http('a', 'http://cache/a', { parent_job: 'p' }),
    aJob({ name: 'p', executor_config: { command: 'true' } }),
    http('neighbour', 'http://cache/b'),
    http('stranger', 'http://other/b'),
  ]);
  expect((await run(['backup', '--url', url])).code).toBe(0);
  const [a, p, neighbour, stranger] = has.jobs as [Job, Job, Job, Job];
  has.jobs = [
    a,
    { ...p, executor_config: { command: 'PASSWORD=geheim exit 1' } },
    { ...neighbour, retries: 3, last_error: soon(90) },
    { ...stranger, retries: 5 },
  ];
  has.runs = [
    anExecution({ job_name: 'a', success: false, started_at: soon(60), finished_at: soon(61) }),
  ];
  const { code, stdout } = await run(['why', 'a', '--patch', '--url', url]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^a fails since 20.*, one firing; no good run before it is known$/m);
  expect(stdout).toMatch(/p \(parent\) +changed: executor_config\.command/);
  expect(stdout).toMatch(/neighbour \(same host\) +changed: retries 0 → 3/);
  expect(stdout).toMatch(
    /since then .*neighbour \(same host\) +fails too, last at .*; it never went well/,
  );
  expect(stdout).toMatch(/retries +− 0\n +\+ 3/);
  expect(stdout).not.toMatch(/stranger|geheim/);
  const told = JSON.parse((await run(['why', 'a', '--json', '--url', url])).stdout);
  expect(told).toMatchObject({
    job: 'a',
    fails: { failures: 1, lastGood: null, until: null },
    before: [
      { kind: 'edit', exact: false, certain: true, what: 'changed' },
      { kind: 'edit', exact: false, certain: true, what: 'changed' },
    ],
    since: [{ job: 'neighbour', relation: 'host', lastGood: null }],
    more: 0,
    gaps: [],
  });
  expect(told.before.map((one: { relation: string }) => one.relation).sort()).toEqual([
    'host',
    'parent',
  ]);
});

it('says what was looked at where nothing changed', async () => {
  const { has, url } = await server([aJob({ name: 'a' })]);
  has.runs = [anExecution({ job_name: 'a', success: false })];
  const { code, stdout } = await run(['why', 'a', '--url', url]);
  expect(code).toBe(0);
  expect(stdout).toContain('nothing is known to have changed in the day before it, by 0 snapshots');
});

it('has nothing to tell of a job that does not fail, or is not there', async () => {
  const { has, url } = await server([aJob({ name: 'a' })]);
  has.runs = [anExecution({ job_name: 'a' })];
  const well = await run(['why', 'a', '--url', url]);
  expect([well.code, well.stdout, well.stderr]).toEqual([
    0,
    '',
    'a: the one run that Dkron keeps went well\n',
  ]);
  expect(JSON.parse((await run(['why', 'a', '--json', '--url', url])).stdout)).toMatchObject({
    fails: null,
    why: 'the one run that Dkron keeps went well',
  });
  const gone = await run(['why', 'b', '--url', url]);
  expect([gone.code === 0, gone.stderr]).toEqual([
    false,
    expect.stringContaining('there is no job b'),
  ]);
});

/** Plans as texts on the demo server and on every real Dkron at hand. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job } from '../../src/job/job.ts';
import { run } from '../cli/run.ts';
import { realDkronsLine } from '../support/dkron.ts';
import { aDefinition } from '../support/jobs.ts';
import { ask, type RunningServer, servers } from '../support/servers.ts';

console.log(`plans as texts: ${realDkronsLine()}`);

/** What no JSON library may touch on its way through a text that is read, sorted and edited. */
const body = '{"big":9223372036854775808,"far":1e400,"a":1.0,"a":"é\\u00e9😀","in":"{\\"n\\":1}"}';
const wanted = [
  aDefinition({ name: 'root', executor_config: { command: 'true', body } }),
  aDefinition({ name: 'left', parent_job: 'root', retries: 2 }),
  aDefinition({ name: 'below', parent_job: 'left', retries: 2 }),
  aDefinition({ name: 'fresh', parent_job: 'root' }),
];

describe.each(servers())('on $name', ({ start }) => {
  let server: RunningServer;
  let folder: string;
  beforeAll(async () => {
    server = await start();
    folder = await mkdtemp(join(tmpdir(), 'contract-plan-'));
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const at = (name: string): string => join(folder, name);
  const dkron = (...argv: string[]) => run([...argv, '--url', server.url]);
  const post = (job: object) => ask(`${server.url}/v1/jobs`, 'POST', job);
  const job = (name: string) => ask<Job>(`${server.url}/v1/jobs/${name}`).catch(() => null);

  it('carries out what nobody changed since, in any order of its lines, children once', async () => {
    for (const name of ['root', 'left', 'below'])
      await post({
        ...wanted.find((one) => one.name === name),
        retries: 1,
        executor_config: { command: 'x' },
      });
    await writeFile(at('jobs.json'), JSON.stringify(wanted));
    expect((await dkron('restore', at('jobs.json'), '--plan-out', at('PLAN'))).code).toBe(3);
    const text = await readFile(at('PLAN'), 'utf8');
    const mixed = text
      .replace(/^create fresh\n(?: +#.*\n)*/m, '')
      .replace(/^(?=overwrite root)/m, 'create fresh\n');
    await writeFile(at('PLAN'), mixed);
    await post({ ...(await job('left')), owner: 'ops' });
    const { code, stdout } = await dkron('restore', at('PLAN'), '--apply', at('PLAN'), '--yes');
    expect(code, stdout).toBe(2);
    const applied = await dkron('restore', '--apply', at('PLAN'), '--yes', '--json');
    expect(applied.code).toBe(4);
    const { results } = JSON.parse(applied.stdout) as {
      results: { name: string; outcome: string }[];
    };
    expect(Object.fromEntries(results.map(({ name, outcome }) => [name, outcome]))).toEqual({
      root: 'written',
      below: 'written',
      fresh: 'written',
      left: 'changed',
    });
    expect((await job('root'))?.executor_config?.['body']).toBe(body);
    expect([...((await job('root'))?.dependent_jobs ?? [])].sort()).toEqual(['fresh', 'left']);
    expect((await job('left'))?.dependent_jobs).toEqual(['below']);
    expect(await job('left')).toMatchObject({ owner: 'ops' });
  });

  it('plans anew alone what somebody changed, and is taken back whole', async () => {
    await dkron('restore', '--apply', at('PLAN'), '--plan-out', at('PLAN2'));
    expect((await dkron('restore', '--apply', at('PLAN2'), '--yes')).code).toBe(0);
    expect(await job('left')).toMatchObject({ owner: '', retries: 2 });
    expect((await dkron('restore', '--apply', at('PLAN'), '--yes')).stdout).toContain('4 same');
    expect((await dkron('undo', '--plan-out', at('UNDO'))).code).toBe(3);
    expect((await dkron('restore', '--apply', at('UNDO'), '--yes')).code).toBe(0);
    expect(await job('left')).toMatchObject({ owner: 'ops', parent_job: 'root' });
  });
});

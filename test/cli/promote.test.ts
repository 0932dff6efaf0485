/** From one cluster to another: what a staging has is written to production. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Job } from '../../src/job/job.ts';
import { counted as atAnother, countedServer } from '../support/counted-server.ts';
import { aJob } from '../support/jobs.ts';
import { fresh } from './fresh.ts';
import { run } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'cli-promote-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The environment of somebody whose file of contexts has these two. */
function contexts(staging: string, prod: string, more = '', name = 'staging') {
  const path = join(folder, `${new URL(prod).port}.yaml`);
  writeFileSync(
    path,
    `contexts:\n  ${name}: { url: "${staging}" }\n  prod: { url: "${prod}", label: PROD${more} }\n`,
  );
  return { DKRON_TUI_CONFIG: path };
}

const hourly = { name: 'report', schedule: '@hourly' };
const family = [
  { name: 'load', schedule: '@daily' },
  { name: 'clean', parent_job: 'load' },
  { name: 'publish', parent_job: 'clean' },
];

describe('restore from another cluster', () => {
  it('shows the plan with both names, and writes nothing in a dry run', async () => {
    const [staging, prod] = [await fresh(hourly), await fresh({ ...hourly, schedule: '@daily' })];
    const env = contexts(staging.url, prod.url);
    const line = ['restore', '--from-context', 'staging', '--context', 'prod', '--dry-run'];
    const { code, stdout } = await run(line, { env });
    expect(code).toBe(3);
    const lines = stdout.replace(/ +/g, ' ').split('\n');
    expect(lines.slice(0, 3)).toEqual([
      'JOB PLAN WHY',
      'report change schedule @daily → @hourly',
      'report',
    ]);
    expect(lines[3]).toMatch(/^ next runs − /);
    expect(lines.at(-2)).toBe(`staging (${staging.url}) into PROD (${prod.url}): 1 changed`);
    expect(await prod.job('report')).toMatchObject({ schedule: '@daily' });
  });

  it('names both in the question', async () => {
    const [staging, prod] = [await fresh(hourly), await fresh()];
    const env = contexts(staging.url, prod.url);
    const line = ['restore', '--from-context', 'staging', '--context', 'prod'];
    const { code, stderr } = await run(line, { env, typed: 'y\n' });
    expect(stderr).toContain(
      `Write 1 job from staging (${staging.url}) into PROD (${prod.url})? [y/N]`,
    );
    expect(code).toBe(0);
    expect(await prod.job('report')).toMatchObject({ schedule: '@hourly' });
  });

  it('writes the jobs that are named with the parents that they need, and reads only the first', async () => {
    const [staging, prod] = [await countedServer(...family, hourly), await fresh({ name: 'own' })];
    const sent = staging.changes().length;
    const { code, stdout } = await prod.dkron(
      ...['restore', 'publish', '--from-url', staging.url, '--yes', '--json'],
    );
    expect(code).toBe(0);
    const { from, server, cluster, results } = JSON.parse(stdout);
    expect(from).toEqual({ server: staging.url, context: null, cluster: expect.any(String) });
    expect(server).toBe(prod.url);
    expect(cluster).not.toBe(from.cluster);
    expect(results.map(({ name }: Job) => name)).toEqual(['load', 'clean', 'publish']);
    expect(await prod.names()).toEqual(['clean', 'load', 'own', 'publish']);
    expect(await prod.job('clean')).toMatchObject({ dependent_jobs: ['publish'] });
    expect(staging.changes()).toHaveLength(sent);
  });

  it('undo takes all of it back on the cluster that was written', async () => {
    const [staging, prod] = [await fresh(...family), await fresh({ ...family[0]!, retries: 3 })];
    await prod.dkron('restore', '--from-url', staging.url, '--yes');
    expect(await prod.job('load')).toMatchObject({ retries: 0 });
    expect(await prod.dkron('undo', '--yes')).toMatchObject({ code: 0 });
    expect(await prod.names()).toEqual(['load']);
    expect(await prod.job('load')).toMatchObject({ retries: 3 });
    expect(await staging.names()).toEqual(['clean', 'load', 'publish']);
  });

  it('asks for the name of a protected context', async () => {
    const [staging, prod] = [await fresh(hourly), await fresh()];
    const env = contexts(staging.url, prod.url, ', protected: true');
    const line = ['restore', '--from-context', 'staging', '--context', 'prod', '--yes'];
    const refused = await run(line, { env });
    expect(refused).toMatchObject({ code: 9 });
    expect(refused.stderr).toContain('add --confirm prod');
    expect(await run([...line, '--confirm', 'prod'], { env })).toMatchObject({ code: 0 });
    expect(await prod.names()).toEqual(['report']);
  });

  it('says of a job that is not there which cluster has it not', async () => {
    const [staging, prod] = [await fresh(hourly), await fresh({ name: 'own' })];
    const { code, stderr } = await prod.dkron('restore', 'own', '--from-url', staging.url, '--yes');
    expect(code).toBe(8);
    expect(stderr).toContain(`there is no job own in ${staging.url}`);
  });

  it('blocks a job whose parent neither has, and what is below it', async () => {
    const [staging, prod] = [await countedServer(hourly), await fresh()];
    const orphans = [aJob({ name: 'a', parent_job: 'gone' }), aJob({ name: 'b', parent_job: 'a' })];
    staging.answer('/v1/jobs', [...orphans, aJob({ name: 'free' })]);
    const line = ['restore', '--from-url', staging.url, '--yes', '--json'];
    const { code, stdout } = await prod.dkron(...line);
    expect(code).toBe(4);
    expect(JSON.parse(stdout).results).toMatchObject([
      {
        name: 'a',
        outcome: 'refused',
        message: expect.stringContaining('gone'),
      },
      { name: 'b', outcome: 'refused', message: 'parent a is blocked' },
      { name: 'free', outcome: 'written' },
    ]);
  });

  it('blocks what cannot be read there, and writes the others', async () => {
    const [staging, prod] = [await countedServer(hourly), await fresh()];
    staging.answer('/v1/jobs', [
      { ...aJob({ name: 'odd' }), retries: 'x' },
      aJob({ name: 'free' }),
    ]);
    const { code, stdout } = await prod.dkron('restore', '--from-url', staging.url, '--yes');
    expect(code).toBe(4);
    expect(stdout).toMatch(/^odd +blocked +.*retries/m);
    expect(await prod.names()).toEqual(['free']);
  });

  it.each(['its own address', 'another address of it'])('is refused with %s', async (which) => {
    const prod = await fresh(hourly);
    const from = which === 'its own address' ? prod.url : (await atAnother(prod.url)).url;
    const { code, stderr } = await prod.dkron('restore', '--from-url', from, '--yes');
    expect(code).toBe(2);
    expect(stderr).toContain(`${from} and ${prod.url} are the same cluster`);
  });

  it('wants one of both options, and something to restore from', async () => {
    const prod = await fresh();
    const both = await prod.dkron('restore', '--from-url', 'x', '--from-context', 'y');
    expect(both.code).toBe(2);
    const { code, stderr } = await prod.dkron('restore');
    expect(code).toBe(2);
    expect(stderr).toContain('nothing is named to restore from');
  });

  it('shows no password of an address, and says who can read it', async () => {
    const [staging, prod] = [await fresh(hourly), await fresh()];
    const secret = staging.url.replace('//', '//ann:s3cr3t-word@');
    const ran = await prod.dkron('restore', '--from-url', secret, '--dry-run');
    expect(ran).toMatchObject({ code: 3 });
    expect(ran.stderr).toContain('can read a password in --from-url');
    const gone = await prod.dkron('restore', '--from-url', 'http://ann:s3cr3t-word@127.0.0.1:9');
    expect(gone).toMatchObject({ code: 6 });
    expect(`${ran.stdout}${ran.stderr}${gone.stderr}`).not.toContain('s3cr3t');
  });

  it('refuses a context that leads to another cluster than before', async () => {
    const [staging, other, prod] = [
      await countedServer(hourly),
      await countedServer(...family),
      await fresh(),
    ];
    const address = await atAnother(staging.url);
    const env = contexts(address.url, prod.url, '', 'qa');
    const line = ['restore', '--from-context', 'qa', '--url', prod.url, '--dry-run'];
    expect(await run(line, { env })).toMatchObject({ code: 3 });
    address.turnTo(other.url);
    const { code, stderr } = await run(line, { env });
    expect(code).toBe(9);
    expect(stderr).toContain('the context qa leads to another cluster');
  });
});

describe('diff of two clusters', () => {
  const both = async () =>
    [
      await fresh(hourly, { name: 'only-staging' }),
      await fresh({ ...hourly, schedule: '@daily' }, { name: 'only-prod' }),
    ] as const;
  const kinds = (stdout: string): string[] =>
    JSON.parse(stdout).jobs.map(
      ({ name, kind }: { name: string; kind: string }) => `${name} ${kind}`,
    );
  const differing = ['only-prod added', 'only-staging removed', 'report changed'];

  it('tells what the second has otherwise, and names both', async () => {
    const [staging, prod] = await both();
    const line = ['diff', '--from-url', staging.url, '--to-url', prod.url, '--stat'];
    // Nobody listens where the command would look else.
    const { code, stdout } = await run(line, { env: { DKRON_URL: 'http://127.0.0.1:9' } });
    expect(code).toBe(3);
    expect(stdout).toContain(`A live ${staging.url}  read `);
    expect(stdout).toContain(`B live ${prod.url}  read `);
    expect(stdout).toContain('1 added, 1 removed, 1 changed, 0 jobs the same');
  });

  it('takes contexts, which show their labels', async () => {
    const [staging, prod] = await both();
    const env = contexts(staging.url, prod.url);
    const line = ['diff', '--from-context', 'staging', '--to-context', 'prod', '--json'];
    const { code, stdout } = await run(line, { env });
    expect(code).toBe(3);
    const { from, to } = JSON.parse(stdout);
    expect(from).toMatchObject({ name: `live staging (${staging.url})`, file: null, jobs: 2 });
    expect(to).toMatchObject({ name: `live PROD (${prod.url})`, file: null, jobs: 2 });
    expect(kinds(stdout)).toEqual(differing);
  });

  it('compares with the server of the command where only one is named', async () => {
    const [staging, prod] = await both();
    const from = await prod.dkron('diff', '--from-url', staging.url, '--json');
    expect(kinds(from.stdout)).toEqual(differing);
    const to = await staging.dkron('diff', '--to-url', prod.url, '--json');
    expect(kinds(to.stdout)).toEqual(differing);
  });

  it('takes the other side from a file, and names of jobs', async () => {
    const [staging, prod] = await both();
    const file = join(folder, 'jobs.jsonl');
    await prod.dkron('backup', file);
    const saved = await run(['diff', '--from-url', staging.url, file, '--json']);
    expect(kinds(saved.stdout)).toEqual(differing);
    const turned = await run(['diff', file, '--to-url', staging.url, 'report', '--json']);
    expect(kinds(turned.stdout)).toEqual(['report changed']);
    const named = await prod.dkron('diff', '--from-url', staging.url, 'only-prod', '--json');
    expect(kinds(named.stdout)).toEqual(['only-prod added']);
  });

  it('ends with 0 where they have the same, and is no difference where both are one', async () => {
    const [one, other] = [await fresh(hourly), await fresh(hourly)];
    const same = await run(['diff', '--from-url', one.url, '--to-url', other.url]);
    expect(same).toMatchObject({ code: 0, stderr: '' });
    const another = await atAnother(one.url);
    const twice = await run(['diff', '--from-url', one.url, '--to-url', another.url]);
    expect(twice.code).toBe(2);
    expect(twice.stderr).toContain(`${one.url} and ${another.url} are the same cluster`);
  });

  it.each([
    [[], 'nothing is named to compare'],
    [['live'], 'live is compared with itself'],
    [['--from-url', 'x', '--from-context', 'y'], 'cannot be used with'],
    [['--to-context', 'nowhere'], 'there is no context nowhere'],
  ])('diff %j is refused', async (words, message) => {
    const { url } = await fresh(hourly);
    const { code, stderr } = await run(['diff', ...words, '--url', url]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

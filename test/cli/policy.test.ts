import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startDemo } from '../../src/demo/server.ts';
import type { Job } from '../../src/job/job.ts';
import { aDefinition, type Definition } from '../support/jobs.ts';
import { aNodeName } from '../support/node-name.ts';
import { ask } from '../support/servers.ts';
import { run } from './run.ts';

/** A server with these jobs and a file with those, and how commands are run on them. */
async function world(there: readonly Definition[], wanted: readonly Definition[]) {
  const demo = await startDemo({ empty: true, name: aNodeName() });
  const folder = await mkdtemp(join(tmpdir(), 'cli-policy-'));
  onTestFinished(async () => {
    await demo.close();
    await rm(folder, { recursive: true });
  });
  for (const job of there) await ask(`${demo.url}/v1/jobs`, 'POST', job);
  const file = join(folder, 'jobs.json');
  await writeFile(file, JSON.stringify(wanted));
  return {
    url: demo.url,
    file,
    job: (name: string) => ask<Job>(`${demo.url}/v1/jobs/${name}`),
    jobs: async () => (await ask<Job[]>(`${demo.url}/v1/jobs`)).map(({ name }) => name),
    dkron: (argv: readonly string[], setting: Parameters<typeof run>[1] = {}) =>
      run([...argv, '--url', demo.url], setting),
  };
}

const a = aDefinition({ name: 'a', retries: 1 });
const http = (name: string, config: Record<string, string>): Definition =>
  aDefinition({
    name,
    executor: 'http',
    executor_config: { method: 'POST', url: 'http://staging.x/', expectCode: '200', ...config },
  });

describe.each(['restore', 'apply'])('%s', (command) => {
  test('--existing skip leaves alone what the server has', async () => {
    const { dkron, file, job } = await world(
      [a, aDefinition({ name: 'off', disabled: true })],
      [aDefinition({ name: 'a', retries: 5 }), aDefinition({ name: 'made' })],
    );
    const { code, stdout } = await dkron([command, file, '--existing', 'skip', '--yes']);
    expect(stdout).toContain('jobs that the server has are left as they are');
    expect([code, (await job('a')).retries, (await job('made')).name]).toEqual([0, 1, 'made']);
    const again = await dkron([command, file, '--existing', 'skip', '--dry-run', '--json']);
    expect(again.code).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({
      policy: { existing: 'skip', disabled: false, keepEnabled: false, prefix: '' },
    });
  });

  test('--disabled and --keep-enabled', async () => {
    const wanted = [aDefinition({ name: 'a', retries: 5 }), aDefinition({ name: 'made' })];
    const { dkron, file, job } = await world([a], wanted);
    await dkron([command, file, '--disabled', '--keep-enabled', '--yes']);
    expect(await job('a')).toMatchObject({ retries: 5, disabled: false });
    expect(await job('made')).toMatchObject({ disabled: true });
    await dkron([command, file, '--disabled', '--yes']);
    expect(await job('a')).toMatchObject({ retries: 5, disabled: true });
    const kept = await dkron([command, file, '--keep-enabled', '--dry-run']);
    expect(kept.code).toBe(0);
    expect(kept.stdout).toContain('enabled or disabled as on the server');
  });

  test('--rename-prefix renames a family and leaves what is outside', async () => {
    const { dkron, file, job, jobs } = await world(
      [a],
      [
        aDefinition({ name: 'root' }),
        aDefinition({ name: 'child', parent_job: 'root', schedule: '' }),
        aDefinition({ name: 'other', parent_job: 'a', schedule: '' }),
      ],
    );
    const { code } = await dkron([command, file, '--rename-prefix', 'copy-', '--yes']);
    expect(code).toBe(0);
    expect((await jobs()).sort()).toEqual(['a', 'copy-child', 'copy-other', 'copy-root']);
    expect((await job('copy-child')).parent_job).toBe('copy-root');
    expect((await job('copy-other')).parent_job).toBe('a');
  });

  test('--replace is shown, counted, and in order', async () => {
    const { dkron, file, job } = await world(
      [],
      [
        http('one', { body: '{"hook":"http://staging.x/a","n":1.0}' }),
        http('two', { url: 'http://other/' }),
      ],
    );
    const replace = ['--replace', String.raw`//staging\.=//prod.`, '--replace', 'prod=live'];
    const typo = ['--replace', 'stagging=x'];
    const dry = await dkron([command, file, ...replace, ...typo, '--dry-run', '--json']);
    expect(JSON.parse(dry.stdout).policy.replacements).toEqual([
      { pattern: String.raw`//staging\.`, text: '//prod.', places: 2, jobs: 1 },
      { pattern: 'prod', text: 'live', places: 2, jobs: 1 },
      { pattern: 'stagging', text: 'x', places: 0, jobs: 0 },
    ]);
    const [one, two] = JSON.parse(dry.stdout).plan;
    expect(one.replaced).toEqual([
      { path: 'executor_config.url', by: 0, count: 1 },
      { path: 'executor_config.url', by: 1, count: 1 },
      { path: 'executor_config.body', by: 0, count: 1 },
      { path: 'executor_config.body', by: 1, count: 1 },
    ]);
    expect(two.replaced).toBeUndefined();
    const { code, stdout } = await dkron([command, file, ...replace, ...typo, '--yes']);
    expect(code).toBe(0);
    expect(stdout).toContain(String.raw`replace //staging\. with //prod.: 2 places in 1 job`);
    expect(stdout).toContain('replace stagging with x: found nowhere; is it written right?');
    expect((await job('one')).executor_config).toMatchObject({
      url: 'http://live.x/',
      body: '{"hook":"http://live.x/a","n":1.0}',
    });
  });

  test('--replace that breaks a body blocks the job', async () => {
    const { dkron, file, jobs } = await world([], [http('one', { body: '{"n":1}' }), a]);
    const { code, stdout } = await dkron([command, file, '--replace', '1=one', '--yes']);
    expect(code).toBe(4);
    expect(stdout).toContain('executor_config.body: was JSON, and is none after --replace');
    expect(await jobs()).toEqual(['a']);
  });

  const three = ['a', 'b', 'c'].map((name) => aDefinition({ name, retries: 1 }));
  const changed = three.map((job) => ({ ...job, retries: 5 }));
  const asking = async (answers: readonly string[]) => {
    const { dkron, file, job } = await world(three, [...changed, aDefinition({ name: 'made' })]);
    const { code, stderr } = await dkron([command, file, '--existing', 'ask'], { answers });
    const retries = await Promise.all(
      ['a', 'b', 'c'].map(async (name) => (await job(name)).retries),
    );
    const made = await job('made').then(
      () => true,
      () => false,
    );
    return { code, stderr, retries, made };
  };

  test.each([
    [['y', 'n', 'YES', 'y'], [5, 1, 5], true, 0],
    [['n', 'all', 'y'], [1, 5, 5], true, 0],
    [['y', 'none', 'y'], [5, 1, 1], true, 0],
    [['y', 'what?', 'none', 'y'], [5, 1, 1], true, 0],
    [['y', 'quit'], [1, 1, 1], false, 1],
    [['y', 'all', 'n'], [1, 1, 1], false, 1],
  ])('--existing ask, answered %j', async (answers, retries, made, code) => {
    expect(await asking(answers)).toMatchObject({ code, retries, made });
  });

  test('--existing ask shows each difference, and is refused without a terminal', async () => {
    const { stderr } = await asking(['none', 'n']);
    expect(stderr).toMatch(/^a {2}change\n retries +− 1\n +\+ 5$/m);
    expect(stderr).toContain('Write over a (1 of 3)? [yes, no, all or none of the rest, quit]');
    const { dkron, file, job } = await world(three, changed);
    const { code, stderr: refused } = await dkron([command, file, '--existing', 'ask', '--yes']);
    expect([code, (await job('a')).retries]).toEqual([2, 1]);
    expect(refused).toContain('there is no terminal to ask on');
    expect((await dkron([command, file, '--existing', 'ask', '--dry-run'])).code).toBe(3);
  });

  test.each([
    [['--existing', 'keep'], '--existing keep: it is overwrite, skip or ask'],
    [['--rename-prefix', 'Copy'], "--rename-prefix Copy: the name contains illegal character 'C'"],
    [['--replace', 'x'], '--replace x: it has no ='],
  ])('refuses %j before the server is asked', async (words, said) => {
    const { code, stderr } = await run([
      command,
      'nowhere.json',
      ...words,
      '--url',
      'http://[::1]:1',
    ]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  });
});

test('restore counts in the row of each job what was replaced, and what is left', async () => {
  const { dkron, file } = await world([a], [http('one', {}), { ...a, retries: 7 }]);
  const said = await dkron([
    ...['restore', file, '--replace', 'staging=prod', '--existing', 'skip', '--dry-run'],
  ]);
  expect(said.stdout).toMatch(/^one +new +1 replaced$/m);
  expect(said.stdout).toContain('1 new, 1 left as they are, or not chosen');
});

test('names of restore are those of the file', async () => {
  const { dkron, file, jobs } = await world(
    [],
    [aDefinition({ name: 'root' }), aDefinition({ name: 'child', parent_job: 'root' }), a],
  );
  await dkron(['restore', file, 'child', '--rename-prefix', 'copy-', '--yes']);
  expect((await jobs()).sort()).toEqual(['copy-child', 'copy-root']);
  const missing = await dkron(['restore', file, 'copy-child', '--rename-prefix', 'copy-', '--yes']);
  expect(missing).toMatchObject({ code: 0 });
});

/** One job of the server that cannot be read hides no other from any command. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { spoiling, spoilt } from '../support/spoilt.ts';
import { fresh } from './fresh.ts';
import { run } from './run.ts';

async function withOneSpoilt() {
  const server = await fresh(
    { name: 'bad', displayname: spoilt },
    { name: 'below', parent_job: 'bad', schedule: '' },
    { name: 'good', retries: 1 },
  );
  const url = await spoiling(server.url);
  const dkron = (...argv: string[]) => run([...argv, '--url', url]);
  return { ...server, dkron };
}

const why = /sent a job \(bad\) that is not valid: displayname must be text/;

test.each([
  [['edit', 'good', '--set', 'retries=2'], { name: 'good', retries: 2 }],
  [['edit', 'below', '--set', 'retries=2'], { name: 'below', retries: 2, parent_job: 'bad' }],
  [['disable', 'good'], { name: 'good', disabled: true }],
  [['set-schedule', 'good', '@every 2h'], { name: 'good', schedule: '@every 2h' }],
  [['clone', 'good', 'copy'], { name: 'copy', retries: 1 }],
  [['rename', 'good', 'better'], { name: 'better', retries: 1 }],
  [['create', 'fresh', '--template', 'shell'], { name: 'fresh', executor: 'shell' }],
  [
    ['create', 'under', '--template', 'shell', '--set', 'parent_job=bad'],
    { name: 'under', parent_job: 'bad' },
  ],
] as const)('%j goes on beside it', async ([command, ...args], wanted) => {
  const { dkron, job } = await withOneSpoilt();
  const { code, stderr, stdout } = await dkron(command, ...args, '--yes');
  expect({ code, stdout, stderr }).toMatchObject({ code: 0 });
  expect(await job(wanted.name)).toMatchObject(wanted);
  expect(stderr.match(/displayname must be text/g) ?? []).toHaveLength(1);
});

test('jobs are deleted and cleared beside it', async () => {
  const { dkron, names } = await withOneSpoilt();
  expect((await dkron('clear', 'good', '--yes')).code).toBe(0);
  expect((await dkron('delete', 'good', '--yes')).code).toBe(0);
  expect(await names()).toEqual(['bad', 'below']);
});

test.each([
  ['edit', 'bad', '--set', 'retries=2'],
  ['disable', 'bad'],
  ['delete', 'good', 'bad'],
  ['clone', 'bad', 'copy'],
  ['rename', 'bad', 'copy'],
  ['set-schedule', 'bad', '@every 2h'],
])('%s of it is refused, and says why', async (...args) => {
  const { dkron, names } = await withOneSpoilt();
  const { code, stderr } = await dkron(...args, '--yes');
  expect(code).toBe(1);
  expect(stderr).toMatch(why);
  expect(await names()).toEqual(['bad', 'below', 'good']);
});

test('its name is not free', async () => {
  const { dkron } = await withOneSpoilt();
  for (const args of [
    ['clone', 'good', 'bad'],
    ['rename', 'good', 'bad'],
  ])
    expect((await dkron(...args, '--yes')).stderr).toMatch(/job bad already exists on /);
});

test.each(['apply', 'restore'])('%s writes the others, also those below it', async (command) => {
  const { dkron, job } = await withOneSpoilt();
  const folder = await mkdtemp(join(tmpdir(), 'cli-unreadable-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'jobs.json');
  const config = { executor: 'shell', executor_config: { command: 'true' } };
  const jobs = [
    { name: 'bad', schedule: '@manually', ...config },
    { name: 'good', schedule: '@manually', retries: 7, ...config },
    { name: 'new', parent_job: 'bad', ...config },
  ];
  await writeFile(file, JSON.stringify(jobs));
  const { code, stdout } = await dkron(command, file, '--yes', '--json');
  const { results } = JSON.parse(stdout);
  expect(
    results.map(({ name, outcome }: { name: string; outcome: string }) => [name, outcome]),
  ).toEqual(
    expect.arrayContaining([
      ['bad', 'refused'],
      ['good', 'written'],
      ['new', 'written'],
    ]),
  );
  expect(code).toBe(4);
  expect(await job('good')).toMatchObject({ retries: 7 });
});

test('undo takes back the change of another job, and says what it cannot take back', async () => {
  const { dkron, job, names, post } = await withOneSpoilt();
  await dkron('edit', 'good', '--set', 'retries=2', '--yes');
  expect((await dkron('undo', '--yes')).code).toBe(0);
  expect(await job('good')).toMatchObject({ retries: 1 });
  await dkron('create', 'fresh', '--template', 'shell', '--yes');
  await post({ name: 'fresh', displayname: spoilt });
  const { code, stderr } = await dkron('undo', '--yes');
  expect(code).toBe(9);
  expect(stderr).toMatch(/fresh: .* that is not valid: displayname must be text/);
  expect(await names()).toContain('fresh');
});

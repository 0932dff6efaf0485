import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { aJob } from '../support/jobs.ts';
import { keptAt } from '../support/kept.ts';
import { putSnapshot } from '../support/snapshots.ts';
import { fresh } from './fresh.ts';
import { places, run } from './run.ts';

const aFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'cli-history-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
};

const body = (secret: string) => ({
  url: 'http://x',
  headers: `["Authorization: Bearer ${secret}"]`,
});

test('tells each change once: by the journal to the moment, else between two snapshots', async () => {
  const { dkron, post, url } = await fresh({ name: 'a' }, { name: 'b' }, { name: 'c' });
  await dkron('backup', '--label', 'one');
  await dkron('edit', 'a', '--set', 'retries=1', '--yes');
  await post({ name: 'a', retries: 2, schedule: '@every 2h' });
  await dkron('backup', '--label', 'two');
  await fetch(`${url}/v1/jobs/a`, { method: 'DELETE' });
  await dkron('backup', '--label', 'three');
  const { code, stdout, stderr } = await run(['log', 'a', '--url', url, '--zone', 'utc']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`;
  const lines = stdout.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^WHEN +WHO +WHAT +FIELDS +SNAPSHOT$/);
  const one = 'backup-dkron_\\S+_one';
  expect(lines[1]).toMatch(new RegExp(`^${time} – ${time} +deleted`));
  expect(lines[2]).toMatch(
    new RegExp(
      `^${time} – ${time} +changed +schedule @manually → @every 2h, retries 1 → 2 +\\S+_two$`,
    ),
  );
  expect(lines[3]).toMatch(
    new RegExp(`^${time} +\\S+@\\S+ +changed +retries 0 → 1 +in the journal only$`),
  );
  expect(lines[4]).toMatch(new RegExp(`^before ${time} +first seen +${one}$`));
  expect(lines[5]).toBe('over 3 snapshots and 1 change in the journal');
});

test('--json has the exact definitions, and a job is had again by one', async () => {
  const { dkron, job, piping, url } = await fresh({ name: 'a', owner: 'me' });
  const before = await (await fetch(`${url}/v1/jobs/a`)).text();
  await dkron('backup');
  await dkron('edit', 'a', '--set', 'owner=you', '--yes');
  const { steps, ...told } = JSON.parse((await dkron('log', 'a', '--json')).stdout);
  expect(told).toEqual({ job: 'a', snapshots: 1, changes: 1, passedOver: [], unreadable: [] });
  expect(steps).toMatchObject([
    {
      kind: 'changed',
      exact: true,
      certain: true,
      who: expect.stringContaining('@'),
      changes: [{ path: 'owner', before: 'me', after: 'you' }],
      source: { kind: 'journal' },
      snapshot: null,
    },
    { kind: 'first', after: null, source: { kind: 'snapshot' }, definition: before },
  ]);
  expect((await piping(steps[1].definition, 'apply', '-', '--yes')).code).toBe(0);
  expect((await job('a'))?.owner).toBe('me');
  const [newest] = JSON.parse((await dkron('log', 'a', '--json')).stdout).steps;
  expect(newest).toMatchObject({ changes: [{ path: 'owner', before: 'you', after: 'me' }] });
});

test('--field leaves what did not touch a value', async () => {
  const { dkron, post } = await fresh({
    name: 'a',
    executor: 'http',
    executor_config: body('one'),
  });
  await dkron('backup');
  await dkron('edit', 'a', '--set', 'retries=1', '--yes');
  await post({ name: 'a', retries: 1, executor: 'http', executor_config: body('two') });
  await dkron('backup');
  const fields = async (path: string) =>
    JSON.parse((await dkron('log', 'a', '--json', '--field', path)).stdout).steps.map(
      ({ changes }: { changes: { path: string }[] }) => changes.length === 1 && changes[0]?.path,
    );
  expect(await fields('retries')).toEqual(['retries', false]);
  expect(await fields('executor_config.headers.Authorization')).toEqual([
    'executor_config.headers',
    false,
  ]);
  const never = await dkron('log', 'a', '--field', 'nonsense');
  expect(never).toMatchObject({ code: 2 });
  expect(never.stderr).toContain('a never had a value nonsense: a job has no field nonsense');
});

test('credentials are shown when they are asked for only, and never half', async () => {
  const { dkron, post } = await fresh({
    name: 'a',
    executor: 'http',
    executor_config: body('s3cret1'),
  });
  await dkron('backup');
  await post({ name: 'a', executor: 'http', executor_config: body('s3cret2') });
  await dkron('backup');
  for (const flags of [[], ['--patch'], ['--json']]) {
    const { stdout, stderr } = await dkron('log', 'a', ...flags);
    expect(stdout + stderr).not.toContain('s3cret');
    expect(stdout).toContain('executor_config.headers');
  }
  const hidden = JSON.parse((await dkron('log', 'a', '--json')).stdout).steps[0];
  expect(hidden).toMatchObject({ definition: null, hidden: true });
  const shown = JSON.parse((await dkron('log', 'a', '--json', '--show-secrets')).stdout).steps[0];
  expect(JSON.parse(shown.definition).executor_config.headers).toContain('s3cret2');
  expect((await dkron('log', 'a', '--patch', '--show-secrets')).stdout).toContain('s3cret1');
});

test('what cannot be read is named and hides nothing else', async () => {
  const { dkron, post, url } = await fresh({ name: 'a' }, { name: 'b' });
  await dkron('backup', '--label', 'good');
  await post({ name: 'a', retries: 3 });
  await dkron('backup', '--label', 'bad');
  const { snapshots, journal } = await keptAt(places, url);
  const bad = (await readdir(snapshots)).find((name) => name.endsWith('_bad'))!;
  const text = await readFile(join(snapshots, bad), 'utf8');
  await writeFile(join(snapshots, bad), text.replace('"retries":3', '"retries":4'));
  await mkdir(journal, { recursive: true });
  await appendFile(join(journal, 'x'), 'torn');
  const { code, stdout, stderr } = await dkron('log', 'a');
  expect(code).toBe(0);
  expect(stderr).toContain(`skipped: ${bad}: the job is not there as it was written`);
  expect(stderr).toContain('is not a file of the journal');
  expect(stdout).toContain('first seen');
  expect(stdout).not.toContain('changed');
});

test('a snapshot of some jobs proves nothing of the others', async () => {
  const { dkron } = await fresh({ name: 'a' }, { name: 'b' });
  await dkron('backup');
  await dkron('backup', '--filter', 'b', '--label', 'some');
  await dkron('backup');
  expect((await dkron('log', 'a')).stdout).not.toContain('deleted');
});

test('files of the old script count, and those that others put there prove nothing', async () => {
  const folder = await aFolder();
  const of = (retries: number) => JSON.stringify([{ name: 'a', schedule: '@daily', retries }]);
  await writeFile(join(folder, 'backup-dkron_2026-11-01T0200Z'), of(1));
  await writeFile(join(folder, 'backup-dkron_2026-11-02T0200Z'), of(2));
  await writeFile(join(folder, 'backup-dkron_2026-11-03T0200Z'), '[{"name":"b"}]');
  await writeFile(join(folder, 'backup-dkron_2026-11-04T0200Z'), '[{"name":"b"},{"name":"a",]');
  await writeFile(join(folder, 'other_2026-11-05T0200Z.json'), '[{"name":"b"}]');
  const { code, stdout, stderr } = await run(['log', 'a', '--folder', folder]);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: expect.stringMatching(
      /^skipped: backup-dkron_2026-11-04T0200Z: .*(cut off|not JSON|not all).*\n$/,
    ),
  });
  expect(stdout.split('\n').map((line) => line.replace(/ {2,}/g, '  '))).toEqual([
    'WHEN  WHO  WHAT  FIELDS  SNAPSHOT',
    '2026-11-02T02:00:00Z – 2026-11-03T02:00:00Z  deleted',
    '2026-11-01T02:00:00Z – 2026-11-02T02:00:00Z  changed  retries 1 → 2  backup-dkron_2026-11-02T0200Z',
    'before 2026-11-01T02:00:00Z  first seen  backup-dkron_2026-11-01T0200Z',
    'over 5 snapshots and 0 changes in the journal',
    'as it was after a step: dkron-tui restore SNAPSHOT a',
    '',
  ]);
});

test('a job that nobody ever saw is an error that says where it was looked for', async () => {
  const { dkron } = await fresh({ name: 'a' });
  await dkron('backup');
  const { code, stderr } = await dkron('log', 'nobody');
  expect(code).toBe(8);
  expect(stderr).toContain(
    'there is no job nobody in 1 snapshot, nor did the journal ever have it',
  );
});

test('a folder with snapshots of two clusters asks which is meant', async () => {
  const folder = await aFolder();
  await putSnapshot(folder, 'one', [aJob({ name: 'a' })], { cluster: { id: 'c1', name: 'prod' } });
  await putSnapshot(folder, 'two', [aJob({ name: 'a' })], { cluster: { id: 'c2', name: 'test' } });
  const asked = await run(['log', 'a', '--folder', folder]);
  expect(asked).toMatchObject({ code: 2 });
  expect(asked.stderr).toContain('--cluster: ');
  for (const id of ['c1 (prod)', 'c2 (test)']) expect(asked.stderr).toContain(id);
});

test('a named folder has its journal by the cluster that its snapshots are of', async () => {
  const { dkron, url } = await fresh({ name: 'a' }, { name: 'b' });
  await dkron('backup');
  await dkron('edit', 'a', '--set', 'owner=you', '--yes');
  const { snapshots } = await keptAt(places, url);
  const elsewhere = 'http://127.0.0.1:1';
  const { stdout } = await run(['log', 'a', '--folder', snapshots, '--url', elsewhere, '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    snapshots: 1,
    changes: 1,
    steps: [{ exact: true }, { kind: 'first' }],
  });
});

test('nothing of a snapshot reaches a terminal raw', async () => {
  const folder = await aFolder();
  const evil = (text: string) => `\u001b[2J${text}\u0007\n\u202e`;
  for (const day of [1, 2])
    await writeFile(
      join(folder, `backup-dkron_2026-11-0${day}T0200Z_\u001b[31m`),
      JSON.stringify([
        { name: 'a', schedule: '@daily', owner: evil(String(day)), [evil('x')]: day },
      ]),
    );
  await writeFile(join(folder, 'backup-dkron_2026-11-03T0200Z_\u001b[31m'), '{"name":"a"');
  for (const flags of [[], ['--patch'], ['--json']]) {
    const { stdout, stderr } = await run(['log', 'a', '--folder', folder, ...flags], { typed: '' });
    expect(stdout).toContain('owner');
    // Colours are ours.
    const raw = (stdout + stderr).replaceAll(/\u001b\[[\d;]*m/g, '');
    expect(raw).not.toMatch(/[\u001b\u0007\u202e]/);
    expect(stdout + stderr).not.toContain('_\u001b[31m');
  }
});

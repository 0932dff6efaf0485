import { appendFile, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keptAt } from '../support/kept.ts';
import { fresh } from './fresh.ts';
import { places } from './run.ts';

test('lists operations newest first, with what became of them', async () => {
  const { dkron } = await fresh({ name: 'a' }, { name: 'b' });
  await dkron('edit', 'a', '--set', 'retries=1', '--yes');
  await dkron('disable', 'a', 'b', '--yes');
  await dkron('clone', 'a', 'c', '--yes');
  await dkron('delete', 'a', '--yes');
  await dkron('undo', '--yes');
  const [titles, ...lines] = (await dkron('journal')).stdout.trimEnd().split('\n');
  expect(titles).toMatch(/^ID +WHEN +WHO +WHAT +OUTCOME +SAFETY SNAPSHOT$/);
  expect(lines.map((line) => line.split(/ {2,}/).slice(3, 5).join(' '))).toEqual([
    'undo of a ✓ written',
    'deletion of a ✓ written',
    'creation of c ✓ written',
    'disabling of 2 jobs ✓ 2 written',
    'edit of a ✓ written',
  ]);
  expect(lines[3]).toMatch(/_safety$/);
  const two = await dkron('journal', '--limit', '2');
  expect(two.stdout.trimEnd().split('\n')).toHaveLength(3);
  expect(two.stderr).toContain('--limit 20 lists more');
  const id = lines[3]!.split(' ')[0]!;
  const changes = (await dkron('journal', '--operation', id)).stdout.trimEnd().split('\n');
  expect(changes.map((line) => line.split(/ {2,}/)[3])).toEqual(['JOB', 'b', 'a']);
});

test('a restore is called by its file', async () => {
  const { dkron } = await fresh({ name: 'a' });
  const file = join(await mkdtemp(join(tmpdir(), 'journal-')), 'nightly.json');
  await writeFile(
    file,
    JSON.stringify([
      { name: 'a', schedule: '@daily' },
      { name: 'b', schedule: '@daily' },
    ]),
  );
  await dkron('restore', file, '--yes');
  const [operation] = JSON.parse((await dkron('journal', '--json')).stdout);
  expect(operation).toMatchObject({
    what: 'restore',
    source: 'nightly.json',
    jobs: 2,
    outcomes: { written: 2, refused: 0, unknown: 0, open: 0 },
    changes: [{ job: expect.stringMatching(/^[ab]$/) }, {}],
  });
  expect((await dkron('journal')).stdout).toContain('restore of 2 jobs from nightly.json');
});

test('lists changes of a job newest first, with what became of them', async () => {
  const { dkron } = await fresh({ name: 'a' });
  for (const words of [['journal'], ['journal', 'a']])
    expect((await dkron(...words)).stdout).toBe('no changes were made from this machine\n');
  await dkron('edit', 'a', '--set', 'retries=1', '--set', 'tags.role=x:1', '--yes');
  await dkron('clone', 'a', 'b', '--yes');
  await dkron('delete', 'a', '--yes');
  const [titles, ...lines] = (await dkron('journal', 'a')).stdout.trimEnd().split('\n');
  expect(titles).toMatch(/^ID +WHEN +WHO +JOB +WHAT +OUTCOME +FIELDS$/);
  expect(lines.map((line) => line.split(/ {2,}/).slice(3).join(' '))).toEqual([
    'a deleted ✓ written',
    'a changed ✓ written retries, tags.role',
  ]);
  expect(lines[0]).toMatch(/^[\da-f]{8} +\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ +\S+@\S+ /);
  expect((await dkron('journal', 'b')).stdout.trimEnd().split('\n')).toHaveLength(2);
});

test('--json has each definition to the letter', async () => {
  const { dkron, url } = await fresh({ name: 'a' });
  const before = await (await fetch(`${url}/v1/jobs/a`)).text();
  await dkron('disable', 'a', '--yes');
  const [change] = JSON.parse((await dkron('journal', 'a', '--json')).stdout);
  expect(change).toMatchObject({ job: 'a', action: 'write', result: { outcome: 'written' } });
  expect(change.before).toBe(before);
  expect(JSON.parse((await dkron('journal', 'nobody', '--json')).stdout)).toEqual([]);
});

test('needs no server', async () => {
  const { dkron, url } = await fresh({ name: 'a' });
  await dkron('disable', 'a', '--yes');
  await fetch(`${url}/v1/jobs/a`, { method: 'DELETE' });
  expect((await dkron('journal', 'a')).stdout).toContain('disabled');
});

test.each([
  '7',
  'true',
  'null',
  '[]',
  '{"id":"x","at":"2026-11-21T14:32:10.000Z","job":"a"}',
  '{"torn',
])('%s in it is passed over and named, by undo as well', async (line) => {
  const { dkron, url, job } = await fresh({ name: 'a' });
  await dkron('disable', 'a', '--yes');
  const folder = (await keptAt(places, url)).journal;
  const [file = ''] = await readdir(folder);
  await appendFile(join(folder, file), `${line}\n`);
  const named = `skipped: ${join(folder, file)}: 1 of its lines are not complete entries\n`;
  const listed = await dkron('journal', '--json');
  expect(listed).toMatchObject({ code: 0, stderr: named });
  expect(JSON.parse(listed.stdout)).toHaveLength(1);
  const undone = await dkron('undo', '--yes');
  expect(undone).toMatchObject({ code: 0, stderr: named });
  expect(await job('a')).toMatchObject({ disabled: false });
});

test('a definition in it that is no job is passed over, and undo reaches what is before it', async () => {
  const { dkron, url, job } = await fresh({ name: 'a' });
  await dkron('disable', 'a', '--yes');
  const entry = { id: 'x', operation: 'x', at: '2099-01-01T00:00:00.000Z', server: url, job: 'a' };
  await writeFile(
    join((await keptAt(places, url)).journal, '20990101T000000000Z_x.jsonl'),
    `${JSON.stringify({ ...entry, action: 'write', before: '{"tags":7}', sent: null })}\n`,
  );
  expect(await dkron('journal')).toMatchObject({ code: 0, stderr: '' });
  const undone = await dkron('undo', '--yes');
  expect(undone.stderr).toBe(
    'skipped: the change of a at 2099-01-01T00:00:00.000Z: its definition is not a complete job\n',
  );
  expect(await job('a')).toMatchObject({ disabled: false });
});

import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { expect, onTestFinished, test } from 'vitest';
import { OperatorError } from '../../../src/base/errors.ts';
import { listSnapshots } from '../../../src/snapshot/archive/list.ts';
import { snapshotName } from '../../../src/snapshot/archive/name.ts';

test('a snapshot is named after the time in UTC', () => {
  expect(snapshotName(new Date('2026-11-21T03:10:59+01:00'))).toBe('backup-dkron_2026-11-21T0210Z');
});

test('lists the files of a folder, newest first, with the jobs in them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'snapshot-list-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const put = async (name: string, content: string, seconds: number) => {
    await writeFile(join(folder, name), content);
    await utimes(join(folder, name), seconds, seconds);
  };
  await put('older', '{"name":"a"}\n{"name":"b"}\n', 1000);
  await put('newest', '[{"name":"a"}]', 3000);
  await put('broken', '{"name":"a', 2000);
  await put('.newest.part', '{"name":"a', 4000);
  await mkdir(join(folder, 'folder'));
  expect(await listSnapshots(folder)).toEqual([
    { name: 'newest', path: join(folder, 'newest'), bytes: 14, modified: 3_000_000, jobs: 1 },
    { name: 'broken', path: join(folder, 'broken'), bytes: 10, modified: 2_000_000, jobs: null },
    { name: 'older', path: join(folder, 'older'), bytes: 26, modified: 1_000_000, jobs: 2 },
  ]);
});

test('counts only what a restore would take as jobs, whatever shape it has', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'snapshot-list-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const put = (name: string, content: string) => writeFile(join(folder, name), content);
  await put('empty', '[]\n');
  await put('nothing', '');
  await put('text', 'hello');
  await put('stray', '{"name":"a"}\nhello\n');
  await put('cut-list', '[{"name":"a"}');
  await put('many', '{"name":"a"}\n'.repeat(100_000));
  const jobs = (await listSnapshots(folder)).map(({ name, jobs }) => [name, jobs]);
  expect(Object.fromEntries(jobs)).toEqual({
    empty: 0,
    nothing: 0,
    text: null,
    stray: null,
    'cut-list': null,
    many: 100_000,
  });
});

test('of the same moment the later name stands first, and links, folders and damaged ones are left out', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'snapshot-list-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const names = ['b', 'c', 'a', 'd.damaged', 'd.damaged-2', 'd.damaged-x'];
  for (const name of names) {
    await writeFile(join(folder, name), '[]');
    await utimes(join(folder, name), 1000, 1000);
  }
  await symlink(join(folder, 'gone'), join(folder, 'link'));
  const listed = (await listSnapshots(folder)).map(({ name }) => name);
  expect(listed).toEqual(['d.damaged-x', 'c', 'b', 'a']);
});

test.skipIf(process.getuid?.() === 0)('a file that this user may not read says so', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'snapshot-list-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'secret'), '[]', { mode: 0 });
  expect(await listSnapshots(folder)).toMatchObject([{ jobs: null, unreadable: true }]);
});

test('a folder that is not there yet has none', async () => {
  expect(await listSnapshots('/does/not/exist')).toEqual([]);
});

test('a folder that cannot be read is not a folder without snapshots', async () => {
  const root = await mkdtemp(join(tmpdir(), 'snapshot-list-'));
  onTestFinished(() => rm(root, { recursive: true }));
  await writeFile(join(root, 'file'), '');
  await expect(listSnapshots(join(root, 'file'))).rejects.toThrow(OperatorError);
  await expect(listSnapshots(join(root, 'file'))).rejects.toThrow(/cannot be read/);
});

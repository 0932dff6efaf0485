import { randomUUID } from 'node:crypto';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { zstdCompressSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { OperatorError } from '../../../src/base/errors.ts';
import { listSnapshots, withDifferences } from '../../../src/snapshot/archive/list.ts';
import { manifestPath } from '../../../src/snapshot/archive/manifest.ts';
import { snapshotName } from '../../../src/snapshot/archive/name.ts';
import { aJob } from '../../support/jobs.ts';
import { putSnapshot } from '../../support/snapshots.ts';

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'snapshot-list-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

const a = aJob({ name: 'a' });
const b = aJob({ name: 'b' });
const c = aJob({ name: 'c' });

test('a snapshot is named after the time in UTC', () => {
  expect(snapshotName(new Date('2026-11-21T03:10:59+01:00'))).toBe('backup-dkron_2026-11-21T0210Z');
});

test('lists the files of a folder, newest first, with the jobs in them', async () => {
  const folder = await aFolder();
  const put = async (name: string, content: string, seconds: number) => {
    await writeFile(join(folder, name), content);
    await utimes(join(folder, name), seconds, seconds);
    const path = join(folder, name);
    const times = { modified: seconds * 1000, taken: seconds * 1000 };
    return {
      name,
      path,
      bytes: content.length,
      ...times,
      proof: 'none',
      head: null,
      differs: null,
    };
  };
  const older = await put('older', '{"name":"a"}\n{"name":"b"}\n', 1000);
  const newest = await put('newest', '[{"name":"a"}]', 3000);
  const broken = await put('broken', '{"name":"a', 2000);
  await put('.newest.part', '{"name":"a', 4000);
  await mkdir(join(folder, 'folder'));
  const list = [
    { ...newest, jobs: 1 },
    { ...broken, jobs: null },
    { ...older, jobs: 2 },
  ];
  expect(await listSnapshots(folder)).toEqual(list);
  // Counted once, and again where the file is another.
  expect(await listSnapshots(folder)).toEqual(list);
  await put('broken', '[]', 2000);
  expect((await listSnapshots(folder))[1]).toMatchObject({ name: 'broken', jobs: 0 });
});

test('what is packed is counted by what is in it, and to its end', async () => {
  const folder = await aFolder();
  const [one, two] = ['{"name":"a"}\n', '{"name":"b"}\n'];
  const frames = [one, two].map((text) => zstdCompressSync(text));
  await writeFile(join(folder, 'frames'), Buffer.concat(frames));
  await writeFile(join(folder, 'named.gz'), one);
  const found = (await listSnapshots(folder)).map(({ name, jobs }) => [name, jobs]);
  expect(Object.fromEntries(found)).toEqual({ frames: 2, 'named.gz': 1 });
});

test('what a manifest says goes before what the file looks like', async () => {
  const folder = await aFolder();
  const label = 'before migration';
  await putSnapshot(folder, 'x', [a, b], { label, pinned: true, kind: 'scheduled' });
  expect(await listSnapshots(folder)).toMatchObject([
    {
      name: 'x',
      taken: Date.parse('2026-11-21T02:10:59Z'),
      jobs: 2,
      proof: 'manifest',
      head: { label, pinned: true, kind: 'scheduled', cluster: { id: 'c1' } },
    },
  ]);
});

test('the time is the manifest’s, else that in the name, else that of the file', async () => {
  const folder = await aFolder();
  await putSnapshot(folder, 'backup-dkron_2020-01-01T0000Z', [a]);
  await putSnapshot(folder, 'backup-dkron_2021-01-01T0000Z', [a], { taken: 'yesterday' });
  await writeFile(join(folder, 'backup-dkron_2022-02-03T0405Z_label.gz'), '[]');
  await writeFile(join(folder, 'backup-dkron_2022-99-99T0405Z'), '[]');
  await utimes(join(folder, 'backup-dkron_2022-99-99T0405Z'), 1000, 1000);
  const taken = (await listSnapshots(folder)).map((file) => new Date(file.taken).toISOString());
  expect(taken).toEqual([
    '2026-11-21T02:10:59.000Z',
    '2022-02-03T04:05:00.000Z',
    '2021-01-01T00:00:00.000Z',
    '1970-01-01T00:16:40.000Z',
  ]);
});

test('what killed programs left beside the indexes goes after a day, unless it may be of use', async () => {
  const folder = await aFolder();
  await putSnapshot(folder, 'here', [a]);
  const turns = ['gone.turn', `gone.turn-${randomUUID()}`, 'here.turn'];
  await mkdir(join(folder, '.index'));
  for (const name of [...turns, 'young.turn']) await writeFile(join(folder, '.index', name), 'x');
  for (const name of turns) await utimes(join(folder, '.index', name), 1, 1);
  await withDifferences(folder, await listSnapshots(folder));
  const left = (await readdir(join(folder, '.index'))).filter((name) => name.includes('.turn'));
  expect(left.sort()).toEqual(['here.turn', 'young.turn']);
});

test('a manifest that is broken, and a file that is not as long as its manifest says, are told', async () => {
  const folder = await aFolder();
  await writeFile(await putSnapshot(folder, 'cut', [a]), '{"name":"a');
  for (const [name, text] of [
    ['empty', ''],
    ['binary', '\0\0'],
    ['newer', '{"format":2,"lines":[]}'],
    ['null', 'null'],
  ] as const)
    await writeFile(manifestPath(await putSnapshot(folder, name, [a])), text);
  // Gone while it is listed, and what no manifest may be.
  await mkdir(manifestPath(join(folder, 'folder')));
  await writeFile(join(folder, 'folder'), '{"name":"a"}');
  const found = (await listSnapshots(folder)).map(({ name, proof, jobs }) => [name, proof, jobs]);
  expect(Object.fromEntries(found.map(([name, ...rest]) => [name, rest]))).toEqual({
    cut: ['damaged', 1],
    empty: ['unreadable', 1],
    binary: ['unreadable', 1],
    newer: ['unreadable', 1],
    null: ['unreadable', 1],
    folder: ['none', 1],
  });
});

test('a head longer than usual, or written by something else, is read all the same', async () => {
  const folder = await aFolder();
  const names = Array.from({ length: 2000 }, (_, at) => `job-${at}`);
  await putSnapshot(folder, 'chosen', [a], { chosen: { filter: null, names } });
  const path = await putSnapshot(folder, 'compact', [a], { label: 'é'.repeat(5000) });
  expect((await listSnapshots(folder)).map(({ proof }) => proof)).toEqual(['manifest', 'manifest']);
  const text = await readFile(manifestPath(path), 'utf8');
  await writeFile(manifestPath(path), JSON.stringify(JSON.parse(text)));
  expect((await listSnapshots(folder)).map(({ proof }) => proof)).toEqual(['manifest', 'manifest']);
});

test('the histories beside a snapshot are no snapshot', async () => {
  const folder = await aFolder();
  await putSnapshot(folder, 'x', [a], { executions: 'x.executions' });
  await writeFile(join(folder, 'x.executions'), '{}');
  expect((await listSnapshots(folder)).map(({ name }) => name)).toEqual(['x']);
});

test('each of all jobs is compared with the one before it of its cluster, however that was taken', async () => {
  const folder = await aFolder();
  const at = (day: number) => ({ taken: `2026-11-0${day}T00:00:00Z` });
  await putSnapshot(folder, '1', [a, b], at(1));
  await putSnapshot(folder, '2-safety', [a], { ...at(2), kind: 'safety', operation: 'o' });
  await putSnapshot(folder, '3-some', [a], { ...at(3), chosen: { filter: 'a', names: [] } });
  await putSnapshot(folder, '4', [{ ...b, schedule: '@daily' }, c], { ...at(4), kind: 'hand' });
  await putSnapshot(folder, '5-other', [a], { ...at(5), cluster: { id: 'c2', name: 'dev' } });
  await putSnapshot(
    folder,
    '6',
    [
      { ...c, success_count: 9 },
      { ...b, schedule: '@daily' },
    ],
    at(6),
  );
  await writeFile(join(folder, '7'), '{"name":"a"}');
  const differs = async () =>
    Object.fromEntries(
      (await withDifferences(folder, await listSnapshots(folder))).flatMap((file) =>
        file.differs === null ? [] : [[file.name, Object.values(file.differs)]],
      ),
    );
  const expected = { 4: [1, 1, 1], 6: [0, 0, 0] };
  expect(await differs()).toEqual(expected);
  expect(await differs()).toEqual(expected);
  // Thrown away or spoilt, it is made again.
  await rm(join(folder, '.index'), { recursive: true });
  expect(await differs()).toEqual(expected);
  await writeFile(join(folder, '.index', 'differences'), '\0');
  await writeFile(join(folder, '.index', '4.jobs'), 'dkronix1');
  expect(await differs()).toEqual(expected);
  // What is gone is compared no more, and leaves no index.
  await rm(join(folder, '1'));
  expect(await differs()).toEqual({ 6: [0, 0, 0] });
  expect(await readdir(join(folder, '.index'))).not.toContain('1.jobs');
});

test.skipIf(process.getuid?.() === 0)(
  'a folder that may not be written is listed all the same',
  async () => {
    const folder = await aFolder();
    await putSnapshot(folder, '1', [a], { taken: '2026-11-01T00:00:00Z' });
    await putSnapshot(folder, '2', [b], { taken: '2026-11-02T00:00:00Z' });
    await chmod(folder, 0o500);
    onTestFinished(() => chmod(folder, 0o700));
    const [second] = await withDifferences(folder, await listSnapshots(folder));
    expect(second?.differs).toEqual({ added: 1, removed: 1, changed: 0 });
  },
);

test('counts only what a restore would take as jobs, whatever shape it has', async () => {
  const folder = await aFolder();
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
  const folder = await aFolder();
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
  const folder = await aFolder();
  await writeFile(join(folder, 'secret'), '[]', { mode: 0 });
  expect(await listSnapshots(folder)).toMatchObject([{ jobs: null, unreadable: true }]);
});

test('a folder that is not there yet has none', async () => {
  expect(await listSnapshots('/does/not/exist')).toEqual([]);
});

test('a folder that cannot be read is not a folder without snapshots', async () => {
  const root = await aFolder();
  await writeFile(join(root, 'file'), '');
  await expect(listSnapshots(join(root, 'file'))).rejects.toThrow(OperatorError);
  await expect(listSnapshots(join(root, 'file'))).rejects.toThrow(/cannot be read/);
});

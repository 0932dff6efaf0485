import { mkdtemp, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { indexFolder, indexOf } from '../../../src/snapshot/archive/index.ts';
import { listSnapshots } from '../../../src/snapshot/archive/list.ts';
import { manifestPath } from '../../../src/snapshot/archive/manifest.ts';
import { jobAt } from '../../../src/snapshot/history/in-file.ts';
import { sightingsOf } from '../../../src/snapshot/history/sightings.ts';
import { aJob } from '../../support/jobs.ts';
import { putSnapshot } from '../../support/snapshots.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightings-'));
  onTestFinished(() => rm(folder, { recursive: true }));
});

const [a, b] = [aJob({ name: 'a', owner: 'ü' }), aJob({ name: 'b' })];
const taken = (day: number) => ({ taken: `2026-11-0${day}T02:00:00.000Z` });

/** `3: ü`, `4: -`: the day, and the owner or that there was none. */
async function seen(name = 'a', cluster: string | null = null): Promise<string[]> {
  const { sightings } = await sightingsOf(name, await listSnapshots(folder), cluster);
  return sightings.map(
    ({ at, state }) => `${new Date(at).getUTCDate()}: ${state === null ? '-' : state.job.owner}`,
  );
}

test('sees the job in each snapshot, and that it is in none of all jobs', async () => {
  await putSnapshot(folder, 'one', [b, a], taken(1));
  await putSnapshot(folder, 'two', [b], taken(2));
  expect(await seen()).toEqual(['2: -', '1: ü']);
  expect(await seen('nobody')).toEqual(['2: -', '1: -']);
});

test('concludes nothing from some jobs: a choice, and those that were saved for a change', async () => {
  await putSnapshot(folder, 'one', [b], { ...taken(1), chosen: { filter: 'b', names: ['b'] } });
  await putSnapshot(folder, 'two', [b], { ...taken(2), kind: 'safety' });
  await putSnapshot(folder, 'three', [a], { ...taken(3), kind: 'safety' });
  expect(await seen()).toEqual(['3: ü']);
});

test('looks at snapshots of the cluster, and at those that say nothing of one', async () => {
  await putSnapshot(folder, 'one', [a], taken(1));
  await putSnapshot(folder, 'two', [a], { ...taken(2), cluster: { id: 'c2', name: 'test' } });
  await putSnapshot(folder, 'three', [a], { ...taken(3), cluster: null });
  expect(await seen('a', 'c1')).toEqual(['3: ü', '1: ü']);
  await expect(seen()).rejects.toThrow('2 clusters');
});

test('reads a body for each definition once, and the same again by the index', async () => {
  const paths = [1, 2, 3].map((day) =>
    putSnapshot(folder, `s${day}`, [b, { ...a, success_count: day }], taken(day)),
  );
  const [oldest = ''] = await Promise.all(paths);
  expect(await seen()).toHaveLength(3);
  expect((await stat(indexFolder(folder))).isDirectory()).toBe(true);
  // Only the newest is read: the others have the same definition by their index.
  const { atime, mtime } = await stat(oldest);
  await writeFile(oldest, (await readFile(oldest, 'utf8')).replace('"ü"', '"x"'));
  await utimes(oldest, atime, mtime);
  expect(await seen()).toEqual(['3: ü', '2: ü', '1: ü']);
});

test.each([
  ['gz', gzipSync],
  ['zst', zstdCompressSync],
] as const)('a .%s is unpacked as far as needed', async (ending, pack) => {
  const plain = await putSnapshot(folder, 'one', [b, a, b], taken(1));
  const path = `${plain}.${ending}`;
  await writeFile(path, pack(await readFile(plain)));
  await rename(manifestPath(plain), manifestPath(path));
  await rm(plain);
  expect(await seen()).toEqual(['1: ü']);
  await rm(manifestPath(path));
  await rm(indexFolder(folder), { recursive: true });
  expect(await seen()).toHaveLength(1);
});

test('a job that moved in the file is found, and one that became another is not taken', async () => {
  const path = await putSnapshot(folder, 'one', [b, a], taken(1));
  const [file] = await listSnapshots(folder);
  const place = (await indexOf(file!)).find('a')!;
  await writeFile(path, `\n\n${JSON.stringify(a)}\n`);
  expect(await jobAt(path, 'a', place)).toMatchObject({ version: { job: { owner: 'ü' } } });
  await writeFile(path, JSON.stringify({ ...a, owner: 'x' }));
  expect(await jobAt(path, 'a', place)).toEqual({ why: expect.stringContaining('as it was') });
  await writeFile(path, `${JSON.stringify(a)}\n${JSON.stringify(a)}`);
  expect(await jobAt(path, 'a', place)).toEqual({ why: 'the name is there 2 times' });
});

test('without a manifest: what cannot be read may have been the job, and is named', async () => {
  await writeFile(join(folder, 'backup-dkron_2026-11-01T0200Z'), `${JSON.stringify(b)}\n{"name":`);
  await writeFile(join(folder, 'backup-dkron_2026-11-02T0200Z'), '{"name":"a","retries":"x"}');
  await writeFile(join(folder, 'backup-dkron_2026-11-03T0200Z'), 'no jobs at all');
  await writeFile(join(folder, 'backup-dkron_2026-11-04T0200Z'), JSON.stringify([b]));
  await writeFile(join(folder, 'notes_2026-11-05T0200Z'), JSON.stringify([b]));
  expect(await seen()).toEqual(['4: -']);
  const { passedOver } = await sightingsOf('a', await listSnapshots(folder), null);
  expect(passedOver.map(({ why }) => why)).toEqual([
    'not all of its jobs can be read',
    'retries must be a whole number, 0 or more',
    'not all of its jobs can be read',
  ]);
});

test('a name that is there twice is not taken, whichever of the two would be found', async () => {
  const path = join(folder, 'backup-dkron_2026-11-01T0200Z');
  await writeFile(path, [a, b, { ...a, owner: 'x' }].map((job) => JSON.stringify(job)).join('\n'));
  const { sightings, passedOver } = await sightingsOf('a', await listSnapshots(folder), null);
  expect(sightings).toEqual([]);
  expect(passedOver.map(({ why }) => why)).toEqual(['the name is there 2 times']);
  expect(await seen('b')).toHaveLength(1);
});

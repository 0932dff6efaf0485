import { mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { definitionHash } from '../../../src/snapshot/archive/definition.ts';
import { differences } from '../../../src/snapshot/archive/difference.ts';
import { readHead } from '../../../src/snapshot/archive/head.ts';
import { type Indexed, indexOf, indexPath } from '../../../src/snapshot/archive/index.ts';
import { packIndex, type Row, unpackIndex } from '../../../src/snapshot/archive/index-file.ts';
import { manifestPath } from '../../../src/snapshot/archive/manifest.ts';
import { aJob } from '../../support/jobs.ts';
import { putSnapshot } from '../../support/snapshots.ts';

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'snapshot-index-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

async function indexed(path: string): Promise<Indexed> {
  const { size, mtimeMs } = await stat(path);
  return { path, bytes: size, modified: mtimeMs, head: await readHead(path) };
}

const jobs = ['a', 'b', 'ünïcode', 'c'].map((name) => aJob({ name }));

/** The line that an index says a job stands in. */
async function lineOf(path: string, name: string): Promise<string | null> {
  const found = (await indexOf(await indexed(path))).find(name);
  if (found === null || found.offset === null) return null;
  const bytes = await readFile(path);
  return bytes.subarray(found.offset, found.offset + found.length).toString();
}

test('finds the line of a job, from the manifest as from the body', async () => {
  const folder = await aFolder();
  const path = await putSnapshot(folder, 'x', jobs);
  for (const source of ['manifest', 'index', 'body']) {
    if (source === 'body') {
      await rm(indexPath(path));
      await rm(manifestPath(path));
    }
    for (const job of jobs) expect(await lineOf(path, job.name)).toBe(JSON.stringify(job));
    const index = await indexOf(await indexed(path));
    expect(index.find('d')).toBeNull();
    expect(index.find('a')?.definition).toBe(definitionHash(jobs[0]!));
  }
  expect((await stat(indexPath(path))).mode & 0o777).toBe(0o600);
  expect((await stat(dirname(indexPath(path)))).mode & 0o777).toBe(0o700);
});

test('a job that shares its line is known, and that it is not known where it stands', async () => {
  const path = join(await aFolder(), 'x');
  await writeFile(path, `[{"name":"a"},\r\n{"name":"b"}\n,{"name":"c"}]`);
  const index = await indexOf(await indexed(path));
  const place = (name: string) => index.find(name)?.offset;
  expect([place('a'), place('b'), place('c')]).toEqual([null, 16, null]);
});

test('a manifest that is not of this file finds nothing, nor does one of another file', async () => {
  const folder = await aFolder();
  const path = await putSnapshot(folder, 'x', jobs, { bytes: 1 });
  await writeFile(path, '{"name":"other"}\n');
  expect(await lineOf(path, 'other')).toBe('{"name":"other"}');
  expect(await lineOf(path, 'a')).toBeNull();
  await writeFile(join(folder, 'text'), 'hello');
  expect((await indexOf(await indexed(join(folder, 'text')))).jobs).toBe(0);
  await writeFile(join(folder, 'empty'), '');
  await expect(indexed(join(folder, 'empty')).then(indexOf)).rejects.toThrow('empty');
});

test('an index of another state of the file, spoilt or of another program is made again', async () => {
  const path = await putSnapshot(await aFolder(), 'x', jobs);
  await indexOf(await indexed(path));
  const good = await readFile(indexPath(path));
  const flipped = Buffer.from(good);
  flipped[60]! ^= 1;
  for (const bad of ['', 'foreign', good.subarray(0, -1), flipped]) {
    await writeFile(indexPath(path), bad);
    expect(await lineOf(path, 'b')).toBe(JSON.stringify(jobs[1]));
    expect((await readFile(indexPath(path))).equals(good)).toBe(true);
  }
  await rm(manifestPath(path));
  await writeFile(path, '{"name":"later"}\n');
  await utimes(path, 1, 1);
  expect(await lineOf(path, 'later')).toBe('{"name":"later"}');
});

const state = { bytes: 1, modified: 2.5 };
const row = fc.record({
  name: fc.string(),
  definition: fc.constantFrom('00'.repeat(16), 'ab'.repeat(16), 'ff'.repeat(16)),
  offset: fc.option(fc.nat(Number.MAX_SAFE_INTEGER)),
  length: fc.nat(),
});
const rows = fc.uniqueArray(row, { selector: ({ name }) => name, maxLength: 50 });
const unpacked = (packed: readonly Row[]) =>
  unpackIndex(packIndex(state, packed.length, packed), state)!.index!;

test('what is packed is found again, and nothing else', () => {
  fc.assert(
    fc.property(rows, fc.string(), (packed, other) => {
      const index = unpacked(packed);
      for (const { name, ...place } of packed) expect(index.find(name)).toEqual(place);
      if (packed.every(({ name }) => name !== other)) expect(index.find(other)).toBeNull();
    }),
  );
});

test('a difference is that of the jobs by their names', () => {
  fc.assert(
    fc.property(rows, rows, (before, after) => {
      const old = new Map(before.map(({ name, definition }) => [name, definition]));
      const now = new Map(after.map(({ name, definition }) => [name, definition]));
      const both = [...now].filter(([name]) => old.has(name));
      expect(differences(unpacked(before), unpacked(after))).toEqual({
        added: now.size - both.length,
        removed: old.size - both.length,
        changed: both.filter(([name, definition]) => old.get(name) !== definition).length,
      });
    }),
  );
});

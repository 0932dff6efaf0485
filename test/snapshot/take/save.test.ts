import { hash } from 'node:crypto';
import {
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { NotFound, OperatorError } from '../../../src/base/errors.ts';
import { isDamaged } from '../../../src/snapshot/archive/name.ts';
import type { SnapshotPart } from '../../../src/snapshot/take/format.ts';
import { saveSnapshot, type Written } from '../../../src/snapshot/take/save.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snapshot-save-'));
  onTestFinished(() => rm(folder, { recursive: true }));
});

async function* parts(...texts: readonly string[]): AsyncGenerator<SnapshotPart> {
  for (const text of texts) yield { bytes: Buffer.from(text), jobs: 1 };
}

test('the file is whole, for its owner only, and nothing else is left', async () => {
  const path = join(folder, 'snapshot');
  const written: Written[] = [];
  const saved = await saveSnapshot(path, parts('{"a":1}\n', '{"b":2}\n'), {
    judge: async (one) => {
      written.push(one);
      return { manifest: null };
    },
  });
  expect(saved).toEqual({ path, jobs: 2, bytes: 16 });
  const sha256 = hash('sha256', '{"a":1}\n{"b":2}\n');
  expect(written).toEqual([{ path: expect.stringContaining('.part'), jobs: 2, bytes: 16, sha256 }]);
  expect(await readFile(path, 'utf8')).toBe('{"a":1}\n{"b":2}\n');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['snapshot']);
});

test('a failure in the middle leaves nothing behind', async () => {
  const path = join(folder, 'snapshot');
  async function* failing() {
    // It is there before the first part is asked for: who makes it later may do so after the removal.
    expect(await readdir(folder)).toHaveLength(1);
    yield* parts('{"a":1}\n');
    throw new Error('the connection broke');
  }
  await expect(saveSnapshot(path, failing())).rejects.toThrow('the connection broke');
  expect(await readdir(folder)).toEqual([]);
});

test('a name may be as long as the file system takes; a longer one is told in words', async () => {
  const path = join(folder, 'n'.repeat(255));
  await saveSnapshot(path, parts('{"a":1}\n'));
  await expect(saveSnapshot(`${path}n`, parts('{"a":1}\n'))).rejects.toThrow(
    'its name is too long',
  );
  await expect(saveSnapshot(join(path, 'x'), parts('{"a":1}\n'))).rejects.toThrow(
    'a part of its path is not a folder',
  );
});

test('what is damaged is called so, and replaces nothing either', async () => {
  const path = join(folder, 'snapshot');
  for (const name of ['snapshot.damaged', 'snapshot.damaged-2'])
    expect(await saveSnapshot(path, parts('x'), { judge: async () => 'damaged' })).toMatchObject({
      path: join(folder, name),
    });
});

test('until it is whole there is no file of that name', async () => {
  const path = join(folder, 'snapshot');
  async function* looking() {
    yield* parts('{"a":1}\n');
    expect(await readdir(folder)).not.toContain('snapshot');
    yield* parts('{"b":2}\n');
  }
  await saveSnapshot(path, looking());
  expect(await readdir(folder)).toEqual(['snapshot']);
});

test('a file that is there is never replaced, and no job is asked for', async () => {
  const path = join(folder, 'snapshot');
  await writeFile(path, 'precious');
  let asked = false;
  async function* watched() {
    asked = true;
    yield* parts('{}\n');
  }
  await expect(saveSnapshot(path, watched())).rejects.toThrow(OperatorError);
  expect(await readFile(path, 'utf8')).toBe('precious');
  expect(asked).toBe(false);
});

test('nor is one that appears meanwhile', async () => {
  const path = join(folder, 'snapshot');
  async function* slow() {
    yield* parts('{}\n');
    await writeFile(path, 'precious');
  }
  await expect(saveSnapshot(path, slow())).rejects.toThrow('already there');
  expect(await readFile(path, 'utf8')).toBe('precious');
  expect(await readdir(folder)).toEqual(['snapshot']);
});

test('nor is a link that leads nowhere', async () => {
  const path = join(folder, 'snapshot');
  await symlink('gone', path);
  await expect(saveSnapshot(path, parts('{}\n'))).rejects.toThrow('already there');
  expect(await readlink(path)).toBe('gone');
  expect(await readdir(folder)).toEqual(['snapshot']);
});

test('a program that is made to end at once leaves nothing behind', async () => {
  const before = process.listeners('exit');
  async function* ending() {
    yield* parts('{}\n');
    const [atExit, ...more] = process.listeners('exit').filter((one) => !before.includes(one));
    expect(more).toEqual([]);
    atExit!(130);
    expect(await readdir(folder)).toEqual([]);
    atExit!(130);
  }
  await expect(saveSnapshot(join(folder, 'snapshot'), ending())).rejects.toThrow(OperatorError);
  expect(process.listeners('exit')).toEqual(before);
  expect(await readdir(folder)).toEqual([]);
});

test.each([
  ['snapshot', false],
  ['snapshot.damaged', true],
  ['snapshot.damaged-12', true],
  ['damaged', false],
  ['snapshot.damaged.json', false],
])('%s is called damaged: %s', (name, damaged) => {
  expect(isDamaged(name)).toBe(damaged);
});

test('snapshots of the same minute get numbers', async () => {
  const path = join(folder, 'snapshot');
  const save = async () => (await saveSnapshot(path, parts('{}\n'), { taken: 'number' }))?.path;
  expect([await save(), await save(), await save()]).toEqual([path, `${path}-2`, `${path}-3`]);
  const atOnce = await Promise.all([save(), save(), save()]);
  expect(atOnce.sort()).toEqual([`${path}-4`, `${path}-5`, `${path}-6`]);
});

test('a missing folder is said', async () => {
  const path = join(folder, 'missing', 'snapshot');
  await expect(saveSnapshot(path, parts('{}\n'))).rejects.toThrow(NotFound);
});

test('what programs that were killed left unfinished is removed after a day', async () => {
  const id = '01234567-89ab-cdef-0123-456789abcdef';
  const hours = (count: number) => new Date(Date.now() - count * 3_600_000);
  const files = [
    [`.a.12.${id}.part`, hours(25)],
    // It may be of a machine whose processes cannot be asked for.
    [`.b.12.${id}.part`, hours(23)],
    ['.mine.part', hours(25)],
  ] as const;
  for (const [name, at] of files) {
    await writeFile(join(folder, name), 'x');
    await utimes(join(folder, name), at, at);
  }
  await saveSnapshot(join(folder, 'snapshot'), parts('{"a":1}\n'));
  expect((await readdir(folder)).sort()).toEqual([`.b.12.${id}.part`, '.mine.part', 'snapshot']);
});

test('a manifest gets its name together with its snapshot, and replaces nothing either', async () => {
  const path = join(folder, 'snapshot');
  const save = (taken: 'refuse' | 'number') =>
    saveSnapshot(path, parts('{"a":1}\n'), {
      taken,
      judge: async () => ({ manifest: ['a', 'b'] }),
    });
  await writeFile(`${path}.manifest.json`, 'of one that was removed');
  await expect(save('refuse')).rejects.toThrow('already there');
  expect(await readdir(folder)).toEqual(['snapshot.manifest.json']);
  expect(await save('number')).toMatchObject({ path: `${path}-2` });
  expect(await readFile(`${path}-2.manifest.json`, 'utf8')).toBe('ab');
  expect((await stat(`${path}-2.manifest.json`)).mode & 0o777).toBe(0o600);
  expect((await readdir(folder)).sort()).toEqual([
    'snapshot-2',
    'snapshot-2.manifest.json',
    'snapshot.manifest.json',
  ]);
});

test('what the disk does not give back gets no name, nor does its manifest', async () => {
  const seen: string[] = [];
  const saved = saveSnapshot(join(folder, 'snapshot'), parts('{"a":1}\n', '{"b":2}\n'), {
    judge: async () => ({ manifest: ['a', 'b'] }),
    check: async ({ path }) => {
      seen.push(await readFile(path, 'utf8'));
      throw new Error('other bytes');
    },
  });
  await expect(saved).rejects.toThrow('other bytes');
  expect(seen).toEqual(['{"a":1}\n{"b":2}\n']);
  expect(await readdir(folder)).toEqual([]);
});

test.each(['', '.gz'])('a last part (snapshot%s) is on the disk too', async (ending) => {
  const path = join(folder, `snapshot${ending}`);
  const seen: string[] = [];
  async function* told() {
    yield* parts('{"a":1}\n');
    yield { bytes: Buffer.from('{"b":2}\n'), jobs: 1, last: true };
  }
  const read = async () =>
    (ending === '' ? await readFile(path) : gunzipSync(await readFile(path))).toString();
  await saveSnapshot(path, told(), {
    watch: {
      push: (bytes) => seen.push(Buffer.from(bytes).toString()),
      end: () => seen.push('end'),
    },
  });
  expect(seen).toEqual(['{"a":1}\n', '{"b":2}\n', 'end']);
  expect(await read()).toBe('{"a":1}\n{"b":2}\n');
});

test('what is not wanted is not kept', async () => {
  const judge = async () => 'unwanted' as const;
  expect(await saveSnapshot(join(folder, 'snapshot'), parts('x'), { judge })).toBeNull();
  expect(await readdir(folder)).toEqual([]);
});

test.each(['.gz', '.zst'])('%s packs the file, and its number stands before it', async (ending) => {
  const path = join(folder, `snapshot${ending}`);
  await saveSnapshot(path, parts('{"a":1}\n', '{"b":2}\n'));
  const unpack = ending === '.gz' ? gunzipSync : zstdDecompressSync;
  expect(unpack(await readFile(path)).toString()).toBe('{"a":1}\n{"b":2}\n');
  expect(await saveSnapshot(path, parts('x'), { taken: 'number' })).toMatchObject({
    path: join(folder, `snapshot-2${ending}`),
  });
});

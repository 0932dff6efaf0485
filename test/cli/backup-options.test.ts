/** What of a server is saved, under which name, and what is said of it. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { readManifest } from '../../src/snapshot/archive/manifest.ts';
import { type Fresh, fresh } from './fresh.ts';

let server: Fresh;
let folder: string;
beforeEach(async () => {
  server = await fresh(
    { name: 'etl-a', owner: 'night' },
    { name: 'etl-b', parent_job: 'etl-a', schedule: '' },
    { name: 'web', disabled: true },
  );
  folder = await mkdtemp(join(tmpdir(), 'backup-options-'));
  onTestFinished(() => rm(folder, { recursive: true }));
});

const namesIn = async (path: string): Promise<string[]> =>
  (await readFile(path, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).name);

const backup = (...argv: string[]) => server.dkron('backup', ...argv);
/** What was left in the folder, without the manifests. */
const snapshots = async () =>
  (await readdir(folder)).filter((name) => !name.endsWith('.manifest.json'));

describe('a part of the jobs', () => {
  it.each<[string, string[], string[], object]>([
    [
      'names',
      ['--job', 'web', '--job', 'etl-a'],
      ['etl-a', 'web'],
      { filter: null, names: ['web', 'etl-a'] },
    ],
    [
      'a name said twice',
      ['--job', 'web', '--job', 'web'],
      ['web'],
      { filter: null, names: ['web'] },
    ],
    [
      'a filter',
      ['--filter', 'etl !parent:etl-a'],
      ['etl-a'],
      { filter: 'etl !parent:etl-a', names: [] },
    ],
    [
      'a filter of a field',
      ['--filter', 'disabled:true'],
      ['web'],
      { filter: 'disabled:true', names: [] },
    ],
  ])('is saved by %s, and the manifest says so', async (_what, options, names, chosen) => {
    const file = join(folder, 'part');
    const { code, stdout } = await backup(file, ...options, '--json');
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { jobs: names.length, chosen }]);
    expect(await namesIn(file)).toEqual(names);
    expect((await readManifest(file))?.chosen).toEqual(chosen);
    const out = await backup('-', ...options);
    expect(out.stdout).toBe(await readFile(file, 'utf8'));
  });

  it.each<[string, number, string[], RegExp]>([
    ['a job that is not there', 8, ['--job', 'web', '--job', 'wob'], /has no job wob/],
    ['two of them', 8, ['--job', 'x', '--job', 'web', '--job', 'y'], /has no jobs x, y/],
    [
      'a filter that lets nothing through',
      8,
      ['--filter', 'nothing'],
      /no job of \S+ matches the filter nothing/,
    ],
    ['a filter that means nothing', 2, ['--filter', 'colour:red'], /colour/],
    ['names and a filter', 2, ['--filter', 'x', '--job', 'web'], /two ways/],
  ])('is not saved of %s', async (_what, code, options, said) => {
    const ran = await backup(folder, ...options);
    expect([ran.code, ran.stdout, ran.stderr]).toEqual([code, '', expect.stringMatching(said)]);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('a label', () => {
  it('is in the name where the snapshot gets one, and in the manifest as it was typed', async () => {
    expect((await backup(folder, '--label', ' avant la 2.0 (été) ')).code).toBe(0);
    const [name] = await snapshots();
    expect(name).toMatch(/^backup-dkron_[^_]+Z_avant-la-2-0-t-$/);
    expect((await readManifest(join(folder, name!)))?.label).toBe('avant la 2.0 (été)');
  });

  it.each<[string, string, RegExp]>([
    ['nothing', ' ', /is empty/],
    ['two lines', 'a\nb', /cannot be shown/],
    ['an escape', 'a\x1b[2Jb', /cannot be shown/],
    ['much', 'x'.repeat(65), /64 characters at most, and this one has 65/],
  ])('is not %s', async (_what, label, said) => {
    const { code, stderr } = await backup(folder, '--label', label);
    expect([code, stderr]).toEqual([2, expect.stringMatching(said)]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('cannot give a name that means something else', async () => {
    for (const label of ['a.damaged', 'b.gz', 'c.manifest.json'])
      await backup(folder, '--label', label);
    expect((await snapshots()).every((name) => /Z_[abc]-[a-z-]+$/.test(name))).toBe(true);
    expect(await snapshots()).toHaveLength(3);
  });
});

describe('a night in cron', () => {
  it('says nothing, and is known as scheduled', async () => {
    expect(await backup(folder, '--scheduled', '--quiet')).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
    const [name] = await snapshots();
    expect((await readManifest(join(folder, name!)))?.kind).toBe('scheduled');
  });

  it('still says what is wrong', async () => {
    const { code, stderr } = await backup(join(folder, 'nowhere', 'x'), '--quiet');
    expect([code, stderr]).toEqual([8, expect.stringContaining('there is no folder')]);
  });

  it.each([[[] as string[]], [['--job', 'web']]])(
    'writes nothing where the newest holds the same, and says which: %j',
    async (choice) => {
      await backup(folder, '--label', 'first', ...choice);
      const [name] = await snapshots();
      const again = await backup(folder, '--skip-if-unchanged', ...choice);
      expect(again).toMatchObject({ code: 0, stderr: '' });
      expect(again.stdout).toContain(`unchanged since ${name}`);
      const { stdout } = await backup(folder, '--skip-if-unchanged', '--json', ...choice);
      expect(JSON.parse(stdout)).toMatchObject({
        unchanged: true,
        path: join(folder, name!),
        label: 'first',
      });
      const file = await backup(join(folder, 'other'), '--skip-if-unchanged', '--quiet', ...choice);
      expect(file).toEqual({ code: 0, stdout: '', stderr: '' });
      expect(await snapshots()).toEqual([name]);
      await server.post({ name: 'web', retries: 4 });
      expect((await backup(folder, '--skip-if-unchanged', ...choice)).code).toBe(0);
      expect(await snapshots()).toHaveLength(2);
    },
  );
});

describe('the cluster', () => {
  it('is noted beside a file where it is known without a doubt', async () => {
    await backup(join(folder, 'before'));
    const { stdout } = await backup('--json');
    await backup(join(folder, 'after'));
    expect((await readManifest(join(folder, 'before')))?.cluster).toBeNull();
    const { cluster } = JSON.parse(stdout);
    expect(cluster).toEqual(expect.any(String));
    expect((await readManifest(join(folder, 'after')))?.cluster?.id).toBe(cluster);
  });
});

describe('a compressed snapshot', () => {
  it.each([
    ['--gzip', 'gz', gunzipSync],
    ['--zstd', 'zst', zstdDecompressSync],
  ])('%s', async (option, ending, unpack) => {
    await backup(join(folder, 'plain'));
    const plain = await readFile(join(folder, 'plain'), 'utf8');
    expect((await backup(folder, option)).code).toBe(0);
    expect((await backup(join(folder, `by-name.${ending}`))).code).toBe(0);
    const packed = (await snapshots()).filter((name) => name.endsWith(`Z.${ending}`));
    expect(packed).toHaveLength(1);
    for (const name of [packed[0]!, `by-name.${ending}`])
      expect(unpack(await readFile(join(folder, name))).toString()).toBe(plain);
    const otherwise = await backup(join(folder, 'other'), option);
    expect([otherwise.code, otherwise.stderr]).toEqual([
      2,
      expect.stringContaining(`does not end in .${ending}`),
    ]);
    expect(await server.dkron('restore', join(folder, packed[0]!), '--dry-run')).toMatchObject({
      code: 0,
    });
  });

  it('is compressed in one way', async () => {
    expect((await backup(folder, '--gzip', '--zstd')).code).toBe(2);
  });
});

it.each(['--skip-if-unchanged', '--scheduled', '--label=x', '--gzip', '--zstd'])(
  'standard output has no place for %s',
  async (option) => {
    const { code, stderr } = await backup('-', option);
    expect([code, stderr]).toEqual([2, expect.stringContaining('needs a file')]);
  },
);

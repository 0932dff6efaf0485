import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { fresh } from './fresh.ts';
import { run } from './run.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-export-'));
  onTestFinished(() => rm(folder, { recursive: true }));
});

const put = (name: string, text: string) => writeFile(join(folder, name), text);
const text = (name: string) => readFile(join(folder, name), 'utf8');
const list = async () => (await readdir(folder)).sort();

const body = '{"a":1.0,"list":[1,2]}';
const jobs = [
  { name: 'a', executor: 'http', executor_config: { url: 'http://a', body } },
  { name: 'b', schedule: '', parent_job: 'a' },
  { name: 'é-ü' },
];

describe('a folder for git', () => {
  test('gets a file a job, for its owner only, and stays as it is the next time', async () => {
    const { dkron } = await fresh(...jobs);
    const place = join(folder, 'new', 'jobs');
    const first = await dkron('export', place, '--json');
    expect(first).toMatchObject({ code: 0 });
    const { written, same } = JSON.parse(first.stdout);
    expect([written.length, same]).toEqual([3, 0]);
    expect((await stat(place)).mode & 0o777).toBe(0o700);
    const before = new Map<string, [string, number]>();
    for (const { file } of written as { file: string }[]) {
      const path = join(place, file);
      await utimes(path, 1, 1);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      before.set(file, [await readFile(path, 'utf8'), (await stat(path)).mtimeMs]);
    }
    expect((await dkron('export', place)).stdout).toBe(`${place}: 3 the same\n`);
    for (const [file, was] of before)
      expect([
        await readFile(join(place, file), 'utf8'),
        (await stat(join(place, file))).mtimeMs,
      ]).toEqual(was);
  });

  test('goes to another server by apply, and comes back byte for byte', async () => {
    const from = await fresh(...jobs);
    await from.dkron('export', folder);
    const to = await fresh();
    expect((await to.dkron('apply', folder, '--yes')).code).toBe(0);
    const other = join(folder, 'other');
    await to.dkron('export', other);
    const names = (await list()).filter((name) => name !== 'other');
    expect((await readdir(other)).sort()).toEqual(names);
    for (const name of names)
      expect(await readFile(join(other, name), 'utf8')).toBe(await text(name));
    expect((await from.dkron('apply', folder, '--dry-run')).code).toBe(0);
  });

  test('keeps what somebody wrote there, and changes what differs', async () => {
    const { dkron } = await fresh({ name: 'a', retries: 2 }, { name: 'b' });
    const mine =
      '# mine\nname: a\nretries: 1 # why\nexecutor: shell\nschedule: "@manually"\nexecutor_config: {command: "true"}\n';
    await put('team.yml', mine);
    await chmod(join(folder, 'team.yml'), 0o644);
    await put('README.md', 'name: b\n');
    await put('.hidden.yaml', 'name: b\n');
    await put('docker-compose.yaml', 'services: {}\n');
    const { code, stdout, stderr } = await dkron('export', folder);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('changed  team.yml  retries\n');
    expect(await text('team.yml')).toBe(mine.replace('retries: 1', 'retries: 2'));
    expect((await stat(join(folder, 'team.yml'))).mode & 0o777).toBe(0o644);
    expect(await list()).toEqual([
      '.hidden.yaml',
      'README.md',
      'b.yaml',
      'docker-compose.yaml',
      'team.yml',
    ]);
    expect(await text('.hidden.yaml')).toBe('name: b\n');
  });

  test('loses the files of jobs that are gone only when told', async () => {
    const { dkron } = await fresh({ name: 'a' }, { name: 'b' });
    await dkron('export', folder);
    await put('old.yaml', 'name: old\nschedule: "@daily"\nexecutor: shell\n');
    await put('old.json', '{"name":"older","executor":"shell"}');
    expect((await dkron('export', folder, 'a')).stdout).toContain(
      'gone     old.yaml  there is no job old any more; --delete removes the file',
    );
    expect(await list()).toEqual(['a.yaml', 'b.yaml', 'old.json', 'old.yaml']);
    const told = await dkron('export', folder, 'a', '--delete');
    expect(told.stdout).toContain('removed  old.yaml');
    // Not chosen is not gone.
    expect(await list()).toEqual(['a.yaml', 'b.yaml', 'old.json']);
  });

  test('is not emptied by a server that has no job', async () => {
    await put('a.yaml', 'name: a\nschedule: "@daily"\nexecutor: shell\n');
    const { dkron } = await fresh();
    const { code, stderr } = await dkron('export', folder, '--delete');
    expect([code, stderr]).toEqual([1, expect.stringContaining('has no job at all')]);
    expect(await list()).toEqual(['a.yaml']);
  });

  test('tells what it cannot change, and does the others', async () => {
    const names = ['many', 'twice', 'json', 'link', 'broken', 'fine'];
    const { dkron } = await fresh(...names.map((name) => ({ name, retries: 1 })));
    const one = (name: string) => `name: ${name}\nschedule: "@daily"\nexecutor: shell\n`;
    await put('several.yaml', `${one('many')}---\n${one('other')}`);
    await put('twice.yaml', one('twice'));
    await put('again.yaml', one('twice'));
    await put('json.json', JSON.stringify({ name: 'json', executor: 'shell' }));
    await put('broken.yaml', 'name: "broken\n');
    await mkdir(join(folder, 'away'));
    await writeFile(join(folder, 'away', 'target'), one('link'));
    await symlink(join(folder, 'away', 'target'), join(folder, 'link.yaml'));
    const before = await list();
    const { code, stdout } = await dkron('export', folder, '--json', '--delete');
    expect(code).toBe(4);
    const { written, failed, removed } = JSON.parse(stdout);
    expect(written).toEqual([{ name: 'fine', file: 'fine.yaml' }]);
    expect(removed).toEqual([]);
    expect(failed.map(({ name }: { name: string }) => name).sort()).toEqual(
      names.toSorted().filter((name) => name !== 'fine'),
    );
    expect(await list()).toEqual([...before, 'fine.yaml'].sort());
    expect(await text('broken.yaml')).toBe('name: "broken\n');
    expect(await readFile(join(folder, 'away', 'target'), 'utf8')).toBe(one('link'));
  });

  test('gives a new file another name where that of the job is taken', async () => {
    const { dkron } = await fresh({ name: 'a' }, { name: 'b' });
    await put(
      'A.yaml',
      'name: b\nschedule: "@manually"\nexecutor: shell\nexecutor_config: {command: "true"}\n',
    );
    await dkron('export', folder);
    expect(await list()).toEqual(['A.yaml', 'a-2.yaml']);
    expect(await text('a-2.yaml')).toContain('name: a\n');
    expect((await dkron('export', folder)).stdout).toBe(`${folder}: 2 the same\n`);
  });
});

describe('one file', () => {
  test('is a snapshot, an array, or what Dkron restores', async () => {
    const { dkron, url } = await fresh(...jobs);
    const sent = JSON.parse(await (await fetch(`${url}/v1/jobs`)).text());
    const backup = (await dkron('backup', '-')).stdout;
    expect((await dkron('export', '-', '--as', 'jsonl')).stdout).toBe(backup);
    const array = (await dkron('export', '-', '--as', 'array')).stdout;
    expect(array).toBe(`[\n${backup.trimEnd().replaceAll('\n', ',\n')}\n]\n`);
    expect(JSON.parse(array)).toHaveLength(sent.length);
    const restore = JSON.parse((await dkron('export', '-', '--as', 'restore')).stdout);
    expect(restore).toEqual(
      JSON.parse(array).map((job: object) => ({ ...job, dependent_jobs: null })),
    );
  });

  test('is never written over another', async () => {
    const { dkron } = await fresh(...jobs);
    const path = join(folder, 'jobs.json');
    expect((await dkron('export', path, '--as', 'array')).stdout).toBe(`${path}  3 jobs\n`);
    const { code, stderr } = await dkron('export', path, '--as', 'array');
    expect([code, stderr]).toEqual([2, expect.stringContaining('already there')]);
    expect(await dkron('export', folder, '--as', 'jsonl')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is a folder'),
    });
    expect(await dkron('export', path)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('YAML goes into a folder'),
    });
  });

  test('for Dkron has each parent, or is refused', async () => {
    const { dkron } = await fresh(...jobs);
    const { code, stderr } = await dkron('export', '-', 'b', '--as', 'restore');
    expect([code, stderr]).toEqual([1, expect.stringContaining('b needs its parent a')]);
  });

  test('is made of a file without a server, whatever that is written in', async () => {
    const { dkron } = await fresh(...jobs);
    const snapshot = join(folder, 'snapshot');
    await dkron('backup', snapshot);
    const offline = (...argv: string[]) =>
      run([...argv, '--from', snapshot, '--url', 'http://127.0.0.1:9']);
    expect((await offline('export', '-', '--as', 'jsonl')).stdout).toBe(await text('snapshot'));
    await offline('export', join(folder, 'yaml'));
    expect((await dkron('export', join(folder, 'yaml'))).stdout).toContain(': 3 the same');
    expect((await dkron('export', '-', '--from', join(folder, 'yaml', 'a.yaml'))).stdout).toBe(
      `---\n${await readFile(join(folder, 'yaml', 'a.yaml'), 'utf8')}`,
    );
    expect((await offline('export', '-', 'nobody')).code).toBe(8);
    expect((await offline('export', '-', '--filter', 'owner:nobody')).code).toBe(8);
  });
});

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { CorruptFile, NotFound } from '../../../src/base/errors.ts';
import { gatherJobs, labelOf, reasonOf } from '../../../src/snapshot/file/contents.ts';
import { readJobFiles } from '../../../src/snapshot/file/read.ts';
import { foundIn } from '../texts.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snapshot-read-'));
  onTestFinished(() => rm(folder, { recursive: true }));
});

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** The names in these files; and what cannot be read, as a plan says it. */
async function read(...paths: string[]) {
  const { jobs, unreadable } = await readJobFiles(paths);
  return {
    jobs: jobs.map(({ name }) => name),
    unreadable: unreadable.map((one) => `${labelOf(one)}: ${reasonOf(one)}`),
  };
}

const stdin = (text: string | Uint8Array) =>
  (async function* () {
    yield text;
  })();

describe('files of jobs', () => {
  test('are read in the order given, standard input as well', async () => {
    const [one, two] = [await file('1', '[{"name":"a"}]'), await file('2.yaml', 'name: c')];
    const { jobs } = await readJobFiles([one, '-', two], stdin('{"name":"b"}'));
    expect(jobs.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  test('are given with their exact texts where these are asked for', async () => {
    const path = await file('f', '{"name":"a", "newer":1e400}\n{"name":"b","retries":-1}');
    expect((await readJobFiles([path])).texts).toEqual(new Map());
    const { texts } = await readJobFiles([path], undefined, { texts: true });
    expect(texts).toEqual(new Map([['a', '{"name":"a", "newer":1e400}']]));
  });

  test('may be a folder with one file a job', async () => {
    await file('b.json', '{\n  "name": "b"\n}\n');
    await file('a.yml', 'name: a');
    await file('c.YAML', 'name: c');
    await file('.d.json', 'hidden');
    await file('README', 'not a job');
    expect(await read(folder)).toEqual({ jobs: ['a', 'b', 'c'], unreadable: [] });
  });

  test('may be a pipe that somebody writes into', async () => {
    const pipe = join(folder, 'pipe');
    await promisify(execFile)('mkfifo', [pipe]);
    const [{ jobs }] = await Promise.all([read(pipe), writeFile(pipe, '{"name":"a"}')]);
    expect(jobs).toEqual(['a']);
  });

  test.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ])('may be compressed by %s, whatever they are called', async (_name, pack) => {
    const jobs = await file('jobs', pack('{"name":"a"}\r\n\r\n{"name":"b"}\r\n'));
    expect(await read(jobs)).toEqual({ jobs: ['a', 'b'], unreadable: [] });
    await file('c.yaml.gz', pack('{name: c, tags: {x: y}}'));
    await file('d.jsonl', '{"name":"d"}');
    expect(await read(folder)).toEqual({ jobs: ['c', 'd'], unreadable: [] });
    const bytes = pack('[{"name":"e"}]');
    const piped = await readJobFiles(['-'], stdin(bytes));
    expect(piped.jobs.map(({ name }) => name)).toEqual(['e']);
  });

  test('that are compressed and cut off give what can be unpacked, and say what is missing', async () => {
    const lines = Array.from(
      { length: 2000 },
      (_, at) => `{"name":"j${at}","owner":"${createHash('md5').update(`${at}`).digest('hex')}"}\n`,
    );
    const packed = gzipSync(lines.join(''));
    const path = await file('jobs.gz', packed.subarray(0, packed.length / 2));
    const { jobs, unreadable } = await read(path);
    expect(jobs.length).toBeGreaterThan(500);
    expect(jobs.length).toBeLessThan(1500);
    const cut = `j${jobs.length}`;
    expect(unreadable).toEqual([
      `${cut}: ${path}, line ${jobs.length + 1}, column 1: the file is cut off: what begins here does not end`,
      expect.stringContaining(
        'what gzip compressed is cut off, or damaged somewhere before its end',
      ),
    ]);
    const empty = await file('none.gz', packed.subarray(0, 12));
    await expect(read(empty)).rejects.toThrow('what gzip compressed is cut off');
  });

  test('are not the manifests of snapshots', async () => {
    const manifest = await file('backup.manifest.json', '{\n  "format": 1,\n  "program": "0.1"}');
    await expect(read(manifest)).rejects.toThrow('is the manifest of a snapshot');
    await file('backup', '{"name":"a"}');
    await mkdir(join(folder, '.index'));
    await expect(read(folder)).rejects.toThrow('is a folder of snapshots');
    await file('b.json', '{"name":"b"}');
    expect(await read(folder)).toEqual({ jobs: ['b'], unreadable: [] });
  });

  test('of a folder do not hide each other', async () => {
    await file('a.json', '{"name":"a"}');
    const page = await file('b.json', '<html>');
    await mkdir(join(folder, 'c.json'));
    const { jobs, unreadable } = await read(folder);
    expect(jobs).toEqual(['a']);
    expect(unreadable).toEqual([
      `b.json:1:1: ${page}, line 1, column 1: ${page} is a web page, not a list of jobs`,
      expect.stringMatching(/^c\.json:1:1: .*it is a folder$/),
    ]);
  });
});

test('what cannot be read is told as it was found', () => {
  const place = { file: 'f', line: 1, column: 1 };
  const named = { name: 'a', places: [place], why: 'why', foreign: true };
  const nameless = { ...named, name: null };
  const gathered = gatherJobs();
  gathered.add(nameless);
  gathered.add(named);
  expect(gathered.read()).toMatchObject({ jobs: [], unreadable: [named, nameless] });
  gathered.add(named);
  expect(gathered.read().unreadable[0]).toMatchObject({ places: [place, place], foreign: false });
});

test('more than can be held is refused', () => {
  const found = (name: string) => foundIn(JSON.stringify({ name }))[0]!;
  const gathered = gatherJobs({ most: 24 });
  gathered.add(found('a'));
  gathered.add(found('b'));
  expect(() => gathered.add(found('c'))).toThrow('more than can be worked with at once');
});

describe('a name that is there twice', () => {
  test('is blocked with all its places; the others go on', async () => {
    const path = await file('f', '{"name":"a"}\n{"name":"b"}\n {"name":"a","retries":1}\n');
    const other = await file('g.yaml', 'name: a');
    expect(await read(path, other)).toEqual({
      jobs: ['b'],
      unreadable: [
        `a: ${path}, line 1, column 1; ${path}, line 3, column 2; ${other}, line 1, column 1: the name is there 3 times, and only you know which job is right`,
      ],
    });
  });

  test('is blocked also where one of the two cannot be read', async () => {
    const path = await file('f', '{"name":"a","retries":-1}\n{"name":"a"}\n{"name":"b"}');
    const { jobs, unreadable } = await read(path);
    expect(jobs).toEqual(['b']);
    expect(unreadable).toEqual([expect.stringMatching(/^a: .*line 1.*line 2.*2 times/)]);
  });

  test('without end is given up', async () => {
    const path = await file('f', '{"name":"a"}\n'.repeat(2000));
    await expect(read(path)).rejects.toThrow('line 1002, column 1: more than 1000 jobs');
  });
});

describe('an error for the operator', () => {
  test.each([
    [
      'a list of names',
      '["a"]',
      'line 1, column 2: this is not a job: a job is written in braces, { }',
    ],
    [
      'another object',
      '{"status":"healthy"}',
      'this is not a job: it has none of the fields of a job',
    ],
    ['an error text', '404 page not found', 'this is a text or a number, not a job'],
    ['null', 'null', 'is empty'],
  ])('is a file that has %s', async (_what, content, message) => {
    const path = await file('f', content);
    const error = await read(path).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CorruptFile);
    expect((error as Error).message).toContain(path);
    expect((error as Error).message).toContain(message);
    expect((error as CorruptFile).next).toBeTruthy();
  });

  test('is a file that is not there, and a folder with none', async () => {
    await expect(read(join(folder, 'missing'))).rejects.toBeInstanceOf(NotFound);
    await expect(read(folder)).rejects.toThrow('a folder without a .json, .yaml or .yml file');
  });

  test('is a device that is no text; an empty list is none', async () => {
    await expect(read('/dev/zero')).rejects.toThrow('begins with the byte 0x00');
    expect(await read(await file('f', '[]\n'))).toEqual({ jobs: [], unreadable: [] });
  });
});

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CorruptFile, NotFound } from '../../src/base/errors.ts';
import type { JobText } from '../../src/job/job.ts';
import { readSnapshot } from '../../src/snapshot/read.ts';

const recorded = join(import.meta.dirname, '../data/snapshot');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snapshot-read-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(path: string): Promise<JobText[]> {
  const jobs: JobText[] = [];
  for await (const job of readSnapshot(path)) jobs.push(job);
  return jobs;
}

let files = 0;
async function file(content: string | Uint8Array): Promise<string> {
  const path = join(folder, `file-${++files}`);
  await writeFile(path, content);
  return path;
}

async function failure(path: string): Promise<Error> {
  const error = await read(path).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Error);
  return error as Error;
}

test('the file of the curl-and-jq script holds the jobs of the server', async () => {
  const script = await read(join(recorded, 'script-4.1.2.txt'));
  const curl = await read(join(recorded, 'curl-4.1.2.json'));
  expect(script).toHaveLength(8);
  expect(script.map(({ job }) => job)).toEqual(curl.map(({ job }) => job));
});

test('bodies that the script breaks over several lines are mended', async () => {
  const script = await readFile(join(recorded, 'script-4.1.2.txt'), 'utf8');
  expect(script).toContain('{{id}\n{zone}}'.replace('\n', '}\n{'));
  for (const text of [script, script.replaceAll('\n', '\r\n')]) {
    const jobs = await read(await file(text));
    const broken = jobs.find(({ job }) => job.name === 'broken-by-the-script');
    expect(broken?.job.executor_config?.['body']).toBe(
      '{"template":"{{id}}{{zone}}","list":"{}{}{}"}',
    );
  }
});

test('the exact text of each job is kept', async () => {
  const curl = await readFile(join(recorded, 'curl-4.1.2.json'), 'utf8');
  const jobs = await read(join(recorded, 'curl-4.1.2.json'));
  expect(`[${jobs.map(({ text }) => text).join(',')}]`).toBe(curl);
});

test('numbers that JavaScript would round survive in the text', async () => {
  const text = '{"name":"a","newer":9223372036854775809,"huge":1e400}';
  const [job] = await read(await file(text));
  expect(job?.text).toBe(text);
});

test.each([
  ['one job', '{"name":"a"}', ['a']],
  ['a pretty-printed array', JSON.stringify([{ name: 'a' }, { name: 'b' }], null, 2), ['a', 'b']],
  ['pretty-printed jobs', '{\n  "name": "a"\n}\n{\n  "name": "b"\n}\n', ['a', 'b']],
  ['an empty array', '[]\n', []],
])('reads %s', async (_shape, content, names) => {
  const jobs = await read(await file(content));
  expect(jobs.map(({ job }) => job.name)).toEqual(names);
});

test('reads a folder with one .json file a job', async () => {
  const jobs = join(folder, 'jobs');
  await mkdir(jobs);
  await writeFile(join(jobs, 'b.json'), '{\n  "name": "b"\n}\n');
  await writeFile(join(jobs, 'a.json'), '{"name":"a"}');
  await writeFile(join(jobs, 'README'), 'not a job');
  expect((await read(jobs)).map(({ job }) => job.name)).toEqual(['a', 'b']);
});

test.each([
  ['nothing', '', 'is empty: there is no job in it'],
  ['what the script leaves without a server', '\n', 'is empty: there is no job in it'],
  ['a web page', '<!doctype html><html></html>', 'is a web page'],
  ['gzip', Buffer.from([0x1f, 0x8b, 8, 0]), 'is compressed'],
  ['UTF-16', Buffer.from('\ufeff[]', 'utf16le'), 'is UTF-16 text'],
  [
    'a program',
    Buffer.from([0x7f, 0x45, 0x4c, 0x46]),
    'begins with the byte 0x7f (line 1, byte 1)',
  ],
  ['text', 'hello', 'begins with "h" (line 1, byte 1)'],
  ['an array of names', '["a"]', 'line 1, byte 2: "\\"" where a job or the end should be'],
  ['another object', '{"status":"healthy"}', 'line 1, byte 1: this is not a job: name: '],
  ['a job without a name', '{"name":""}', 'line 1, byte 1: this is not a job: it has no name'],
  [
    'a cut-off list',
    '{"name":"a"}\n{"name":"b","ta',
    'is cut off: what begins on line 2, byte 14 has no end',
  ],
  ['a cut-off array', '[{"name":"a"},{"name":"b"}', 'is cut off'],
  ['a broken job', '{"name":"a"}\n{"name":"b",\n"x": tru}', 'line 3, byte 32: this is not JSON'],
  ['a line break in a string', '{"name":"a\n"}', 'line 1, byte 9: this is not JSON'],
  ['bytes that are no text', Buffer.from('7b226e616d65223a22ff227d', 'hex'), 'is not UTF-8 text'],
  ['too large a number', '{"name":"a","retries":1e400}', 'this is not a job: retries: '],
  ['a value that Dkron refuses', '{"name":"a","tags":{"a":1}}', 'this is not a job: tags.a: '],
])('%s is a corrupt file', async (_what, content, message) => {
  const path = await file(content);
  const error = await failure(path);
  expect(error).toBeInstanceOf(CorruptFile);
  expect(error.message).toContain(path);
  expect(error.message).toContain(message);
  expect((error as CorruptFile).next).toBeTruthy();
});

test('a job that is there twice is refused with both places', async () => {
  const path = await file('{"name":"a"}\n{"name":"b"}\n{"name":"a","retries":1}\n');
  const error = await failure(path);
  expect(error).toBeInstanceOf(CorruptFile);
  expect(error.message).toContain(`${path}, line 1`);
  expect(error.message).toContain(`${path}, line 3`);
});

test('a message never quotes the text: it may hold secrets', async () => {
  const error = await failure(await file('{"name":"a","executor_config":{"password":"hunter2"x}}'));
  expect(error.message).not.toContain('hunter2');
});

test('a missing file is not found, an empty folder is no snapshot', async () => {
  expect(await failure(join(folder, 'missing'))).toBeInstanceOf(NotFound);
  await mkdir(join(folder, 'empty'));
  expect(await failure(join(folder, 'empty'))).toBeInstanceOf(CorruptFile);
});

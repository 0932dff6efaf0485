import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { formatSnapshot } from '../../../src/snapshot/take/format.ts';
import { textsIn } from '../texts.ts';

const recorded = join(import.meta.dirname, '../../data/snapshot/curl-4.1.2.json');

async function format(jobs: readonly string[]): Promise<{ text: string; jobs: number }> {
  async function* bytes() {
    for (const job of jobs) yield [Buffer.from(job)];
  }
  const parts: Uint8Array[] = [];
  let count = 0;
  let ended = false;
  for await (const part of formatSnapshot(bytes())) {
    // What is called the last one is.
    expect(ended).toBe(false);
    ended = part.last === true;
    parts.push(Buffer.from(part.bytes));
    count += part.jobs;
  }
  return { text: Buffer.concat(parts).toString(), jobs: count };
}

/** The texts of the recorded jobs, as the server wrote them. */
async function serverTexts(): Promise<string[]> {
  return textsIn(await readFile(recorded));
}

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'snapshot-format-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

test("one job a line, in the server's own words, parents first", async () => {
  const texts = await serverTexts();
  const { text, jobs } = await format(texts);
  expect(jobs).toBe(8);
  expect(text.endsWith('}\n')).toBe(true);
  const lines = text.slice(0, -1).split('\n');
  expect([...lines].sort()).toEqual([...texts].sort());
  const names = lines.map((line) => (JSON.parse(line) as { name: string }).name);
  expect(names.indexOf('keolis-zones')).toBeLessThan(names.indexOf('a-zones-index'));
  expect(names.indexOf('a-zones-index')).toBeLessThan(names.indexOf('a-child-of-index'));
});

test("the script's restore loop gets every line as it is", async () => {
  const folder = await scratch();
  const { text } = await format(await serverTexts());
  await writeFile(join(folder, 'backup'), text);
  // Its `curl -d @ligne` strips line breaks and NULs.
  const loop =
    'while read -r row; do echo "$row" > ligne; tr -d "\\r\\n\\0" < ligne >> sent; echo >> sent; done < backup';
  await promisify(execFile)('bash', ['-c', loop], { cwd: folder });
  expect(await readFile(join(folder, 'sent'), 'utf8')).toBe(text);
});

test('a job that came over several lines goes on one', async () => {
  const { text } = await format(['{\n  "name": "a",\r\n  "schedule": ""\n}']);
  expect(text.split('\n')).toHaveLength(2);
  expect(JSON.parse(text)).toEqual({ name: 'a', schedule: '' });
});

test('no job is an empty array, not an empty file', async () => {
  expect(await format([])).toEqual({ text: '[]\n', jobs: 0 });
});

test('what is broken keeps its bytes, and its place among the others', async () => {
  const broken = '{"name":"b","parent_job":"a",\n"x":tru}';
  const jobs = [
    '{"name":"c","parent_job":"a"}',
    broken,
    '{"name":"a"}',
    '{"name":5,"parent_job":"a"}',
  ];
  const { text } = await format(jobs);
  expect(text).toBe(`${[broken, jobs[2], jobs[3], jobs[0]].join('\n')}\n`);
});

test('two children of one name are both kept', async () => {
  const jobs = ['{"name":"c","parent_job":"a"}', '{"name":"c","parent_job":"a","retries":1}'];
  expect((await format(jobs)).text.split('\n').filter(Boolean).sort()).toEqual(jobs.sort());
});

test('large snapshots come in parts', async () => {
  const body = 'x'.repeat(700_000);
  const jobs = ['a', 'b', 'c', 'd'].map((name) => JSON.stringify({ name, parent_job: '', body }));
  const { text, jobs: count } = await format(jobs);
  expect(count).toBe(4);
  expect(text).toBe(`${jobs.join('\n')}\n`);
});

test('whatever strings a job holds, it is read back with the same text', async () => {
  const body = fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[{}\n\r"\\]*$/));
  await fc.assert(
    fc.asyncProperty(fc.array(body, { minLength: 1 }), async (bodies) => {
      const jobs = bodies.map((text, at) =>
        JSON.stringify({ name: `job-${at}`, executor_config: { body: text } }),
      );
      expect(textsIn((await format(jobs)).text)).toEqual(jobs);
    }),
    { numRuns: 50 },
  );
});

test('a part is handed on when the next job would make it longer than 128 kB', async () => {
  const parts = async (bytes: number) => {
    async function* lists() {
      yield [Buffer.alloc(bytes, 'x')];
      yield [Buffer.from('{"name":"a"}')];
    }
    return (await Array.fromAsync(formatSnapshot(lists()))).map(({ jobs }) => jobs);
  };
  const [full, second] = [1 << 17, '{"name":"a"}\n'.length];
  expect(await parts(full - second - 1)).toEqual([2]);
  expect(await parts(full - second)).toEqual([1, 1]);
  expect(await parts(full - 1)).toEqual([1, 1]);
  expect(await parts(full)).toEqual([1, 1]);
});

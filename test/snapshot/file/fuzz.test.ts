/** The reader of files of jobs, tried with real files that were damaged in every way that files are. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OperatorError } from '../../../src/base/errors.ts';
import { unpacked } from '../../../src/config/unpacked.ts';
import { fileJobs } from '../../../src/snapshot/file/file-jobs.ts';
import { type Found, isJob } from '../../../src/snapshot/file/found.ts';

const data = (name: string): Buffer => readFileSync(join(import.meta.dirname, '../../data', name));

const array = data('snapshot/curl-4.1.2.json');
const script = data('snapshot/script-4.1.2.txt');
const jobs = JSON.parse(array.toString()) as { name: string }[];
const lines = jobs.map((job) => JSON.stringify(job));
const pretty = jobs.map((job) => JSON.stringify(job, null, 2)).join('\n');
const yaml = jobs
  .map(({ name }) => `name: ${name}\nschedule: "@daily"\ntags:\n  x: "1"\n`)
  .join('---\n');

const seeds: Readonly<Record<string, Buffer>> = {
  array,
  script,
  lines: Buffer.from(`${lines.join('\n')}\n`),
  pretty: Buffer.from(pretty),
  wrapped: Buffer.from(`{"total":8,"jobs":[${lines.join(',')}]}`),
  curl: Buffer.from(`HTTP/1.1 200 OK\r\nX-Whom: n1\r\n\r\n[${lines.join(',')}]`),
  yaml: Buffer.from(yaml),
  old: data('jobs/dkron-11.json'),
  latin1: data('jobs/dkron-21.latin1.json'),
};

/** What tears files apart: borders, marks, what is no text, what is nested, what JavaScript knows by name. */
const splinters = [
  ...['{', '}', '[', ']', '"', '\\', ':', ',', '\n', '\r\n', '}{', '}\n{', '---\n', '\ufeff', '\0'],
  ...[
    '{"name":"x"}',
    '"__proto__":{"name":"y"},',
    '"constructor":',
    '\ud83d',
    '1e999',
    '- name: *a\n',
  ],
  ...['{"a":'.repeat(2000), '['.repeat(2000), ' '.repeat(70_000), 'HTTP/1.1 200 OK\n\n', '<html>'],
].map((text) => Buffer.from(text));
const foreignBytes = [[0xff], [0xc3], [0xf0, 0x9f], [0x80], [0xed, 0xa0, 0x80]].map((bytes) =>
  Buffer.from(bytes),
);

/** Where it is done, as parts of the file, and with what. */
const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(2000)),
  put: fc.oneof(
    fc.constantFrom(...splinters, ...foreignBytes, Buffer.alloc(0)),
    fc.uint8Array({ maxLength: 4 }),
  ),
  how: fc.constantFrom('replace', 'cut', 'double', 'flip'),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer Value> ? Value : never;

function mutated(bytes: Uint8Array, { at, length, put, how }: Mutation): Buffer {
  const from = Math.floor(at * bytes.length);
  const part = bytes.subarray(from, from + length);
  if (how === 'cut') return Buffer.from(bytes.subarray(0, from));
  const middle =
    how === 'double' ? [part, part] : how === 'flip' ? [part.map((byte) => byte ^ 16)] : [put];
  return Buffer.concat([bytes.subarray(0, from), ...middle, bytes.subarray(from + length)]);
}

/** What is found, or the words of a refusal; anything else that is thrown fails the test. */
function outcome(bytes: Uint8Array, name: string, size: number): Found[] | string {
  const reader = fileJobs(name);
  const found: Found[] = [];
  try {
    for (let at = 0; at < bytes.length; at += size)
      found.push(...reader.push(bytes.subarray(at, at + size)));
    found.push(...reader.end());
    return found;
  } catch (error) {
    expect(error).toBeInstanceOf(OperatorError);
    return (error as Error).message;
  }
}

function expectInside(found: readonly Found[], bytes: Uint8Array): void {
  const text = Buffer.from(bytes).toString();
  const lengths = text.split('\n').map((line) => line.length);
  for (const one of found)
    for (const { line, column } of isJob(one) ? [one.place] : one.places) {
      expect(line).toBeGreaterThanOrEqual(1);
      expect(line).toBeLessThanOrEqual(lengths.length);
      expect(column).toBeGreaterThanOrEqual(1);
      // Broken UTF-8 counts otherwise than what stands for it.
      if (!text.includes('\ufffd')) expect(column).toBeLessThanOrEqual(lengths[line - 1]! + 2);
    }
}

const newline = Buffer.from('\n');

/** Seconds each at most, however slow the machine is. */
const bounded = { numRuns: 150, interruptAfterTimeLimit: 2_000, markInterruptAsFailure: false };

describe.each(Object.entries(seeds))('a file: %s', (kind, seed) => {
  test('damaged in several places is read, or refused in words, with places inside it', () => {
    fc.assert(
      fc.property(
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(7, 4096, 1 << 20),
        (mutations, size) => {
          const bytes = mutations.reduce<Buffer>(mutated, seed);
          const found = outcome(bytes, kind === 'yaml' ? 'f.yaml' : 'f', size);
          if (typeof found !== 'string') expectInside(found, bytes);
        },
      ),
      bounded,
    );
  });
});

test('damage in one line hides no job of another', () => {
  fc.assert(
    fc.property(fc.nat(lines.length - 1), mutation, (at, change) => {
      const row = Buffer.from(lines[at]!);
      // The end of the line stays: a list or a value that begins there takes the next line along.
      const broken = Buffer.concat([mutated(row.subarray(0, -1), change), row.subarray(-1)]);
      const rows = lines.map((line, index) => (index === at ? broken : Buffer.from(line)));
      const found = outcome(Buffer.concat(rows.flatMap((one) => [one, newline])), 'f', 1 << 20);
      // What cannot be a file of jobs by how it begins is refused as a whole.
      fc.pre(typeof found !== 'string');
      const names = new Set(found.flatMap((one) => (isJob(one) ? [one.job.name] : [])));
      for (const [index, { name }] of jobs.entries())
        if (index !== at) expect(names, broken.toString()).toContain(name);
    }),
    bounded,
  );
});

test('what is compressed and damaged is read as far as it goes, or refused in words', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(gzipSync, zstdCompressSync),
      fc.constantFrom(seeds['lines']!, seeds['pretty']!),
      mutation,
      async (pack, seed, change) => {
        const bytes = mutated(pack(seed), change);
        const source = (async function* () {
          yield bytes;
        })();
        try {
          const reader = fileJobs('f');
          for await (const part of unpacked('f', source)) for (const _ of reader.push(part));
          for (const _ of reader.end());
        } catch (error) {
          expect(error).toBeInstanceOf(OperatorError);
        }
      },
    ),
    bounded,
  );
});

/** Files that were made to hurt whoever reads them: read by a program that may have little memory. */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip, createZstdCompress } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifestPath, manifestText } from '../../../src/snapshot/archive/manifest.ts';
import { compiledOnce } from '../../support/compiled-once.ts';
import { aSnapshot } from '../../support/manifested.ts';

const src = join(import.meta.dirname, '../../../src/snapshot');

/** Reads and verifies each file, and prints what came of it and how much memory it took at most. */
const program = `
import { readJobFiles } from ${JSON.stringify(join(src, 'file/read.ts'))};
import { verifySnapshot } from ${JSON.stringify(join(src, 'verify/verify.ts'))};
for (const work of [
  async () => { const { jobs, unreadable } = await readJobFiles([process.argv[1]]); return jobs.length + ' ' + unreadable.length; },
  async () => (await verifySnapshot(process.argv[1])).verdict,
])
  console.log(await work().catch((error) => error.constructor.name + ': ' + error.message));
console.log(Math.round(process.resourceUsage().maxRSS / 1024));
`;

/** Old objects and young ones: without the second the young ones take what a busy machine leaves uncollected. */
const littleMemory = ['--max-old-space-size=256', '--max-semi-space-size=16'];

/** How the reader ends, what verify says, and the most memory in MB. */
async function tried(path: string) {
  const child = spawn(
    process.execPath,
    [...littleMemory, '--input-type=module', '-e', program, path],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 20_000,
      env: { ...process.env, NODE_COMPILE_CACHE: compiledOnce() },
    },
  );
  const [out, err] = await Promise.all(
    [child.stdout, child.stderr].map(async (stream) => (await stream.toArray()).join('')),
  );
  const [read = '', verified = '', memory = ''] = out!.trim().split('\n');
  expect(err).toBe('');
  return { read, verified, memory: Number(memory) };
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hostile-'));
});
afterAll(() => rm(folder, { recursive: true }));

const file = (name: string): string => join(folder, name);
const megabyte = Buffer.alloc(1 << 20, 'x');

function* repeated(part: Uint8Array, times: number, head = '', tail = ''): Generator<Uint8Array> {
  yield Buffer.from(head);
  for (let at = 0; at < times; at++) yield part;
  yield Buffer.from(tail);
}

/** With the manifest of another, good snapshot, so that verify reads it line by line. */
async function proven(name: string): Promise<string> {
  await writeFile(manifestPath(file(name)), manifestText(aSnapshot(['a', 'b']).manifest));
  return file(name);
}

/** MB, of which Node itself takes some 60, and its heap may take 256 and 48. */
const most = 400;

describe('neither crashes, hangs nor fills the memory', () => {
  test.each<[name: string, parts: () => Iterable<Uint8Array>, read: RegExp]>([
    [
      'a line of a gigabyte',
      () => repeated(megabyte, 1 << 10, '{"name":"a","x":"', '"}\n'),
      /goes on for 128 MB/,
    ],
    ['a gigabyte of nothing', () => repeated(Buffer.alloc(1 << 20, ' '), 1 << 10), /is empty/],
    [
      'strings without end',
      () => repeated(Buffer.from('{"name":"a","x":"\n'.repeat(10_000)), 10),
      /so many errors|more than 1000 jobs/,
    ],
    ['braces without end', () => repeated(Buffer.from('{"a":'.repeat(200_000)), 20), /^\w+: |^0 /],
    [
      'a hundred thousand levels',
      () => [
        Buffer.from(
          `{"name":"a","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}\n{"name":"b"}\n`,
        ),
      ],
      /^1 1$/,
    ],
    [
      'names that JavaScript knows',
      () => [
        Buffer.from(
          '{"__proto__":{"name":"x"},"name":"a"}\n{"name":"__proto__","constructor":1}\n',
        ),
      ],
      /^2 0$/,
    ],
    [
      'bytes that are no text',
      () => repeated(Buffer.alloc(1 << 16, 0xff), 10, '{"name":"a","x":"', '"}\n{"name":"b"}'),
      /^1 1$/,
    ],
  ])(
    '%s',
    async (name, parts, read) => {
      for (const packed of [false, true]) {
        const path = await proven(packed ? `${name}.gz` : name);
        // A gigabyte on the disk is the same as one that is packed; only that is quick.
        const large = name.includes('gigabyte') && !packed;
        if (large) continue;
        const sink = createWriteStream(path);
        await (packed
          ? pipeline(Readable.from(parts()), createGzip({ level: 1 }), sink)
          : pipeline(Readable.from(parts()), sink));
        const outcome = await tried(path);
        expect(outcome.read).toMatch(read);
        expect(outcome.verified).toMatch(/^damaged$/);
        expect(outcome.memory).toBeLessThan(most);
      }
    },
    60_000,
  );

  test('a bomb of zstd', async () => {
    const path = await proven('bomb');
    await pipeline(
      Readable.from(repeated(Buffer.alloc(1 << 20), 4 << 10)),
      createZstdCompress(),
      createWriteStream(path),
    );
    const { read, verified, memory } = await tried(path);
    expect(read).toContain('begins with the byte 0x00');
    expect(verified).toBe('damaged');
    expect(memory).toBeLessThan(most);
  }, 60_000);

  test.each([
    ['a device', () => '/dev/zero', /begins with the byte 0x00/],
    ['a device of nothing', () => '/dev/null', /is empty/],
    ['a folder', () => folder, /folder/],
    ['a loop of links', () => file('loop'), /symbolic links form a loop/],
  ])(
    '%s',
    async (_name, path, read) => {
      await symlink('loop', file('loop')).catch(() => {});
      const outcome = await tried(path());
      expect(outcome.read).toMatch(read);
      expect(outcome.verified).toMatch(/^damaged$|Error: /);
      expect(outcome.memory).toBeLessThan(most);
    },
    30_000,
  );
});

import { execFile } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { NotFound, OperatorError } from '../../../src/base/errors.ts';
import { manifestPath, manifestText } from '../../../src/snapshot/archive/manifest.ts';
import {
  snapshotsToVerify,
  type Verdict,
  verifyEach,
  verifySnapshot,
} from '../../../src/snapshot/verify/verify.ts';
import { verdictText } from '../../../src/snapshot/verify/words.ts';
import { aSnapshot, writeSnapshot } from '../../support/manifested.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snapshot-verify-'));
  path = join(folder, 'snap');
  onTestFinished(() => rm(folder, { recursive: true }));
});

const names = ['a', 'b', 'c', 'd', 'e'];
const { text, manifest } = aSnapshot(names);
const lines = text.split('\n').slice(0, -1);
const file = (of: readonly string[]): string => of.map((line) => `${line}\n`).join('');

const short = ({ verdict, jobs, damages }: Verdict) => [
  verdict,
  jobs,
  ...damages.map(({ kind, line, jobs }) => `${kind} ${line ?? '-'} ${jobs.join(',')}`.trim()),
];

const formats: [name: string, pack: (text: string) => string | Uint8Array][] = [
  ['plain', (text) => text],
  ['gzip', (text) => gzipSync(text)],
  ['zstd', (text) => zstdCompressSync(text)],
];

describe.each(formats)('a snapshot: %s', (_format, pack) => {
  test.each<[what: string, content: string, verdict: unknown[]]>([
    ['as it was', text, ['proven', 5]],
    ['with a line edited', text.replace('"b"', '"b","owner":"me"'), ['damaged', 4, 'edited 2 b']],
    ['with a byte changed', text.replace('5 * * *', '6 * * *'), ['damaged', 4, 'changed 1 a']],
    [
      'with lines removed',
      file([lines[1]!, lines[3]!, lines[4]!]),
      ['damaged', 3, 'removed 1 a', 'removed 3 c'],
    ],
    ['with a line added', `${text}{"name":"x"}\n`, ['damaged', 5, 'added 6 x']],
    [
      'with lines in another order',
      file(lines.toReversed()),
      ['damaged', 5, 'moved 1 e', 'moved 2 d', 'moved 3 c', 'moved 4 b'],
    ],
    ['cut off', text.slice(0, -700), ['damaged', 3, 'cut 4 d,e']],
    ['without its last line break', text.slice(0, -1), ['damaged', 5, 'end -']],
    ['from Windows', text.replaceAll('\n', '\r\n'), ['damaged', 5, 'line-ends 1']],
    ['that is empty', '', ['damaged', 0, 'cut 0 a,b,c,d,e']],
    ['of zeros', '\0'.repeat(text.length), ['damaged', 0, 'cut 1 a,b,c,d,e']],
    ['of another snapshot', aSnapshot(['x', 'y']).text, ['damaged', 0, 'other-manifest -']],
  ])('%s', async (_what, content, verdict) => {
    await writeSnapshot(path, pack(content), manifest);
    expect(short(await verifySnapshot(path))).toEqual(verdict);
    expect(short(await verifySnapshot(manifestPath(path)))).toEqual(verdict);
  });

  test('without a manifest is read as a restore reads it', async () => {
    await writeFile(path, pack(text));
    const verdict = await verifySnapshot(path);
    expect(short(verdict)).toEqual(['unproven', 5]);
    expect(verdictText(verdict)).toContain('it has no manifest');
    await writeFile(path, pack(`${text}{"name":"x","retries":-1}\n`));
    expect(short(await verifySnapshot(path))).toEqual(['damaged', 5, 'unreadable 6 x']);
    await writeFile(path, pack('<html>'));
    expect(short(await verifySnapshot(path))).toEqual(['damaged', 0, 'unreadable -']);
  });

  test('of no job', async () => {
    const none = aSnapshot([]);
    await writeSnapshot(path, pack(none.text), none.manifest);
    expect(short(await verifySnapshot(path))).toEqual(['proven', 0]);
    await writeFile(path, pack(''));
    expect(short(await verifySnapshot(path))[0]).toBe('damaged');
  });
});

describe.each(formats.slice(1))('what %s compressed', (_format, pack) => {
  const many = aSnapshot(Array.from({ length: 400 }, (_, at) => `job-${at}`));
  const packed = Buffer.from(pack(many.text));

  test('and is cut off or damaged is told with what could be unpacked', async () => {
    await writeSnapshot(path, packed.subarray(0, packed.length - 20), many.manifest);
    const cut = await verifySnapshot(path);
    expect(cut.verdict).toBe('damaged');
    expect(cut.damages.at(-1)?.text).toMatch(/is cut off, or damaged .* behind byte \d+ /);
    const bytes = Buffer.from(packed);
    bytes[packed.length >> 1]! ^= 0x10;
    await writeFile(path, bytes);
    expect((await verifySnapshot(path)).verdict).toBe('damaged');
  });

  test('is damaged where something follows it', async () => {
    await writeSnapshot(path, Buffer.concat([packed, Buffer.from('garbage')]), many.manifest);
    const { verdict, damages } = await verifySnapshot(path);
    expect(verdict).toBe('damaged');
    expect(damages.at(-1)?.text).toContain('something else follows');
  });

  test('is proven by the manifest from before it was, and after it was unpacked', async () => {
    await writeSnapshot(path, text, manifest);
    await writeFile(`${path}.gz`, pack(text));
    await rm(path);
    expect(short(await verifySnapshot(`${path}.gz`))).toEqual(['proven', 5]);
    await writeSnapshot(`${path}2.zst`, pack(text), manifest);
    await writeFile(`${path}2`, text);
    expect(short(await verifySnapshot(`${path}2`))).toEqual(['proven', 5]);
  });
});

describe('a manifest', () => {
  test.each<[what: string, content: string, verdict: unknown[]]>([
    ['that is broken', manifestText(manifest).slice(0, -9), ['damaged', 5, 'manifest -']],
    ['that is something else', '[]', ['damaged', 5, 'manifest -']],
    ['of a newer format', '{"format":2,"proofs":[]}', ['unproven', 5]],
    [
      'whose count is another',
      manifestText({ ...manifest, count: 4 }),
      ['damaged', 4, 'manifest -'],
    ],
    [
      'whose sum is another',
      manifestText({ ...manifest, sha256: '0'.repeat(64) }),
      ['damaged', 5, 'manifest -'],
    ],
  ])('%s', async (_what, content, verdict) => {
    await writeFile(path, text);
    await writeFile(manifestPath(path), content);
    expect(short(await verifySnapshot(path))).toEqual(verdict);
  });

  test('of another snapshot of the folder is told by its name', async () => {
    const other = aSnapshot(['a', 'b', 'z']);
    await writeSnapshot(path, other.text, manifest);
    await writeSnapshot(join(folder, 'other'), other.text, other.manifest);
    const { damages } = await verifySnapshot(path);
    expect(damages).toHaveLength(1);
    expect(damages[0]?.text).toContain('the manifest of other says');
  });

  test('that is no regular file is told, and not waited for', async () => {
    await writeFile(path, text);
    await promisify(execFile)('mkfifo', [manifestPath(path)]);
    await expect(verifySnapshot(path)).rejects.toThrow('no regular file');
  });
});

test('many files are verified whatever one of them is', async () => {
  await writeSnapshot(path, text, manifest);
  await writeFile(join(folder, 'alone'), text);
  await mkdir(join(folder, 'directory'));
  await writeFile(manifestPath(join(folder, 'gone')), manifestText(manifest));
  await writeFile(join(folder, '.hidden'), 'x');
  const files = await snapshotsToVerify(folder);
  expect(files.map((name) => name.slice(folder.length + 1)).sort()).toEqual([
    'alone',
    'gone.manifest.json',
    'snap',
  ]);
  const verdicts = await verifyEach([...files, join(folder, 'missing')]);
  expect(
    verdicts
      .map(short)
      .map(([verdict]) => verdict)
      .sort(),
  ).toEqual(['damaged', 'proven', 'unproven', 'unread']);
  await expect(verifySnapshot(join(folder, 'missing'))).rejects.toBeInstanceOf(NotFound);
});

test('a file of executions is said to be one', async () => {
  await writeFile(`${path}.executions`, '{"job":"a","executions":[]}\n');
  await expect(verifySnapshot(`${path}.executions`)).rejects.toThrow('holds executions');
});

test('a file that is written to meanwhile is not judged', async () => {
  await writeSnapshot(path, text, manifest);
  const reading = verifySnapshot(path);
  const outcome = reading.catch((error: unknown) => error);
  // Whenever it comes: before, and the file is damaged; meanwhile, and it is not judged; after, and it was proven.
  await appendFile(path, 'x');
  const result = await outcome;
  if (result instanceof OperatorError) expect(result.message).toContain('was written to while');
  else expect(['proven', 'damaged']).toContain((result as Verdict).verdict);
});

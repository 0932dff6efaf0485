import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { NotFound, OperatorError } from '../../src/base/errors.ts';
import { foreignEncoding } from '../../src/config/encoding.ts';
import { wholeInput } from '../../src/config/input.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'config-input-'));
  onTestFinished(() => rm(folder, { recursive: true }));
});

async function* endless() {
  for (;;) yield 'x'.repeat(1000);
}
const read = async (path: string) => (await wholeInput(path, endless(), 5000)).toString();

const broken = '/proc/self/mem';
const onLinux = existsSync(broken) ? [[broken, 'the device reports an error']] : [];

describe('an input', () => {
  test('is a file, or a pipe that somebody writes into', async () => {
    await writeFile(join(folder, 'file'), 'all of it');
    expect(await read(join(folder, 'file'))).toBe('all of it');
    const pipe = join(folder, 'pipe');
    await promisify(execFile)('mkfifo', [pipe]);
    expect((await Promise.all([read(pipe), writeFile(pipe, 'from a pipe')]))[0]).toBe(
      'from a pipe',
    );
  });

  test.each([
    ['-', 'standard input is larger than 0 MB'],
    ['/dev/zero', '/dev/zero is larger than 0 MB'],
    ['.', '. cannot be read: it is a folder'],
    ...onLinux,
  ])('that has no end or is none is refused in words: %s', async (path, message) => {
    const error = await read(path).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OperatorError);
    expect((error as Error).message).toContain(message);
  });

  test('that is not there is not found', async () => {
    await expect(read(join(folder, 'none'))).rejects.toBeInstanceOf(NotFound);
  });
});

test.each([
  ['plain and é', 'utf8', undefined],
  ['\ufeffplain', 'utf8', undefined],
  ['é', 'latin1', 'ISO-8859-1'],
  ['\x93quoted\x94', 'latin1', 'WINDOWS-1252'],
  ['\ufeff[]', 'utf16le', 'UTF-16'],
  ['[{}]', 'utf16le', 'UTF-16LE'],
] as const)('the encoding of %j in %s is told', (text, encoding, told) => {
  expect(foreignEncoding(Buffer.from(text, encoding))).toBe(told);
});

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { OperatorError } from '../../src/base/errors.ts';
import type { Source } from '../../src/config/target.ts';
import { type Printed, shellIn } from '../../src/contexts/command.ts';
import { readSource } from '../../src/contexts/source.ts';

const folder = mkdtempSync(join(tmpdir(), 'dkron-tui-source-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string, mode = 0o600): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
};

const printed = (more: Partial<Printed>): Printed => ({
  code: 0,
  late: false,
  stdout: '',
  stderr: '',
  ...more,
});

const read = async (source: Source, answer = printed({}), env: Record<string, string> = {}) => {
  const warnings: string[] = [];
  const world = { env, run: async () => answer, warn: (text: string) => void warnings.push(text) };
  const value = await readSource(source, 'bearer', world).catch((error: unknown) => error);
  return { value, warnings };
};

describe('a secret', () => {
  it.each([
    ['of a variable', { env: 'A' }, printed({}), 's3cr3t'],
    ['of a file', { file: file('plain', 's3cr3t') }, printed({}), 's3cr3t'],
    ['without the end of its line', { file: file('line', 's3cr3t\n') }, printed({}), 's3cr3t'],
    ['without that of Windows', { file: file('crlf', 's3cr3t\r\n') }, printed({}), 's3cr3t'],
    ['with all else', { file: file('odd', ' s3cr3t \n\n') }, printed({}), ' s3cr3t \n'],
    ['of a command', { command: 'pass' }, printed({ stdout: 's3cr3t\n' }), 's3cr3t'],
    ['that is none', { value: 'blue' }, printed({}), 'blue'],
  ])('%s', async (_, source, answer, value) => {
    expect(await read(source, answer, { A: 's3cr3t' })).toEqual({ value, warnings: [] });
  });

  it.each([
    [{ env: 'NO' }, printed({}), 'NO, the variable for bearer, is not set'],
    [{ env: 'EMPTY' }, printed({}), 'EMPTY, the variable for bearer, holds nothing'],
    [
      { file: file('empty', '\n') },
      printed({}),
      `${join(folder, 'empty')}, the file for bearer, holds nothing`,
    ],
    [{ file: join(folder, 'none') }, printed({}), `there is no file ${join(folder, 'none')}`],
    [{ command: 'c' }, printed({}), 'the command for bearer holds nothing'],
    [{ command: 'c' }, printed({ code: 3 }), 'the command for bearer failed (exit code 3)'],
    [
      { command: 'c' },
      printed({ code: 1, stderr: 'gpg: x\nError: no such entry\n' }),
      'the command for bearer failed (exit code 1): Error: no such entry',
    ],
    [
      { command: 'c' },
      printed({ code: 1, stdout: 's3cr3t\n', stderr: 's3cr3t is too old, http://a:b@c' }),
      'the command for bearer failed (exit code 1): *** is too old, http://***@c',
    ],
    [
      { command: 'c' },
      printed({ code: null, late: true }),
      'the command for bearer did not end within 10 s and was stopped',
    ],
    [
      { command: 'c' },
      printed({ code: null }),
      'the command for bearer could not be run, or was killed',
    ],
  ])('of %j and %j cannot be had', async (source, answer, message) => {
    const { value } = await read(source, answer, { EMPTY: '' });
    expect(value).toBeInstanceOf(OperatorError);
    expect((value as OperatorError).message).toBe(message);
    expect((value as OperatorError).data).toBe('Nothing was sent.');
  });

  it.each([
    [0o600, 0],
    [0o640, 1],
    [0o604, 1],
    [0o700, 0],
  ])('in a file of mode %o brings %i warnings', async (mode, count) => {
    const { value, warnings } = await read({ file: file('shared', 's3cr3t', mode) });
    expect(value).toBe('s3cr3t');
    expect(warnings).toHaveLength(count);
    expect(warnings.join()).not.toContain('s3cr3t');
  });
});

describe('a command', () => {
  const shell = shellIn({ ...process.env, PART: 'cr3t' });

  it('is a line for the shell, with the environment of the program', async () => {
    expect(await shell('printf s3 | cat; echo "$PART"')).toEqual(printed({ stdout: 's3cr3t\n' }));
  });

  it('gives its exit code and the end of what it said', async () => {
    expect(await shell('echo no >&2; exit 4')).toEqual(printed({ code: 4, stderr: 'no\n' }));
  });

  it('has no standard input and no terminal to ask on', async () => {
    expect(
      (await shell('cat; test -t 0 || echo none; (: </dev/tty) 2>/dev/null || echo none')).stdout,
    ).toBe('none\nnone\n');
  });

  it('is not waited for when what it left behind holds its output open', async () => {
    expect((await shell('sleep 60 & echo s3cr3t')).stdout).toBe('s3cr3t\n');
  });
});

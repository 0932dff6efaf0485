import { mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { explain, NotFound, OperatorError } from '../../src/base/errors.ts';
import { fileError, privateFolder, systemError } from '../../src/config/files.ts';

test('a private folder and all that had to be made above it are for their owner only', async () => {
  const root = await mkdtemp(join(tmpdir(), 'places-'));
  onTestFinished(() => rm(root, { recursive: true }));
  const folder = await privateFolder(join(root, 'dkron-tui', 'snapshots'));
  for (const path of [folder, join(root, 'dkron-tui')])
    expect((await stat(path)).mode & 0o777).toBe(0o700);
});

const failure = (code: string, more = {}) =>
  Object.assign(new Error(`${code}: words of Node, open '/x'`), { code, syscall: 'open', ...more });

test('a failure of the file system names the file, the reason, the data and what to do', () => {
  const found = fileError('/x', 'written', failure('ENOSPC')) as OperatorError;
  expect(explain(found)).toEqual([
    '/x cannot be written: the disk is full',
    'Nothing was kept in it.',
    'Free some space there, or use another folder.',
  ]);
  expect(fileError('/x', 'read', failure('ENOENT'))).toBeInstanceOf(NotFound);
  const known = fileError('/x', 'written', failure('EACCES'), 'Nothing was sent.');
  expect(explain(known)).toContain('Nothing was sent.');
});

test.each([
  ...Object.keys(constants.errno).filter((code) => /^E[A-Z0-9]+$/.test(code)),
  'EWHATEVER',
])('no word of Node reaches the operator: %s', (code) => {
  for (const doing of ['read', 'written', 'made'] as const) {
    const lines = explain(fileError('/x', doing, failure(code)));
    expect(lines[0]).toContain('/x');
    expect(lines).toHaveLength(3);
    expect(lines.join(' ')).not.toMatch(/words of Node|open '|undefined/);
  }
});

test('a failure that its own door did not put in words is known by its path', () => {
  const mkdir = failure('EACCES', { syscall: 'mkdir', path: '/a/b' });
  expect(explain(systemError(mkdir))[0]).toBe('/a/b cannot be written: permission denied');
  const connect = failure('ECONNREFUSED', { syscall: 'connect' });
  expect(systemError(connect)).toBe(connect);
});

test('defects and what was said already stay what they are', () => {
  const defect = new TypeError('x is not a function');
  expect(fileError('/x', 'read', defect)).toBe(defect);
  const known = new OperatorError('the server went away');
  expect(fileError('/x', 'written', known)).toBe(known);
  expect(systemError('a text')).toBe('a text');
  expect(systemError(undefined)).toBe(undefined);
});

test('a folder that cannot be made is said in words', async () => {
  const root = await mkdtemp(join(tmpdir(), 'places-'));
  onTestFinished(() => rm(root, { recursive: true }));
  await writeFile(join(root, 'file'), '');
  await expect(privateFolder(join(root, 'file'))).rejects.toThrow(
    `${join(root, 'file')} cannot be made: it already exists`,
  );
  await expect(privateFolder(join(root, 'file', 'below'))).rejects.toThrow(
    'cannot be made: a part of its path is not a folder',
  );
  // Node's own recursion says here what it says of a read-only file system: no such file.
  await symlink(join(root, 'nowhere'), join(root, 'link'));
  await expect(privateFolder(join(root, 'link', 'below'))).rejects.toThrow(
    'cannot be made: it already exists',
  );
});

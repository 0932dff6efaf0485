import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { NotFound, OperatorError } from '../../src/base/errors.ts';
import { fileError, privateFolder } from '../../src/config/files.ts';

test('a private folder and all that had to be made above it are for their owner only', async () => {
  const root = await mkdtemp(join(tmpdir(), 'places-'));
  onTestFinished(() => rm(root, { recursive: true }));
  const folder = await privateFolder(join(root, 'dkron-tui', 'snapshots'));
  for (const path of [folder, join(root, 'dkron-tui')])
    expect((await stat(path)).mode & 0o777).toBe(0o700);
});

test('failures of the file system are said in words, defects are left alone', () => {
  const failure = (code: string) => Object.assign(new Error(code), { code, syscall: 'open' });
  expect(fileError('/x', 'read', failure('ENOENT'))).toEqual(new NotFound('there is no file /x'));
  expect(fileError('/x', 'written', failure('ENOSPC'))).toEqual(
    new OperatorError('/x cannot be written: no space is left on the device'),
  );
  expect(fileError('/x', 'read', failure('EWHAT'))).toEqual(
    new OperatorError('/x cannot be read: the system refuses it (EWHAT)'),
  );
  const defect = new TypeError('x is not a function');
  expect(fileError('/x', 'read', defect)).toBe(defect);
  const known = new OperatorError('the server went away');
  expect(fileError('/x', 'written', known)).toBe(known);
});

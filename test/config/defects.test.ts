import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { Defect, explain, OperatorError } from '../../src/base/errors.ts';
import { operatorError } from '../../src/config/defects.ts';

let folder: string;
beforeEach(async () => {
  const home = await mkdtemp(join(tmpdir(), 'dkron-tui-defects-'));
  onTestFinished(() => rm(home, { recursive: true }));
  folder = join(home, 'dkron-tui', 'defects');
});

const theFile = async (): Promise<string> => join(folder, (await readdir(folder))[0]!);

test('a defect is one plain sentence, and its stack is in a file that is named', async () => {
  const told = operatorError(new TypeError('x.y is not a function'), folder);
  expect(told).toBeInstanceOf(Defect);
  const file = await theFile();
  expect(explain(told).join('\n')).toContain(file);
  expect(explain(told).join('\n')).not.toContain('is not a function');
  const text = await readFile(file, 'utf8');
  expect(text).toContain('TypeError: x.y is not a function');
  expect(text).toMatch(/^ +at .*defects\.test\.ts/m);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

test('what was read, and who asked, is in no file', async () => {
  let cause: unknown;
  try {
    JSON.parse('{"password":"hunter2" oops');
  } catch (error) {
    cause = error;
  }
  operatorError(new Error('GET http://ops:hunter3@host/v1 failed', { cause }), folder);
  const text = await readFile(await theFile(), 'utf8');
  expect(text).toContain('GET http://***@host/v1 failed');
  expect(text).toContain('SyntaxError');
  expect(text).not.toMatch(/hunter/);
});

test('what an operator can act on needs no file', async () => {
  const known = new OperatorError('the server went away');
  expect(operatorError(known, folder)).toBe(known);
  const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write', path: '/x' });
  expect(operatorError(full, folder).message).toBe('/x cannot be written: the disk is full');
  await expect(readdir(folder)).rejects.toThrow();
});

test('the newest twenty are kept', async () => {
  for (let count = 0; count < 25; count++) operatorError(new Error(`number ${count}`), folder);
  const names = await readdir(folder);
  expect(names.length).toBeLessThanOrEqual(20);
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  expect(texts.some((text) => text.includes('number 24'))).toBe(true);
});

test('where no file can be made it is said all the same', async () => {
  const file = join(folder, '..', '..', 'file');
  await writeFile(file, '');
  const told = operatorError(new Error('x'), join(file, 'defects'));
  expect(explain(told)).toContain(
    'Its details could not be saved. When you report the defect, say what you did.',
  );
});

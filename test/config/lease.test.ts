import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { inTurn } from '../../src/config/lease.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lease-'));
  path = join(folder, 'x.turn');
  onTestFinished(() => rm(folder, { recursive: true }));
});

test('works come one after the other, and leave nothing', async () => {
  let within = 0;
  let most = 0;
  const work = () =>
    inTurn(path, async () => {
      most = Math.max(most, ++within);
      await readdir(folder);
      within--;
    });
  await Promise.all(Array.from({ length: 8 }, work));
  expect(most).toBe(1);
  expect(await readdir(folder)).toEqual([]);
});

test('a turn says whose it is as long as it lasts, also where the work fails', async () => {
  await inTurn(path, async () => {
    expect(await readFile(path, 'utf8')).toMatch(new RegExp(`^${hostname()} ${process.pid} `));
  });
  const failing = inTurn(path, async () => Promise.reject(new Error('full')));
  await expect(failing).rejects.toThrow('full');
  expect(await readdir(folder)).toEqual([]);
});

// Above the largest number of a process that Linux and macOS give.
const nobody = 4_194_305;

test.each([
  ['of a program that is gone', `${hostname()} ${nobody} x`, 0],
  ['of another machine, too old', 'elsewhere 1 x', 11_000],
  ['that says nothing, too old', '', 11_000],
  ['of a program that has had it too long', `${hostname()} ${process.pid} x`, 11_000],
])('a turn %s is taken over', async (_whose, text, age) => {
  await writeFile(path, text);
  const then = new Date(Date.now() - age);
  await utimes(path, then, then);
  expect(await inTurn(path, async () => 'done')).toBe('done');
  expect(await readdir(folder)).toEqual([]);
});

test('a turn of a program that is at work is waited for', async () => {
  const theirs = `${hostname()} ${process.pid} x`;
  await writeFile(path, theirs);
  const mine = inTurn(path, () => readFile(path, 'utf8'));
  expect(await readFile(path, 'utf8')).toBe(theirs);
  await rm(path);
  expect(await mine).not.toBe(theirs);
});

import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { hold, holderOf } from '../../src/config/hold.ts';

let path: string;
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hold-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  path = join(folder, 'deep', 'thing');
});

/** The number of a program that has ended. */
const ended = (): number => spawnSync('true').pid;

/** As if another program had it, that was heard of so long ago, ms. */
async function heldBy(host: string, pid: number, ago = 0): Promise<void> {
  const mine = await hold(path);
  await mine?.release();
  await writeFile(path, `${host} ${pid} 0b7e`);
  const then = new Date(Date.now() - ago);
  await utimes(path, then, then);
}

test('one has it until it lets go', async () => {
  const first = await hold(path);
  expect(first).not.toBeNull();
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await holderOf(path)).toEqual({ host: hostname(), pid: process.pid });
  expect(await hold(path)).toBeNull();
  await first!.release();
  expect(await holderOf(path)).toBeNull();
  expect(await hold(path)).not.toBeNull();
});

test('of many that want it at once one gets it, each time', async () => {
  for (let round = 0; round < 40; round++) {
    await heldBy(hostname(), ended());
    const all = await Promise.all(Array.from({ length: 20 }, () => hold(path)));
    const [first, ...others] = all.filter((one) => one !== null);
    expect(others).toEqual([]);
    await first!.release();
    expect(await readdir(join(path, '..'))).toEqual([]);
  }
});

test.each([
  ['a program that has ended', hostname(), ended(), 0, true],
  ['a program that is there', hostname(), process.ppid, 0, false],
  ['a program that stands still', hostname(), process.ppid, 3_600_000, false],
  ['a program of the same number that was before this one', hostname(), process.pid, 0, true],
  ['a program before the machine was started', hostname(), process.ppid, 4e11, true],
  ['a program of another machine', 'elsewhere', 1, 20_000, false],
  ['one of another machine that was not heard of for a minute', 'elsewhere', 1, 70_000, true],
])('%s', async (_, host, pid, ago, isGone) => {
  await heldBy(host, pid, ago);
  expect(await holderOf(path)).toEqual(isGone ? null : { host, pid });
  expect((await hold(path)) !== null).toBe(isGone);
});

test('who lets go takes nothing away from another', async () => {
  const first = await hold(path);
  await writeFile(path, 'elsewhere 1 0b7e');
  await first!.release();
  expect(await readFile(path, 'utf8')).toBe('elsewhere 1 0b7e');
});

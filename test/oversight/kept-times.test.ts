import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Execution } from '../../src/dkron/shapes.ts';
import { fillTimes } from '../../src/oversight/fill-times.ts';
import { openTimes } from '../../src/oversight/kept-times.ts';
import { aJob, anExecution } from '../support/jobs.ts';

const now = Date.parse('2026-11-21T14:31:29Z');

async function aFile() {
  const folder = await mkdtemp(join(tmpdir(), 'times-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'cluster', 'run-times.json');
  return { path, file: openTimes(path) };
}

it('comes back as it was kept, for its owner only, the later of what was read twice', async () => {
  const { path, file } = await aFile();
  expect((await file.read()).size).toBe(0);
  await file.keep(new Map([['__proto__', { at: now, ends: 3, runs: [5, -7] }]]), now);
  await file.keep(new Map([['a', { at: now, ends: 1, runs: [4] }]]), now);
  await file.keep(new Map([['a', { at: now - 1, ends: 0, runs: [] }]]), now);
  expect([...(await file.read())].sort()).toEqual([
    ['__proto__', { at: now, ends: 3, runs: [5, -7] }],
    ['a', { at: now, ends: 1, runs: [4] }],
  ]);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

it('forgets what was read two months ago, and leaves out what it does not understand', async () => {
  const { path, file } = await aFile();
  const old = now - 61 * 86_400_000;
  await file.keep(new Map([['a', { at: old, ends: 1, runs: [4] }]]), now);
  expect(await readFile(path, 'utf8')).toBe('{"version":1,"jobs":[]}');
  await writeFile(path, `{"version":1,"jobs":[["b",${now},1,2],["c","x"],7]}`);
  expect([...(await file.read()).keys()]).toEqual(['b']);
  await writeFile(path, 'no JSON');
  expect((await file.read()).size).toBe(0);
});

const ran = { last_success: '2026-11-21T14:00:00Z', success_count: 5 };
const run = (took: number): Execution =>
  anExecution({
    started_at: '2026-11-21T14:00:00Z',
    finished_at: new Date(Date.parse('2026-11-21T14:00:00Z') + took).toISOString(),
  });

/** A server that takes a second for the executions of a job. */
function slowServer() {
  const asked: string[] = [];
  let at = now;
  const dkron = {
    executions: async (name: string) => {
      asked.push(name);
      at += 1_000;
      return { value: [run(2_000)], whom: null };
    },
  };
  return { asked, dkron, clock: () => at };
}

it('learns what is not known first, then what was read long ago, and no more than there is time for', async () => {
  const { file } = await aFile();
  await file.keep(
    new Map([
      ['fresh', { at: now - 60_000, ends: 1, runs: [1] }],
      ['same', { at: now - 3_600_000, ends: 5, runs: [1] }],
      ['old', { at: now - 3_600_000, ends: 1, runs: [1] }],
    ]),
    now,
  );
  const jobs = ['fresh', 'same', 'old', 'new', 'newer'].map((name) => aJob({ name, ...ran }));
  const { asked, dkron, clock } = slowServer();
  const { signal } = new AbortController();
  const options = { file, signal, now: clock, budget: 2_000 };
  const filled = await fillTimes(dkron, [...jobs, aJob({ name: 'never' })], options);
  expect(asked).toEqual(['new', 'newer']);
  expect(filled.unread).toBe(1);
  expect(filled.times.get('new')?.runs).toEqual([2_000]);
  const again = await fillTimes(dkron, jobs, options);
  expect(asked).toEqual(['new', 'newer', 'old']);
  expect([again.unread, again.times.size]).toEqual([0, 5]);
});

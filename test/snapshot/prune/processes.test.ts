import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { exists } from '../../../src/config/files.ts';
import { longest } from '../../../src/config/lease.ts';
import { listSnapshots } from '../../../src/snapshot/archive/list.ts';
import { isManifest } from '../../../src/snapshot/archive/manifest.ts';
import { snapshotName } from '../../../src/snapshot/archive/name.ts';
import { verifyEach } from '../../../src/snapshot/verify/verify.ts';
import { json, serve } from '../../dkron/scripted.ts';
import { bundled } from '../../support/bundle.ts';
import { compiledOnce } from '../../support/compiled-once.ts';
import { aJob } from '../../support/jobs.ts';
import { putSnapshot } from '../../support/snapshots.ts';

const jobs = [aJob({ name: 'a' }), aJob({ name: 'b' })];
const program = await bundled(new URL('../../support/program.ts', import.meta.url));

/** One each hour, oldest first. */
const hours = Array.from({ length: 60 }, (_, at) => new Date(Date.UTC(2026, 10, 1, at)));
const names = hours.map((hour) => snapshotName(hour));
const kept = names.slice(-10);

const putAll = async (folder: string): Promise<void> => {
  for (const hour of hours)
    await putSnapshot(folder, snapshotName(hour), jobs, {
      taken: hour.toISOString(),
      kind: 'scheduled',
    });
};

let folder: string;
let home: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prune-processes-'));
  home = await mkdtemp(join(tmpdir(), 'prune-home-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  onTestFinished(() => rm(home, { recursive: true }));
  await putAll(folder);
});

const start = (...words: string[]): ChildProcess =>
  spawn(process.execPath, [program, ...words], {
    env: {
      ...{ HOME: home, XDG_DATA_HOME: home, XDG_STATE_HOME: home, XDG_CONFIG_HOME: home },
      // To compile it takes most of a start.
      NODE_COMPILE_CACHE: compiledOnce(),
    },
  });

const prune = (): ChildProcess => start('prune', '--folder', folder, '--keep-last', '10', '--yes');

async function ended(child: ChildProcess) {
  let said = '';
  child.stderr!.on('data', (part) => (said += part));
  child.stdout!.on('data', (part) => (said += part));
  const [code] = await once(child, 'close');
  return { code, said };
}

/** The names of the snapshots, each of them proven by its manifest. */
async function proven(): Promise<string[]> {
  const files = await listSnapshots(folder);
  const verdicts = await verifyEach(files.map(({ path }) => path));
  expect(verdicts.filter(({ verdict }) => verdict !== 'proven')).toEqual([]);
  return files.map(({ name }) => name).sort();
}

const turnsIn = async (): Promise<string[]> =>
  (await readdir(join(folder, '.index'))).filter((name) => name.endsWith('.turn'));

/** As if whoever was killed had begun its turn only now. */
async function renewTurns(): Promise<void> {
  const now = new Date();
  for (const name of await turnsIn()) await utimes(join(folder, '.index', name), now, now);
}

/** What is there besides snapshots and their manifests, and manifests alone. */
async function leftovers(): Promise<string[]> {
  const files = await readdir(folder);
  const there = new Set(files);
  const alone = files.filter((name) =>
    isManifest(name) ? !there.has(name.slice(0, -'.manifest.json'.length)) : name.endsWith('.part'),
  );
  return [...alone, ...(await turnsIn())];
}

test('two that thin out and one that takes a snapshot at once are in no other’s way', async () => {
  const { url } = await serve(({ path }) =>
    path === '/v1/jobs' ? json(jobs, { 'x-total-count': '2' }) : { status: 404, body: '' },
  );
  const all = [prune(), prune(), start('backup', folder, '--url', url)].map(ended);
  for (const { code, said } of await Promise.all(all)) expect(code, said).toBe(0);
  const left = await proven();
  expect(left).toHaveLength(11);
  expect(left).toEqual(expect.arrayContaining(kept));
  expect(await leftovers()).toEqual([]);
});

// Who waits for the turn of one that is gone takes longer than it lasts.
test('killed at any moment, it harms nothing that stays, and the next one goes on at once', {
  timeout: 60_000,
}, async () => {
  for (let round = 0; round < 4; round++) {
    const began = performance.now();
    const child = prune();
    const over = ended(child);
    // From its first removal on, which is of the newest that goes.
    while (child.exitCode === null && (await exists(join(folder, names.at(-11)!)))) await sleep(1);
    expect(performance.now() - began).toBeLessThan(longest);
    await sleep(Math.random() * 20);
    child.kill('SIGKILL');
    await over;
    expect(await proven()).toEqual(expect.arrayContaining(kept));
    if (round < 3) await putAll(folder);
    await renewTurns();
  }
  const began = performance.now();
  const { code, said } = await ended(prune());
  expect(code, said).toBe(0);
  expect(performance.now() - began).toBeLessThan(longest);
  expect(await proven()).toEqual(kept);
});

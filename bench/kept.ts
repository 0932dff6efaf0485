/** Servers with so many jobs. Of many, which take minutes to load, the data is kept for the next run. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { rests } from './rest.ts';
import { type BenchServer, kept, loadJobs, startServer } from './server.ts';

/** So many jobs and more are loaded once. */
const many = 10_000;

export async function serverWith(jobs: number): Promise<BenchServer> {
  const data = kept(jobs);
  if (data === null || jobs < many) return loaded(jobs);
  if (!existsSync(data)) await keep(jobs, data);
  process.stderr.write(`a server with ${jobs} jobs, of ${data} …\n`);
  const copy = mkdtempSync(join(tmpdir(), 'dkron-'));
  cpSync(data, copy, { recursive: true });
  const server = await startServer(copy);
  await hasJobs(server.url, jobs);
  await rests(server);
  return server;
}

async function loaded(jobs: number, data?: string): Promise<BenchServer> {
  process.stderr.write(`loading ${jobs} jobs …\n`);
  const server = await startServer(data);
  await loadJobs(server.url, 0, jobs);
  return server;
}

/** Loads them, and keeps the data once Dkron has made a snapshot of them, which it reads quicker than its log. */
async function keep(jobs: number, data: string): Promise<void> {
  mkdirSync(dirname(data), { recursive: true });
  const half = mkdtempSync(`${data}.`);
  const server = await loaded(jobs, half);
  const snapshots = join(half, 'raft', 'snapshots');
  for (let waited = 0; waited < 300 && !hasSnapshot(snapshots); waited++) await sleep(1_000);
  await server.stop({ keep: true });
  rmSync(data, { recursive: true, force: true });
  renameSync(half, data);
}

const hasSnapshot = (folder: string): boolean =>
  existsSync(folder) && readdirSync(folder).some((name) => !name.endsWith('.tmp'));

/** A server that was started again takes its log up from the start while it answers already. */
async function hasJobs(url: string, jobs: number): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/v1/jobs?_start=0&_end=1`);
    await answer.text();
    if (Number(answer.headers.get('x-total-count')) >= jobs) return;
    await sleep(500);
  }
}

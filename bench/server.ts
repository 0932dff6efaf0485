import { homedir } from 'node:os';
import { join } from 'node:path';
import { startDemo } from '../src/demo/server.ts';
import { realDkrons } from '../test/support/dkron.ts';
import { benchJob } from './jobs.ts';

export interface BenchServer {
  readonly url: string;
  /** Of the server's first process; null where it runs in this one. */
  readonly pid: number | null;
  stop(options?: { readonly keep: boolean }): Promise<void>;
}

const [real] = realDkrons();

/** Which server the numbers are of. */
export const serverName = real ? `Dkron ${real.version}` : 'the demo server (no Dkron at hand)';

/** Before a bench has a home of its own. */
const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');

/** Where the data of a Dkron with so many jobs is kept; the jobs are others every month. */
export const kept = (jobs: number): string | null =>
  real
    ? join(cache, 'dkron', `bench-${real.version}-${jobs}-${new Date().getUTCMonth() + 1}`)
    : null;

/** A server with this data, else an empty one: the newest real Dkron at hand, else the demo server. */
export async function startServer(data?: string): Promise<BenchServer> {
  if (real) return real.start(data === undefined ? {} : { data });
  const demo = await startDemo({ empty: true });
  return { url: demo.url, pid: null, stop: () => demo.close() };
}

const chunk = 1_000;
const atOnce = 4;

/** Puts jobs `from` to `to` on the server the fastest way there is, which only a bench may use. */
export async function loadJobs(url: string, from: number, to: number): Promise<void> {
  let next = from;
  const lane = async (): Promise<void> => {
    while (next < to) {
      const start = next;
      next += chunk;
      await restoreDirectly(url, jobsBetween(start, Math.min(start + chunk, to)));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

const jobsBetween = (from: number, to: number): unknown[] =>
  Array.from({ length: to - from }, (_, at) => benchJob(from + at));

/** `POST /v1/restore` of a whole list. */
async function restoreDirectly(url: string, jobs: unknown[]): Promise<void> {
  const form = new FormData();
  form.set('file', new Blob([JSON.stringify(jobs)]), 'jobs.json');
  const answer = await fetch(`${url}/v1/restore`, { method: 'POST', body: form });
  const text = await answer.text();
  if (answer.status !== 200 || text.includes('fail create'))
    throw new Error(`${url}/v1/restore answered ${answer.status}: ${text.slice(0, 200)}`);
}

/** Writes one job, as it is or as another. */
export async function putJob(url: string, job: Readonly<Record<string, unknown>>): Promise<void> {
  const answer = await fetch(`${url}/v1/jobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(job),
  });
  if (answer.status !== 201)
    throw new Error(`${url} did not take ${job['name']}: ${answer.status} ${await answer.text()}`);
  await answer.text();
}

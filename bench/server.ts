import { startDemo } from '../src/demo/server.ts';
import { realDkrons } from '../test/support/dkron.ts';
import { benchJob } from './jobs.ts';

export interface BenchServer {
  readonly url: string;
  stop(): Promise<void>;
}

const [real] = realDkrons();

/** Which server the numbers are of. */
export const serverName = real ? `Dkron ${real.version}` : 'the demo server (no Dkron at hand)';

/** An empty server: the newest real Dkron at hand, else the demo server. */
export async function startServer(): Promise<BenchServer> {
  if (real) return real.start();
  const demo = await startDemo({ empty: true });
  return { url: demo.url, stop: () => demo.close() };
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

export const jobsBetween = (from: number, to: number): unknown[] =>
  Array.from({ length: to - from }, (_, at) => benchJob(from + at));

/** `POST /v1/restore` of a whole list. */
export async function restoreDirectly(url: string, jobs: unknown[]): Promise<void> {
  const form = new FormData();
  form.set('file', new Blob([JSON.stringify(jobs)]), 'jobs.json');
  const answer = await fetch(`${url}/v1/restore`, { method: 'POST', body: form });
  const text = await answer.text();
  if (answer.status !== 200 || text.includes('fail create'))
    throw new Error(`${url}/v1/restore answered ${answer.status}: ${text.slice(0, 200)}`);
}

/** A demo server with a journal of its own, and what may happen to it while it is changed. */
import { onTestFinished } from 'vitest';
import { startDemo } from '../../src/demo/server.ts';
import { definition } from '../../src/job/compare.ts';
import type { Job } from '../../src/job/job.ts';
import { openJournal, type PastChange } from '../../src/journal/file.ts';
import { listSnapshots } from '../../src/snapshot/archive/list.ts';
import { readManifest } from '../../src/snapshot/archive/manifest.ts';
import { places } from '../cli/run.ts';
import { type Came, drop, type Scripted, serve } from '../dkron/scripted.ts';
import { forward } from '../support/forward.ts';
import { aDefinition, type Definition } from '../support/jobs.ts';
import { keptAt } from '../support/kept.ts';
import { aNodeName } from '../support/node-name.ts';
import { ask } from '../support/servers.ts';

const daily = (fields: Definition): Definition => aDefinition({ schedule: '@daily', ...fields });

/** So many that a single job is read by itself, and not out of the list. */
const others = Array.from({ length: 6 }, (_, at) =>
  daily({ name: `x-${String(at).padStart(2, '0')}` }),
);

const jobs: readonly Definition[] = [
  daily({ name: 'a' }),
  daily({ name: 'b', disabled: true }),
  daily({ name: 'c', retries: 2 }),
  daily({
    name: 'h',
    executor: 'http',
    executor_config: { method: 'POST', url: 'http://127.0.0.1:1/', body: '{}' },
  }),
  daily({ name: 'root' }),
  daily({ name: 'child', parent_job: 'root', schedule: '' }),
  ...others,
];

/** What happens to the server once a change is on its way. */
export type Mishap =
  /** Somebody else writes these fields of a job. */
  | { readonly write: Definition }
  /** Somebody else deletes a job. */
  | { readonly delete: string }
  /** The cluster loses its leader: reads go on. */
  | 'no leader';

export interface World {
  readonly url: string;
  /** What is to happen at the next change, between its plan and its request; `isShown`: the jobs were listed already. */
  expect(mishap: Mishap, isShown: boolean): void;
  /** All that was left there: what came, what the jobs are now, what the journal keeps of it. */
  traces(): Promise<Traces>;
}

export interface Traces {
  readonly requests: readonly unknown[];
  readonly jobs: readonly unknown[];
  readonly journal: readonly unknown[];
  /** What was saved of the jobs before. */
  readonly snapshots: readonly unknown[];
}

export async function startWorld(): Promise<World> {
  const demo = await startDemo({ empty: true, name: aNodeName() });
  onTestFinished(() => demo.close());
  const post = (job: Definition) => ask(`${demo.url}/v1/jobs`, 'POST', job);
  for (const job of jobs) await post(job);
  let happen: (() => Promise<void>) | null = null;
  let happened: Promise<void> | null = null;
  let leaderless = false;
  const changes: Came[] = [];

  let listed = false;
  /** The fresh read of a job, or the change itself: the plan was made before, from the whole list. */
  const isBegun = ({ method, path }: Came): boolean => {
    listed ||= path === '/v1/jobs';
    return method !== 'GET' || (listed && /^\/v1\/jobs\/[^/?]+$/.test(path));
  };

  async function befall(mishap: Mishap): Promise<void> {
    if (mishap === 'no leader') leaderless = true;
    else if ('delete' in mishap)
      await ask(`${demo.url}/v1/jobs/${mishap.delete}`, 'DELETE').catch(() => null);
    else {
      const { write } = mishap;
      const before = await ask<Job>(`${demo.url}/v1/jobs/${write.name}`).catch(() => null);
      await post(before === null ? daily(write) : { ...definition(before), ...write }).catch(
        unlessPaused,
      );
    }
  }

  function withoutLeader({ method, path }: Came): Scripted | null {
    if (path === '/v1/leader') return { status: 500, body: 'null' };
    if (method === 'POST' && path === '/v1/jobs')
      return { status: 500, body: '"raft: node is not the leader"' };
    // A node asks nobody before it is paused.
    return method === 'GET' || /pause$/.test(path) ? null : { status: 500 };
  }

  const { url } = await serve((came) => async (response): Promise<void> => {
    if (came.method !== 'GET') changes.push(came);
    if (isBegun(came)) happened ??= happen?.() ?? null;
    await happened;
    const refusal = leaderless ? withoutLeader(came) : null;
    if (refusal !== null) {
      response.writeHead(refusal.status ?? 200, { 'x-whom': 'n1' });
      response.end(refusal.body ?? '');
      return;
    }
    const answer = await forward(demo.url, came).catch(() => null);
    // The test is over.
    if (answer === null) {
      drop(response);
      return;
    }
    response.writeHead(answer.status, answer.headers);
    response.end(answer.text);
  });

  return {
    url,
    expect: (mishap, isShown) => {
      listed = isShown;
      happen = () => befall(mishap);
    },
    async traces() {
      const kept = await keptAt(places, url);
      const past = await openJournal(kept.journal).changes();
      const stored = await ask<Job[]>(`${demo.url}/v1/jobs`);
      return {
        requests: changes.map(({ method, path, body }) => ({ method, path, body })).sort(byText),
        jobs: stored.map(definition),
        journal: past.map((change) => noted(change, past, url)).sort(byText),
        snapshots: await savedIn(kept.snapshots),
      };
    },
  };
}

/** The kind and the jobs of each snapshot. */
async function savedIn(folder: string): Promise<unknown[]> {
  const files = await listSnapshots(folder);
  const manifests = await Promise.all(files.map(({ path }) => readManifest(path)));
  return manifests.map((manifest) => [manifest?.kind, manifest?.lines.map(({ name }) => name)]);
}

/** A node that is paused takes it from nobody. */
function unlessPaused(error: unknown): void {
  if (!/currently paused/.test(String(error))) throw error;
}

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

/** A change without its ids and times; operations are numbered as they came. */
function noted(
  { job, action, before, sent, operation, safety, result }: PastChange,
  all: readonly PastChange[],
  url: string,
) {
  const operations = [...new Set(all.map((change) => change.operation))];
  return {
    job,
    action,
    before: definitionOf(before),
    sent: definitionOf(sent),
    operation: operations.indexOf(operation),
    isSafe: safety !== undefined,
    outcome: result?.outcome,
    after: definitionOf(result?.after),
    error: result?.error?.replaceAll(url, 'SERVER'),
  };
}

const definitionOf = (text: string | null | undefined) =>
  text ? definition(JSON.parse(text) as Job) : text;

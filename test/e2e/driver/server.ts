/** A server as a scenario sees it, behind the console's back. */
import { afterAll, beforeAll, describe } from 'vitest';
import { atLeast } from '../../../src/base/dkron-version.ts';
import { DKRON_VERSION } from '../../../src/demo/node.ts';
import { definition } from '../../../src/job/compare.ts';
import type { Job } from '../../../src/job/job.ts';
import type { Executor } from '../../support/dkron.ts';
import { aDefinition, type Definition } from '../../support/jobs.ts';
import {
  ask,
  demoServer,
  type RunningServer,
  servers,
  type TestServer,
} from '../../support/servers.ts';
import { sharedServer } from './shared.ts';

type Scenarios = (server: Server) => void;

/** On the demo server and on each real Dkron at hand, each without jobs at first. */
export const onEachServer = (scenarios: Scenarios): void => onThose(servers(), scenarios);

/** On those of them that have the executor, and are of that version or a newer one. */
export const onEachServerWith = (
  executor: Executor,
  scenarios: Scenarios,
  { from = '0.0.0' }: { readonly from?: string } = {},
): void =>
  onThose(
    servers().filter(({ runs, version }) => runs.includes(executor) && atLeast(version, from)),
    scenarios,
  );

function onThose(those: readonly TestServer[], scenarios: Scenarios): void {
  describe.each(those)('on $name', (one) => {
    scenarios(hooked(new Server(() => sharedServer(one), one.version)));
  });
}

/** The demo server for the scenarios beside it: with jobs of its own, or only those. */
export function demo(jobs?: readonly Definition[]): Server {
  const start = (port?: number) =>
    demoServer({ empty: jobs !== undefined, ...(port !== undefined && { port }) });
  return hooked(new Server(start), jobs);
}

function hooked(server: Server, jobs: readonly Definition[] = []): Server {
  beforeAll(async () => {
    await server.start();
    await server.put(...jobs);
  });
  afterAll(() => server.stop());
  return server;
}

export class Server {
  /** The Dkron it is, or answers as. */
  readonly version: string;
  readonly #start: (port?: number) => Promise<RunningServer>;
  #running: RunningServer | null = null;
  #url = '';

  constructor(start: (port?: number) => Promise<RunningServer>, version = DKRON_VERSION) {
    this.#start = start;
    this.version = version;
  }

  /** Known once it has started, and the same when it starts again. */
  get url(): string {
    if (this.#url === '') throw new Error('a server starts before the first test, not earlier');
    return this.#url;
  }

  async start(): Promise<void> {
    this.#running = await this.#start(
      this.#url === '' ? undefined : Number(new URL(this.#url).port),
    );
    this.#url = this.#running.url;
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
    this.#running = null;
  }

  /** Puts jobs on it: every 24 h, and nothing to do, unless told. */
  async put(...definitions: readonly Definition[]): Promise<void> {
    for (const one of definitions) await ask(`${this.url}/v1/jobs`, 'POST', aDefinition(one));
  }

  /** Deletes jobs, in this order. */
  async delete(...names: readonly string[]): Promise<void> {
    for (const name of names) await ask(`${this.url}/v1/jobs/${name}`, 'DELETE');
  }

  job(name: string): Promise<Job> {
    return ask<Job>(`${this.url}/v1/jobs/${name}`);
  }

  jobs(): Promise<Job[]> {
    return ask<Job[]>(`${this.url}/v1/jobs?_sort=name`);
  }

  /** What operators own of its jobs. */
  async definitions() {
    return (await this.jobs()).map(definition);
  }

  async runs(name: string): Promise<unknown[]> {
    return (await ask<unknown[] | null>(`${this.url}/v1/jobs/${name}/executions`)) ?? [];
  }

  busy(): Promise<unknown[]> {
    return ask(`${this.url}/v1/busy`);
  }

  async post(path: string): Promise<void> {
    await ask(`${this.url}/v1/${path}`, 'POST');
  }
}

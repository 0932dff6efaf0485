/** A Dkron 4.1.2 in this process, on a loopback port: for `--demo`, for tests and for `demo`. */
import { createServer } from 'node:http';
import { startCacheManager } from './cache-manager.ts';
import { createClock } from './clock.ts';
import { createExecutor } from './executor.ts';
import type { Job } from './job.ts';
import { listen, stop } from './listen.ts';
import { nextOf } from './next.ts';
import { demoNode, type Node } from './node.ts';
import { Runner } from './run.ts';
import { Scheduler } from './scheduler.ts';
import { seed } from './seed.ts';
import { State } from './state.ts';
import { Store } from './store.ts';
import { forThisMachine } from './this-machine.ts';
import { listener } from './web.ts';

export interface DemoOptions {
  /** The port to listen on, on 127.0.0.1; a free one without it. */
  readonly port?: number;
  /** What its node is called; `demo` unless told. */
  readonly name?: string;
  /** Start without jobs, and without the cache manager that they call. */
  readonly empty?: boolean;
  /** Nanoseconds since 1970, in place of the machine's clock. */
  readonly now?: () => bigint;
}

export interface DemoServer {
  readonly url: string;
  /** Ends all runs and connections. */
  close(): Promise<void>;
}

/** Starts a single leader. Rejects with the error of `listen`, such as EADDRINUSE. */
export async function startDemo(options: DemoOptions = {}): Promise<DemoServer> {
  const closing = new AbortController();
  const node = demoNode(options.name);
  const state = createState(node, createClock(options.now), closing.signal);
  const server = createServer(forThisMachine(listener(state)));
  const url = await listen(server, options.port ?? 0);
  node.serf = Number(new URL(url).port);
  const manager = options.empty === true ? undefined : await startCacheManager(closing.signal);
  if (manager !== undefined) seed(state, manager.url);
  return {
    url,
    async close() {
      closing.abort();
      state.scheduler.stop();
      await Promise.all([stop(server), manager?.close()]);
    },
  };
}

function createState(node: Node, clock: () => bigint, closed: AbortSignal): State {
  const store = new Store((job) => nextOf(job, clock()));
  const scheduler: Scheduler = new Scheduler(clock, (job: Job) => void runner.trigger(job));
  const execute = createExecutor(closed);
  const runner = new Runner({ store, scheduler, node, clock, execute, closed });
  return new State({ node, store, scheduler, runner, clock });
}

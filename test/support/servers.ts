/** The servers that whole-program tests run against: the demo server, and each real Dkron at hand. */
import { type Dispatcher, request } from 'undici';
import { DKRON_VERSION } from '../../src/demo/node.ts';
import { type DemoOptions, startDemo } from '../../src/demo/server.ts';
import { type Executor, realDkrons } from './dkron.ts';

export interface RunningServer {
  readonly url: string;
  stop(): Promise<void>;
}

export interface TestServer {
  readonly name: string;
  /** A Dkron, and not the demo server. */
  readonly real: boolean;
  /** The Dkron it is, or answers as. */
  readonly version: string;
  /** What it can run jobs with. */
  readonly runs: readonly Executor[];
  /** Starts it without jobs. */
  start(): Promise<RunningServer>;
}

/** The servers of this machine; the demo server is always one. */
export function servers(): TestServer[] {
  const start = () => demoServer({ empty: true });
  const demo = {
    name: 'the demo server',
    real: false,
    version: DKRON_VERSION,
    runs: ['http', 'shell'] as const,
    start,
  };
  const real = realDkrons().map((dkron) => ({
    name: `Dkron ${dkron.version}`,
    real: true,
    ...dkron,
  }));
  return [demo, ...real];
}

/** A demo server with its forty jobs, or empty; on the port, or on a free one. */
export async function demoServer(
  options: Pick<DemoOptions, 'empty' | 'port' | 'name'> = {},
): Promise<RunningServer> {
  const { url, close } = await startDemo(options);
  return { url, stop: close };
}

/** Asks a server for JSON; throws with its answer when it refuses. Takes half the time of `fetch`. */
export async function ask<T>(
  url: string,
  method: Dispatcher.HttpMethod = 'GET',
  body?: unknown,
): Promise<T> {
  const answer = await request(url, {
    method,
    body: body === undefined ? null : JSON.stringify(body),
    headers: { 'Content-Type': 'application/json' },
  });
  const text = await answer.body.text();
  if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.statusCode} ${text}`);
  return JSON.parse(text) as T;
}

/** A server behind a door-keeper that writes down what comes. */
import { onTestFinished } from 'vitest';
import { startDemo } from '../../src/demo/server.ts';
import { type Came, serve } from '../dkron/scripted.ts';
import { forward } from './forward.ts';
import { aDefinition, type Definition } from './jobs.ts';
import { aNodeName } from './node-name.ts';
import { ask } from './servers.ts';

export interface CountedServer {
  readonly url: string;
  /** All requests, as they came. */
  readonly came: readonly Came[];
  /** The requests that may change something, as `POST /v1/jobs`. */
  readonly changes: () => string[];
  /** How many requests came. */
  readonly count: () => number;
  /** From now on another server answers at the same address. */
  readonly turnTo: (url: string) => void;
  /** Once the server behind has answered all that came, also what nobody waits for any more. */
  readonly rests: () => Promise<void>;
  /** From now on this is what is answered to a GET of the path. */
  readonly answer: (path: string, value: unknown) => void;
}

/** A demo server with these jobs, which nothing runs by itself, until the test is finished. */
export async function countedServer(...jobs: readonly Definition[]): Promise<CountedServer> {
  const demo = await startDemo({ empty: true, name: aNodeName() });
  onTestFinished(() => demo.close());
  for (const job of jobs)
    await ask(`${demo.url}/v1/jobs`, 'POST', aDefinition({ schedule: '@manually', ...job }));
  return counted(demo.url);
}

/** Counts at the door of a server that runs already. */
export async function counted(server: string): Promise<CountedServer> {
  let behind = server;
  const answers = new Map<string, unknown>();
  const underWay = new Set<Promise<unknown>>();
  const { url, came } = await serve((one) => async (response) => {
    if (answers.has(one.path)) {
      response.writeHead(200, {
        'content-type': 'application/json; charset=utf-8',
        'x-whom': 'n1',
      });
      return response.end(JSON.stringify(answers.get(one.path)));
    }
    const forwarded = forward(behind, one).catch(() => null);
    underWay.add(forwarded);
    const answer = await forwarded;
    underWay.delete(forwarded);
    // The test has ended, and the server with it.
    if (answer === null) return response.destroy();
    response.writeHead(answer.status, answer.headers);
    return response.end(answer.text);
  });
  return {
    url,
    came,
    count: () => came.length,
    rests: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    answer: (path, value) => void answers.set(path, value),
    turnTo: (url) => {
      behind = url;
    },
    changes: () =>
      came.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`),
  };
}

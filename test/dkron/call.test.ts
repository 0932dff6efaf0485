import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createClient, type Dkron } from '../../src/dkron/client.ts';
import { type Route, routeTo } from '../../src/dkron/route.ts';
import { aJob } from '../support/jobs.ts';
import { serve } from './scripted.ts';

/** A client by a route that must not be broken off, of a server whose answer the test gives. */
async function slowly(more: Partial<Route> = { drains: true }) {
  const asked = Promise.withResolvers<ServerResponse>();
  const { url } = await serve(() => asked.resolve);
  const client = createClient({ route: { ...routeTo(url), ...more } });
  onTestFinished(() => client.close());
  return { client, url, response: asked.promise };
}

/** Whether the whole answer went out, or the connection was broken off before. */
async function fate(response: ServerResponse): Promise<'whole' | 'broken off'> {
  await once(response, 'close');
  return response.writableFinished ? 'whole' : 'broken off';
}

const job = JSON.stringify(aJob({ id: 'a', name: 'a' }));
const much = 'x'.repeat(2_000_000);

/** Reads the list until the signal, and gives what came of that. */
const listOf = (client: Dkron, signal: AbortSignal): Promise<unknown> =>
  Array.fromAsync(client.jobs({ signal })).catch((error: unknown) => error);

describe.each([
  ['by a route that drains', true, 'whole'],
  ['by any other', false, 'broken off'],
] as const)('an answer that is given up, %s', (_, drains, what) => {
  it('before it begins', async () => {
    const { client, response } = await slowly({ drains });
    const leaving = new AbortController();
    const list = listOf(client, leaving.signal);
    const answer = await response;
    const end = fate(answer);
    leaving.abort(new Error('left'));
    expect(await list).toEqual(new Error('left'));
    if (drains) answer.end(`[${job}]${much}`);
    expect(await end).toBe(what);
  });

  it('in the middle', async () => {
    const { client, response } = await slowly({ drains });
    const leaving = new AbortController();
    const list = listOf(client, leaving.signal);
    const answer = await response;
    const end = fate(answer);
    answer.write(`[${job},`);
    await new Promise((done) => setTimeout(done, 20));
    leaving.abort(new Error('left'));
    expect(await list).toEqual(new Error('left'));
    if (drains) answer.end(much);
    expect(await end).toBe(what);
  });

  it('because enough has come', async () => {
    const { client, response } = await slowly({ drains });
    const first = (async () => {
      for await (const { job } of client.jobs()) return job.name;
      return null;
    })();
    const answer = await response;
    const end = fate(answer);
    answer.write(`[${job},{`);
    expect(await first).toBe('a');
    if (drains) answer.end(much);
    expect(await end).toBe(what);
  });
});

it('breaks off what is too much to read into nothing', async () => {
  const { client, response } = await slowly();
  const leaving = new AbortController();
  const list = listOf(client, leaving.signal);
  const answer = await response;
  const end = fate(answer);
  leaving.abort();
  await list;
  const flood = (): void => {
    while (!answer.destroyed && answer.write(much));
    if (!answer.destroyed) answer.once('drain', flood);
  };
  flood();
  expect(await end).toBe('broken off');
});

it('tells the route of all that comes', async () => {
  const heard: string[] = [];
  const { client, url, response } = await slowly({ heard: (origin) => heard.push(origin) });
  const list = listOf(client, new AbortController().signal);
  const answer = await response;
  answer.write(`[${job},`);
  await new Promise((done) => setTimeout(done, 20));
  answer.end(`${job}]`);
  await list;
  expect(new Set(heard)).toEqual(new Set([url]));
  expect(heard.length).toBeGreaterThanOrEqual(3);
});

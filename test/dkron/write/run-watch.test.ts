import { expect, it, onTestFinished } from 'vitest';
import { OutcomeUnknown } from '../../../src/base/errors.ts';
import { createClient } from '../../../src/dkron/client.ts';
import { unanswered } from '../../../src/dkron/write/run-watch.ts';
import { drop, json, type Scripted, serve } from '../scripted.ts';

const run = (id: string, finished: boolean) => ({
  id,
  job_name: 'job',
  started_at: '2026-11-23T07:00:00Z',
  finished_at: finished ? '2026-11-23T07:00:01Z' : '0001-01-01T00:00:00Z',
  success: true,
  node_name: 'n1',
  attempt: 1,
});

/** What a server shows of the executions at one look after the other, and when it was looked. */
async function watch(...looks: (Scripted | typeof drop)[]) {
  const server = await serve(({ path }) =>
    path === '/v1/busy' ? json([]) : (looks.shift() ?? json([])),
  );
  const client = createClient({ url: server.url });
  const watching = new AbortController();
  onTestFinished(async () => {
    watching.abort();
    await client.close();
  });
  let now = 0;
  const at: number[] = [];
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms;
      at.push(now);
    },
  };
  const before = new Set(['old']);
  const error = await unanswered(client, 'job', { before, clock, signal: watching.signal });
  return { error, at, left: looks.length };
}

const old = run('old', true);
const under = json([run('new', false), old]);
const ended = json([run('new', true), old]);

it('looks ever more seldom, until the run has ended', async () => {
  const { error, at, left } = await watch(under, under, under, ended, under);
  expect(error).toBeInstanceOf(OutcomeUnknown);
  expect(left).toBe(1);
  expect(at).toEqual([10_000, 15_000, 20_000, 25_000]);
});

it('looks once a minute at a run of hours', async () => {
  const { at } = await watch(...Array.from({ length: 100 }, () => under), ended);
  expect(at.at(-1)! - at.at(-2)!).toBe(60_000);
});

it('tells a connection that leads nowhere from a run that goes on', async () => {
  const { error, left } = await watch(drop, drop, drop, drop, drop, drop, under, ended, under);
  expect(error.message).toMatch(/does not answer the request to run job$/);
  expect(left).toBe(1);
});

it('gives up a run that never shows, after five looks', async () => {
  const none = json([old]);
  const { at } = await watch(none, none, under, none, none, none, none, none, under);
  expect(at).toHaveLength(8);
});

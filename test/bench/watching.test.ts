import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eachOf, oneByOne } from '../../bench/bench.ts';
import { countingProxy, pathAsked } from '../../bench/proxy.ts';
import { stopsOf } from '../../bench/stops.ts';
import { asWaterfall, mediansOf } from '../../bench/waterfall.ts';

describe('the line that counts', () => {
  it('knows a request by its first bytes', () => {
    expect(pathAsked(Buffer.from('GET /v1/jobs?a=b HTTP/1.1\r\nhost: x\r\n\r\n'))).toBe(
      '/v1/jobs?a=b',
    );
    expect(pathAsked(Buffer.from('{"name":"GET /v1/jobs HTTP/1.1"}'))).toBeNull();
  });

  const answer = 'x'.repeat(300_000);

  async function lineTo(rate?: number) {
    const server = createServer((_, response) => response.end(answer)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const proxy = await countingProxy(`http://127.0.0.1:${port}`, rate);
    onTestFinished(() => {
      proxy.close();
      server.closeAllConnections();
      server.close();
    });
    return proxy;
  }

  it('passes all on, and counts requests and bytes both ways', async () => {
    const proxy = await lineTo();
    for (const path of ['/v1/jobs', '/v1/jobs/one']) {
      const got = await fetch(proxy.url + path);
      expect(await got.text()).toBe(answer);
    }
    const { requests, lists, bytes } = proxy.passed();
    expect({ requests, lists }).toEqual({ requests: 2, lists: 1 });
    expect(bytes).toBeGreaterThan(600_000);
    expect(bytes).toBeLessThan(605_000);
    expect(proxy.passages.map(({ path }) => path)).toEqual(['/v1/jobs', '/v1/jobs/one']);
    for (const { askedAt, begunAt, endedAt } of proxy.passages) {
      expect(begunAt).toBeGreaterThanOrEqual(askedAt);
      expect(endedAt).toBeGreaterThanOrEqual(begunAt);
    }
  });

  it('lets no more bytes pass a second than it is told, over all connections', async () => {
    const proxy = await lineTo(3_000_000);
    const begun = performance.now();
    const answers = [fetch(proxy.url), fetch(proxy.url)].map(async (got) => (await got).text());
    expect(await Promise.all(answers)).toEqual([answer, answer]);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(200);
  });
});

it('tells the longest stop of a start from that of a watch, and none before there are rows', () => {
  const stop = (at: number, took: number) => ({ at, took, cpu: took });
  const stops = [stop(50, 900), stop(300, 40), stop(400, 60), stop(5_000, 20), stop(9_000, 10)];
  expect(stopsOf(stops, 200)).toEqual({ starting: stop(400, 60), watching: stop(5_000, 20) });
  expect(stopsOf([], 200).watching.took).toBe(0);
});

it('measures each contestant, one after the other', async () => {
  const ours = { side: 'ours', program: 'a', env: {} } as const;
  const before = { side: 'before', program: 'b', env: {} } as const;
  let running = 0;
  const measured = await oneByOne([ours, before], async ({ program }) => {
    expect(++running).toBe(1);
    await null;
    running--;
    return program;
  });
  expect(measured).toEqual({ ours: 'a', before: 'b' });
  expect(eachOf([ours], ({ program }) => program)).toEqual({ ours: 'a' });
});

describe('a waterfall', () => {
  it('has the median of what happened in more than half of the rounds', () => {
    const rounds = [{ a: 3, b: 1 }, { a: 1 }, { a: 2 }];
    expect(mediansOf(rounds)).toEqual({ a: 2 });
  });

  it('is in the order of ours', () => {
    const sides = { ours: { late: 90.4, early: 10 }, before: { early: 400, gone: 20 } };
    expect(asWaterfall(sides, 100).split('\n').slice(4)).toEqual([
      '| 10 | 400 | early |',
      '|  | 20 | gone |',
      '| 90 |  | late |',
    ]);
  });
});

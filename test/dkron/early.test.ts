import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createClient } from '../../src/dkron/client.ts';
import { askEarly, type Early } from '../../src/dkron/early.ts';
import { countedServer } from '../support/counted-server.ts';

const list = '[{"name":"ant"},{"name":"bee"}]';
const json = 'Content-Type: application/json; charset=utf-8\r\nX-Whom: n1\r\n';
const ok = `HTTP/1.1 200 OK\r\n${json}`;
const whole = `${ok}X-Total-Count: 2\r\nContent-Length: ${list.length}\r\n`;
const chunked = `${ok}Transfer-Encoding: chunked\r\n\r\n`;
const inChunks = (...parts: readonly string[]) =>
  parts.map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join('');

/** What a server answers with, whatever it is asked, and whether it closes then. */
const answers: Record<string, readonly [text: string, closes: boolean]> = {
  'a list': [`${whole}\r\n${list}`, false],
  'a list and closes': [`${whole}Connection: close\r\n\r\n${list}`, true],
  'a list and keeps the connection': [`${whole}Connection: keep-alive\r\n\r\n${list}`, false],
  'HTTP/1.0': [`HTTP/1.0 200 OK\r\n${json}\r\n${list}`, true],
  'no length, and closes': [`${ok}Connection: close\r\n\r\n${list}`, true],
  chunks: [`${chunked}${inChunks(list.slice(0, 9), list.slice(9))}0\r\n\r\n`, false],
  'a hint before': [`HTTP/1.1 100 Continue\r\n\r\n${whole}\r\n${list}`, false],
  'another length': [`${whole.replace('31', '60')}\r\n${list}`, true],
  'another count': [`${whole.replace('Count: 2', 'Count: 3')}\r\n${list}`, false],
  'half a list': [`${whole}\r\n${list.slice(0, 9)}`, true],
  'half of its chunks': [`${chunked}${inChunks(list.slice(0, 9))}`, true],
  'a chunk of no length': [`${chunked}xyz\r\n${list}\r\n`, true],
  'half a head': ['HTTP/1.1 200 OK\r\nContent-Ty', true],
  nothing: ['', true],
  'no HTTP': ['220 mail.example ESMTP\r\n', true],
  'too large a head': [`${ok}X-Pad: ${'x'.repeat(20_000)}\r\n\r\n`, true],
  'a page': [
    'HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>',
    false,
  ],
  gzip: [`${ok}Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08\x00`, false],
  'a refusal': ['HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n', false],
  'an empty answer': [`${ok}Content-Length: 0\r\n\r\n`, false],
};

async function answering([text, closes]: readonly [string, boolean]) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => (closes ? socket.end(text, 'latin1') : socket.write(text, 'latin1')));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What a client makes of the list and of what a node says of itself: names, or words. */
async function readBy(url: string, early: Early | null) {
  const client = createClient({ url, early });
  const names = Array.fromAsync(client.jobs()).then((jobs) => jobs.map(({ job }) => job.name));
  const node = client.server().then(({ value }) => value);
  const came = await Promise.allSettled([names, node]);
  await client.close();
  early?.close();
  return JSON.stringify(
    came.map((one) =>
      one.status === 'fulfilled' ? one.value : [String(one.reason), one.reason.next],
    ),
  ).replaceAll(url, 'URL');
}

async function earlyOf(url: string): Promise<Early> {
  const early = askEarly(url);
  await early.away;
  // As long as it takes to load a program.
  await sleep(30);
  return early;
}

describe('an answer to what was asked early', () => {
  it.each(Object.keys(answers))('is read like any other: %s', async (name) => {
    const url = await answering(answers[name]!);
    const usual = await readBy(url, null);
    expect(await readBy(url, await earlyOf(url))).toBe(usual);
  });

  it('is of a server that refuses connections, in the same words', async () => {
    const url = 'http://127.0.0.1:1';
    const usual = await readBy(url, null);
    expect(usual).toContain('connection refused');
    expect(await readBy(url, await earlyOf(url))).toBe(usual);
  });

  it('is told of when it comes, and given up where nobody waits any more', async () => {
    const url = await answering(['', false]);
    const early = await earlyOf(url);
    const client = createClient({ url, early });
    const read = client.server({ signal: AbortSignal.timeout(50) });
    await expect(read).rejects.toThrow(/timeout|aborted/);
    await client.close();
    early.close();
  });
});

describe('what was asked early', () => {
  it('is not asked again, and each of it is an answer once', async () => {
    const { url, came } = await countedServer({ name: 'ant' });
    const early = await earlyOf(url);
    const client = createClient({ url, early });
    const look = () =>
      Promise.all([
        Array.fromAsync(client.jobs()),
        ...[client.server(), client.leader(), client.members(), client.paused(), client.busy()],
      ]);
    const [jobs] = await look();
    expect(jobs).toHaveLength(1);
    expect(came).toHaveLength(6);
    expect(came.map(({ path }) => path).filter((path) => path === '/v1/jobs')).toHaveLength(1);
    await look();
    expect(came).toHaveLength(12);
    await client.close();
  });

  it('is no answer for another server, nor once it was closed', async () => {
    const { url } = await countedServer();
    const early = await earlyOf(url);
    expect(early.take('http://127.0.0.1:1', '/v1/jobs')).toBeNull();
    expect(early.take(`${url}/base`, '/v1/jobs')).toBeNull();
    expect(early.take(url, '/v1/jobs/ant')).toBeNull();
    early.close();
    expect(early.take(url, '/v1/jobs')).toBeNull();
  });
});

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

const names = '["ant","bee"]';
const broken = 'the connection was closed before the answer was complete';
const check = 'Check the address, that Dkron runs there, and that the port-forward is up.';
const said = (message: string, next: string | null = check) => JSON.stringify([message, next]);
const unreachable = said(`Unreachable: URL cannot be reached: ${broken}`);
const short = (came: string) =>
  said(`Unreachable: URL: the list of jobs ended early, after ${came}: ${broken}`, 'Try again.');
const noHttp = said(
  'NotDkron: URL answers, but not in HTTP',
  `${check} If it uses TLS, write the address with https://.`,
);
const noObject = said(
  "NotDkron: URL answered GET /v1 with JSON, but not Dkron's: it is a list, not an object",
  'Check the address and its port: another program answers there.',
);
const tooLarge = said(
  'NotDkron: URL answers with headers of more than 16 kB, which no Dkron sends',
);
const noPage = said(
  'NotDkron: URL answers, but is not Dkron: 404',
  'Check the address and its base path; a proxy in front of Dkron may not reach it.',
);
const refused = said(
  'Unauthorised: URL requires a user and a password (401)',
  'Put user and password into the environment, DKRON_URL=https://user:password@host, or say in its context where they are: basic, bearer or headers.',
);

interface Answered {
  readonly text: string;
  /** Whether the server closes the connection then. */
  readonly closes?: boolean;
  readonly list: string;
  readonly node: string;
}

/** What a server answers with, whatever it is asked, and what is made of it, by undici, too. */
const answers: Record<string, Answered> = {
  'a list': { text: `${whole}\r\n${list}`, list: names, node: noObject },
  'a list and closes': {
    text: `${whole}Connection: close\r\n\r\n${list}`,
    closes: true,
    list: names,
    node: noObject,
  },
  'a list and keeps the connection': {
    text: `${whole}Connection: keep-alive\r\n\r\n${list}`,
    list: names,
    node: noObject,
  },
  'HTTP/1.0': {
    text: `HTTP/1.0 200 OK\r\n${json}\r\n${list}`,
    closes: true,
    list: names,
    node: noObject,
  },
  'no length, and closes': {
    text: `${ok}Connection: close\r\n\r\n${list}`,
    closes: true,
    list: names,
    node: noObject,
  },
  chunks: {
    text: `${chunked}${inChunks(list.slice(0, 9), list.slice(9))}0\r\n\r\n`,
    list: names,
    node: noObject,
  },
  // undici takes it for the end of the connection.
  'a hint before': {
    text: `HTTP/1.1 100 Continue\r\n\r\n${whole}\r\n${list}`,
    list: names,
    node: noObject,
  },
  'another length': {
    text: `${whole.replace('31', '60')}\r\n${list}`,
    closes: true,
    list: short('2 of 2'),
    node: unreachable,
  },
  'another count': {
    text: `${whole.replace('Count: 2', 'Count: 3')}\r\n${list}`,
    list: said(
      'Miscounted: URL announced 3 jobs and sent 2',
      'Try again. If it happens again, something between this machine and Dkron changes the answers.',
    ),
    node: noObject,
  },
  'half a list': {
    text: `${whole}\r\n${list.slice(0, 9)}`,
    closes: true,
    list: short('0 of 2'),
    node: unreachable,
  },
  'half of its chunks': {
    text: `${chunked}${inChunks(list.slice(0, 9))}`,
    closes: true,
    list: short('0'),
    node: unreachable,
  },
  'a chunk of no length': {
    text: `${chunked}xyz\r\n${list}\r\n`,
    closes: true,
    list: noHttp,
    node: noHttp,
  },
  'half a head': {
    text: 'HTTP/1.1 200 OK\r\nContent-Ty',
    closes: true,
    list: unreachable,
    node: unreachable,
  },
  nothing: { text: '', closes: true, list: unreachable, node: unreachable },
  'no HTTP': { text: '220 mail.example ESMTP\r\n', closes: true, list: noHttp, node: noHttp },
  'too large a head': {
    text: `${ok}X-Pad: ${'x'.repeat(20_000)}\r\n\r\n`,
    closes: true,
    list: tooLarge,
    node: tooLarge,
  },
  'a page': {
    text: 'HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>',
    list: noPage,
    node: noPage,
  },
  gzip: {
    text: `${ok}Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08\x00`,
    list: said(
      'NotDkron: URL answered GET /v1/jobs with no list of jobs: "\\u001f" where array should be',
      'Check the address: another program may answer there.',
    ),
    node: said('NotDkron: URL answered /v1 with something that is not JSON', null),
  },
  'a refusal': {
    text: 'HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n',
    list: refused,
    node: refused,
  },
  'an empty answer': {
    text: `${ok}Content-Length: 0\r\n\r\n`,
    list: said(
      'ServerError: URL answered the list of jobs with nothing',
      "The server's log may say why; try again.",
    ),
    node: said(
      'ServerError: URL answered /v1 with nothing',
      "The server's log may say why; try again.",
    ),
  },
};

async function answering({ text, closes = false }: Pick<Answered, 'text' | 'closes'>) {
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
    const { list, node } = answers[name]!;
    expect(await readBy(url, null)).toBe(`[${list},${node}]`);
    expect(await readBy(url, await earlyOf(url))).toBe(`[${list},${node}]`);
  });

  it('is of a server that refuses connections, in the same words', async () => {
    const url = 'http://127.0.0.1:1';
    const usual = await readBy(url, null);
    expect(usual).toContain('connection refused');
    expect(await readBy(url, await earlyOf(url))).toBe(usual);
  });

  it('is told of when it comes, and given up where nobody waits any more', async () => {
    const url = await answering({ text: '' });
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

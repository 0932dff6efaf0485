import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { call } from '../../../src/dkron/call.ts';
import { LeanPool } from '../../../src/dkron/lean/pool.ts';
import type { Admit } from '../../../src/dkron/way.ts';
import { deafServer } from '../../support/deaf.ts';

const ok = (text = 'fine', more = ''): string =>
  `HTTP/1.1 201 Created\r\n${more}Content-Length: ${text.length}\r\n\r\n${text}`;

/** A server that gives each connection to `on`, and the requests that came, in their order. */
async function listen(on: (socket: Socket, request: string, count: number) => void) {
  const requests: string[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    let count = 0;
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      requests.push(bytes.toString());
      on(socket, bytes.toString(), ++count);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, requests, sockets, server };
}

function poolTo(origin: string, most = 2, admit: Admit = async () => null): LeanPool {
  const pool = new LeanPool(origin, most, admit);
  onTestFinished(() => pool.destroy());
  return pool;
}

interface Post {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly bodyTimeout?: number;
  readonly onSent?: () => void;
}

async function post(
  pool: LeanPool,
  { body = 'x', headers = {}, bodyTimeout = 0, onSent }: Post = {},
) {
  const options = { method: 'POST', path: '/v1/jobs', headers, body, bodyTimeout } as const;
  const called = await call(pool, options, { drains: false, onSent });
  const text = Buffer.concat(await Array.fromAsync(called.body)).toString();
  return { status: called.statusCode, text };
}

/** The code of what goes wrong, and whether it was certainly not sent. */
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'none',
    ({ code, unconnected = false }: { code: string; unconnected?: boolean }) => ({
      code,
      unconnected,
    }),
  );

it('posts on as few connections as there is work for, each used again', async () => {
  const { origin, requests, sockets } = await listen((socket) => socket.write(ok()));
  const pool = poolTo(origin, 3);
  for (let count = 0; count < 4; count++)
    expect(await post(pool)).toEqual({ status: 201, text: 'fine' });
  expect(sockets.length).toBe(1);
  await Promise.all(Array.from({ length: 20 }, (_, at) => post(pool, { body: `é${at}` })));
  expect(sockets.length).toBe(3);
  expect(requests.length).toBe(24);
  expect(requests.at(-1)).toMatch(
    /^POST \/v1\/jobs HTTP\/1\.1\r\nhost: 127\.0\.0\.1:\d+\r\nconnection: keep-alive\r\ncontent-length: 4\r\n\r\né\d\d$/,
  );
});

it.each([
  ['closes', (socket: Socket) => socket.end(ok('fine', 'Connection: close\r\n'))],
  [
    'says that it keeps it for a second',
    (socket: Socket) => socket.write(ok('fine', 'Keep-Alive: timeout=1\r\n')),
  ],
  ['says more than it was asked', (socket: Socket) => socket.write(`${ok()}HTTP/1.1 200 OK\r\n`)],
])('uses no connection again that the server %s', async (_, answer) => {
  const { origin, sockets } = await listen(answer);
  const pool = poolTo(origin);
  await post(pool);
  expect(await post(pool)).toEqual({ status: 201, text: 'fine' });
  expect(sockets.length).toBe(2);
});

it('makes a new one where the server closed it while nobody used it', async () => {
  const { origin, sockets } = await listen((socket) => socket.write(ok()));
  const pool = poolTo(origin, 1);
  await post(pool);
  sockets[0]!.end();
  await once(sockets[0]!, 'close');
  await expect
    .poll(() =>
      post(pool).then(
        ({ text }) => text,
        () => 'lost',
      ),
    )
    .toBe('fine');
  expect(sockets.length).toBe(2);
});

it.each([
  ['before its answer', '', 'UND_ERR_SOCKET'],
  ['in the midst of the headers', 'HTTP/1.1 201 Cr', 'UND_ERR_SOCKET'],
  ['in the midst of the body', ok().slice(0, -1), 'UND_ERR_SOCKET'],
  ['after what is no HTTP', 'SSH-2.0-OpenSSH\r\n', 'HPE_INVALID_CONSTANT'],
])('what was sent on a connection that ends %s may have happened', async (_, answer, code) => {
  const { origin, requests } = await listen((socket) => socket.end(answer));
  let sent = 0;
  const outcome = await failure(post(poolTo(origin), { onSent: () => sent++ }));
  expect(outcome).toEqual({ code, unconnected: false });
  expect([sent, requests.length]).toEqual([1, 1]);
});

it('what waits when a connection is lost goes by another', async () => {
  const { origin, requests } = await listen((socket) => {
    if (requests.length === 1) socket.destroy();
    else socket.write(ok());
  });
  const pool = poolTo(origin, 1);
  const all = await Promise.allSettled([post(pool), post(pool), post(pool)]);
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(requests.length).toBe(3);
});

it('an answer that stops coming is given up', async () => {
  const { origin } = await listen((socket) => socket.write(ok().slice(0, -1)));
  expect(await failure(post(poolTo(origin), { bodyTimeout: 30 }))).toEqual({
    code: 'UND_ERR_BODY_TIMEOUT',
    unconnected: false,
  });
});

it('nothing was sent where nobody listens', async () => {
  const { origin, server } = await listen(() => {});
  server.close();
  await once(server, 'close');
  const outcomes = await Promise.all([1, 2, 3].map(() => failure(post(poolTo(origin)))));
  expect(outcomes).toEqual(Array(3).fill({ code: 'ECONNREFUSED', unconnected: true }));
});

it('nothing is sent by a connection that is not admitted', async () => {
  const { origin, requests } = await listen((socket) => socket.write(ok()));
  const pool = poolTo(origin, 2, async () =>
    Object.assign(new Error('another'), { code: 'OTHER' }),
  );
  expect(await failure(post(pool))).toEqual({ code: 'OTHER', unconnected: true });
  expect(requests).toEqual([]);
});

it.each([
  ['a header with a line break', { headers: { authorization: 'Bearer a\r\nX: 1' } }],
  ['a name that is none', { headers: { 'a b': '1' } }],
])('%s is not sent', async (_, wrong) => {
  const { origin, requests } = await listen((socket) => socket.write(ok()));
  expect(await failure(post(poolTo(origin), wrong))).toEqual({
    code: 'UND_ERR_INVALID_ARG',
    unconnected: true,
  });
  expect(requests).toEqual([]);
});

it('closing waits for what is under way, and takes nothing more', async () => {
  const asked = Promise.withResolvers<Socket>();
  const { origin } = await listen((socket) => asked.resolve(socket));
  const pool = poolTo(origin, 1);
  const first = post(pool);
  const socket = await asked.promise;
  const closing = pool.close();
  expect(await failure(post(pool))).toEqual({ code: 'UND_ERR_DESTROYED', unconnected: true });
  socket.write(ok());
  expect(await first).toEqual({ status: 201, text: 'fine' });
  await closing;
});

it('what is dropped may have happened, what waited did not', async () => {
  const asked = Promise.withResolvers<void>();
  const { origin, requests } = await listen(() => asked.resolve());
  const pool = poolTo(origin, 1);
  const outcomes = [failure(post(pool)), failure(post(pool))];
  await asked.promise;
  await pool.destroy();
  expect(await Promise.all(outcomes)).toEqual([
    { code: 'UND_ERR_DESTROYED', unconnected: false },
    { code: 'UND_ERR_DESTROYED', unconnected: true },
  ]);
  expect(requests.length).toBe(1);
});

it('what connects when all is dropped is given up at once, and was not sent', async ({ skip }) => {
  const origin = await deafServer();
  if (origin === null) return skip('this machine takes connections for a program that is stopped');
  const pool = poolTo(origin);
  const outcome = failure(post(pool));
  await sleep(50);
  await pool.destroy();
  expect(await outcome).toEqual({ code: 'UND_ERR_DESTROYED', unconnected: true });
});

it('a connection that nobody uses keeps no program from ending', async () => {
  const { origin, requests } = await listen((socket) => socket.write(ok()));
  const from = (file: string) => JSON.stringify(import.meta.resolve(`../../../src/dkron/${file}`));
  const program = `
    import { call } from ${from('call.ts')};
    import { LeanPool } from ${from('lean/pool.ts')};
    const pool = new LeanPool('${origin}', 2);
    const ask = async () => {
      const options = { method: 'GET', path: '/v1', headers: {} };
      const { body } = await call(pool, options, { drains: false });
      for await (const _ of body);
    };
    await ask();
    await ask();
    process.stdout.write(process.getActiveResourcesInfo().join());`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program]);
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stderr.pipe(process.stderr);
  const [said] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  expect(requests.length).toBe(2);
  expect(said).not.toMatch(/TCP/);
});

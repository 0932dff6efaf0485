/** A line to a server that counts what passes: requests, and bytes both ways. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type Readable, Transform } from 'node:stream';

export interface Passed {
  readonly requests: number;
  /** Of those, how many asked for all jobs. */
  readonly lists: number;
  readonly bytes: number;
}

/** A request that was sent and what came of it, ms of `performance.now()`. */
export interface Passage {
  readonly path: string;
  readonly askedAt: number;
  /** When the first and the last byte of its answer came; NaN while none has. */
  begunAt: number;
  endedAt: number;
}

export interface CountingProxy {
  readonly url: string;
  /** So far. */
  passed(): Passed;
  readonly passages: readonly Passage[];
  close(): void;
}

/** @returns the path of a request that begins with these bytes; null for bytes in the middle of one */
export const pathAsked = (bytes: Buffer): string | null =>
  /^(?:GET|POST|PUT|DELETE|HEAD) (\S+) HTTP/.exec(bytes.toString('latin1', 0, 500))?.[1] ?? null;

/** `rate`: of all answers together, bytes a second; as fast as they come without it. */
export async function countingProxy(to: string, rate?: number): Promise<CountingProxy> {
  const port = Number(new URL(to).port);
  const passages: Passage[] = [];
  const sockets = new Set<Socket>();
  const paced = rate === undefined ? (answers: Readable) => answers : pacer(rate);
  let bytes = 0;
  const server = createServer((client) => {
    const behind = connect(port, '127.0.0.1');
    let last: Passage | null = null;
    for (const socket of [client, behind]) {
      socket.setNoDelay();
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    }
    // What has come may be on its way still when the server has closed: its end takes that along.
    behind.on('error', () => client.destroy());
    client.on('error', () => behind.destroy()).on('close', () => behind.destroy());
    client.on('data', (data) => {
      bytes += data.length;
      const path = pathAsked(data);
      if (path !== null) {
        last = { path, askedAt: performance.now(), begunAt: Number.NaN, endedAt: Number.NaN };
        passages.push(last);
      }
    });
    behind.on('data', (data) => {
      bytes += data.length;
      if (last === null) return;
      last.endedAt = performance.now();
      if (Number.isNaN(last.begunAt)) last.begunAt = last.endedAt;
    });
    client.pipe(behind);
    paced(behind).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed: () => ({
      requests: passages.length,
      lists: passages.filter(({ path }) => path === '/v1/jobs').length,
      bytes,
    }),
    passages,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Of several connections that have one line together. */
function pacer(rate: number): (answers: Readable) => Readable {
  let free = 0;
  return (answers) =>
    answers.pipe(
      new Transform({
        transform(bytes: Buffer, _, done) {
          free = Math.max(free, performance.now()) + (bytes.length / rate) * 1000;
          setTimeout(done, free - performance.now(), null, bytes);
        },
      }),
    );
}

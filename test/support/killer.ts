/** Kills a program at a chosen point of its talk with a server. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * The messages of a save that it can be killed at, in their order; what is asked beside them on other connections
 * does not count.
 */
const kinds = {
  look: 'the look at the door',
  looked: 'its answer',
  change: 'the change',
  changed: 'the answer to it',
  reread: 'the reading back',
  shown: 'its answer at last',
} as const;
export type Kind = keyof typeof kinds;
export const messages = Object.entries(kinds) as [Kind, string][];

/** A program is killed when so much of a message has passed, or so long after all of it has. */
export interface Point {
  readonly message: Kind;
  /** From 0 to 1. */
  readonly passed: number;
  /** ms */
  readonly later?: number;
}

/** A proxy before the server that kills a client at a point. */
export class Killer {
  readonly #port: number;
  readonly #proxy: Server;
  readonly #upstreams = new Set<Socket>();
  #armed: { readonly point: Point; readonly client: ChildProcess } | null = null;
  #passed = new Set<Kind>();

  constructor(url: string) {
    this.#port = Number(new URL(url).port);
    this.#proxy = createServer((client) => this.#join(client));
  }

  /** The address that clients are to use. */
  async listen(): Promise<string> {
    this.#proxy.listen(0, '127.0.0.1');
    await once(this.#proxy, 'listening');
    return `http://127.0.0.1:${(this.#proxy.address() as AddressInfo).port}`;
  }

  /** Counts from here on. */
  arm(point: Point, client: ChildProcess): void {
    this.#armed = { point, client };
    this.#passed = new Set();
  }

  /** Waits until the server has dealt with all that reached it. */
  async settle(): Promise<void> {
    this.#armed = null;
    await Promise.all([...this.#upstreams].map((socket) => once(socket, 'close')));
  }

  close(): void {
    this.#proxy.close();
  }

  #join(client: Socket): void {
    const server = connect(this.#port, '127.0.0.1');
    this.#upstreams.add(server);
    let asked: Kind | null = null;
    client.on('data', (bytes) => {
      asked = this.#kindOf(String(bytes));
      this.#pass(bytes, server, asked);
    });
    server.on('data', (bytes) => {
      this.#pass(bytes, client, (asked && answers[asked]) ?? null);
      asked = null;
    });
    client.on('close', () => server.end());
    server.on('close', () => {
      this.#upstreams.delete(server);
      client.destroy();
    });
    for (const socket of [client, server]) socket.on('error', () => socket.destroy());
  }

  #kindOf(request: string): Kind | null {
    if (request.startsWith('POST ')) return 'change';
    if (!request.startsWith('GET /v1/jobs')) return null;
    if (this.#passed.has('change')) return 'reread';
    // The list is read earlier, too: the door alone asks for single jobs.
    return request.startsWith('GET /v1/jobs/') ? 'look' : null;
  }

  #pass(bytes: Buffer, to: Socket, kind: Kind | null): void {
    const { point, client } = this.#armed ?? {};
    if (client?.killed) return;
    const isFirst = kind !== null && !this.#passed.has(kind);
    if (kind !== null) this.#passed.add(kind);
    if (!isFirst || point?.message !== kind) {
      to.write(bytes);
      return;
    }
    const part = bytes.subarray(0, Math.round(bytes.length * point.passed));
    if (part.length > 0) to.write(part);
    const kill = () => client?.kill('SIGKILL');
    if (point.later === undefined) kill();
    else void sleep(point.later).then(kill);
  }
}

const answers: Partial<Record<Kind, Kind>> = {
  look: 'looked',
  change: 'changed',
  reread: 'shown',
};

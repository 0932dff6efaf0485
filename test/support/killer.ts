/** Kills a program at a chosen point of its talk with a server. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A program is killed when so much of a message has passed, or so long after all of it has. */
export interface Point {
  /** Of all that passes, requests and answers in their order, from 0. */
  readonly message: number;
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
  #messages = 0;

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
    this.#messages = 0;
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
    client.on('data', (bytes) => this.#pass(bytes, server));
    server.on('data', (bytes) => this.#pass(bytes, client));
    client.on('close', () => server.end());
    server.on('close', () => {
      this.#upstreams.delete(server);
      client.destroy();
    });
    for (const socket of [client, server]) socket.on('error', () => socket.destroy());
  }

  #pass(bytes: Buffer, to: Socket): void {
    const { point, client } = this.#armed ?? {};
    if (client?.killed) return;
    if (point === undefined || point.message !== this.#messages++) {
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

/**
 * A line between a program and its server that a test breaks in the ways in which lines break: a
 * port-forward that flaps, a tunnel that is up with nothing behind it, a port that leads to another
 * server meanwhile.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { type Clock, systemClock } from '../../src/base/clock.ts';

export type Fault =
  /** The port is closed, and so is what was open. */
  | { readonly kind: 'refuse' }
  /** Every connection ends with a RST, the new ones as soon as they are made. */
  | { readonly kind: 'reset' }
  /** Our side says that it will send no more, and goes on to listen. */
  | { readonly kind: 'half-close' }
  /** Connections are taken and kept, and nothing ever passes on those of this time. */
  | { readonly kind: 'black-hole' }
  /** Nothing passes until the line is mended; then all of it does. */
  | { readonly kind: 'hold' }
  /** Whatever passes takes so much longer. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Answers come so many bytes at a time. */
  | { readonly kind: 'drip'; readonly bytes: number; readonly everyMs: number }
  /** Every answer ends with the connection after so many bytes. */
  | { readonly kind: 'cut'; readonly after: number }
  /** Every so-manieth byte of an answer is another one. */
  | { readonly kind: 'corrupt'; readonly every: number };

/** How far a request came before the line broke. */
export type Stage =
  /** The server never saw it. */
  | 'before'
  /** The server has half of its bytes. */
  | 'half'
  /** The server has dealt with it, and its answer is not through. */
  | 'answered';

/** What may change something. */
export const change = /^(POST|DELETE) /;

interface Link {
  readonly client: Socket;
  readonly server: Socket;
  /** What breaks as soon as the server answers. */
  strike: (() => Promise<void>) | null;
  /** Nothing passes any more, whatever becomes of the line. */
  dead: boolean;
  /** The request that is under way begins with this line. */
  asked: string;
  /** How many bytes of its answer have come. */
  answered: number;
}

interface Trap {
  readonly request: RegExp;
  readonly fault: Fault;
  readonly stage: Stage;
  left: number;
  readonly struck: () => void;
}

/** A line to a server, whole at first; it is taken down when the test is finished. */
export async function faultProxy(to: string, clock: Clock = systemClock): Promise<FaultProxy> {
  const proxy = new FaultProxy(to, clock);
  await proxy.mend();
  onTestFinished(() => proxy.stop());
  return proxy;
}

export class FaultProxy {
  /** How many connections were made since the beginning. */
  connections = 0;
  /** When the list of jobs last went through as it was, by its clock. */
  listedAt = 0;

  readonly #clock: Clock;
  readonly #proxy: Server;
  readonly #links = new Set<Link>();
  #port = 0;
  #target: number;
  #fault: Fault | null = null;
  #mended = Promise.withResolvers<void>();
  #trap: Trap | null = null;

  constructor(to: string, clock: Clock) {
    this.#target = portOf(to);
    this.#clock = clock;
    this.#proxy = createServer({ allowHalfOpen: true }, (client) => this.#join(client));
  }

  /** Where the program finds it: the same over all faults. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** How many connections there are now. */
  get open(): number {
    return this.#links.size;
  }

  /** Whether nothing is wrong with it. */
  get whole(): boolean {
    return this.#fault === null;
  }

  /** How many requests are on their way, or at the server. */
  get waiting(): number {
    return [...this.#links].filter(({ asked, answered, dead }) => asked && answered === 0 && !dead)
      .length;
  }

  /** Breaks the line until it is mended or broken in another way. */
  async break(fault: Fault): Promise<void> {
    await this.mend();
    this.#fault = fault;
    this.#mended = Promise.withResolvers();
    if (fault.kind === 'refuse' && this.#proxy.listening) {
      const closed = once(this.#proxy, 'close');
      this.#proxy.close();
      this.cut();
      await closed;
    }
    for (const link of this.#links) this.#strike(link, fault);
  }

  /** All is well for what comes from now on. */
  async mend(): Promise<void> {
    this.#fault = null;
    this.#mended.resolve();
    if (this.#proxy.listening) return;
    this.#proxy.listen(this.#port, '127.0.0.1');
    await once(this.#proxy, 'listening');
    this.#port = (this.#proxy.address() as AddressInfo).port;
  }

  /**
   * Breaks the line at the next request that fits, after `skip` of them. Resolves once it has.
   */
  async breakAt(request: RegExp, fault: Fault, stage: Stage, skip = 0): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#trap = { request, fault, stage, left: skip, struck: resolve };
    await promise;
  }

  /** New connections lead to another server; those that there are stay, unless they are cut. */
  turnTo(url: string, { cut = false } = {}): void {
    this.#target = portOf(url);
    if (cut) this.cut();
  }

  /** Ends every connection there is with a RST. */
  cut(): void {
    for (const link of this.#links) end(link);
  }

  async stop(): Promise<void> {
    this.#mended.resolve();
    this.#proxy.close();
    this.cut();
  }

  #join(client: Socket): void {
    this.connections++;
    const server = connect({ port: this.#target, host: '127.0.0.1', allowHalfOpen: true });
    const link: Link = { client, server, strike: null, dead: false, asked: '', answered: 0 };
    this.#links.add(link);
    for (const socket of [client, server]) socket.on('error', () => end(link));
    client.on('close', () => {
      this.#links.delete(link);
      end(link);
    });
    server.on('close', () => {
      if (!link.dead) end(link);
    });
    if (this.#fault !== null) this.#strike(link, this.#fault);
    void this.#pass(client, server, (bytes) => this.#asks(link, bytes), link);
    void this.#pass(server, client, (bytes) => this.#answers(link, bytes), link);
  }

  async #pass(
    from: Socket,
    to: Socket,
    through: (bytes: Buffer) => Promise<Buffer | null>,
    link: Link,
  ): Promise<void> {
    try {
      for await (const bytes of from) {
        const part = link.dead ? null : await through(bytes as Buffer);
        if (part !== null && !link.dead && to.writable) to.write(part);
      }
      await this.#passable();
      if (!link.dead) to.end();
      else if (from === link.client) end(link);
    } catch {
      end(link);
    }
  }

  async #asks(link: Link, bytes: Buffer): Promise<Buffer | null> {
    link.answered = 0;
    [link.asked = ''] = bytes.toString('latin1').split('\r\n', 1);
    const trap = this.#trap;
    if (trap?.request.test(link.asked) && trap.left-- <= 0) {
      this.#trap = null;
      const strike = () => this.break(trap.fault).then(trap.struck);
      if (trap.stage === 'answered') link.strike = strike;
      else {
        if (trap.stage === 'half') link.server.write(bytes.subarray(0, bytes.length / 2));
        await strike();
        if (trap.stage === 'half') bytes = bytes.subarray(bytes.length / 2);
      }
    }
    await this.#passable();
    return bytes;
  }

  async #answers(link: Link, bytes: Buffer): Promise<Buffer | null> {
    const { strike } = link;
    link.strike = null;
    await strike?.();
    await this.#passable();
    const fault = this.#fault;
    const before = link.answered;
    link.answered += bytes.length;
    if (fault?.kind === 'corrupt') return corrupted(bytes, fault.every);
    if (fault?.kind === 'cut') {
      const part = bytes.subarray(0, Math.max(0, fault.after - before));
      if (part.length < bytes.length) {
        link.dead = true;
        link.client.end(part, () => end(link));
      }
      return part;
    }
    if (fault?.kind === 'drip') return this.#drip(link, bytes, fault);
    if (link.asked.startsWith('GET /v1/jobs ')) this.listedAt = this.#clock.now();
    return bytes;
  }

  /** The last part is left to the caller, as whatever is there when the line is mended. */
  async #drip(link: Link, bytes: Buffer, fault: Fault & { kind: 'drip' }): Promise<Buffer> {
    let at = 0;
    for (; at < bytes.length - fault.bytes && this.#fault === fault; at += fault.bytes) {
      if (link.client.writable) link.client.write(bytes.subarray(at, at + fault.bytes));
      await this.#clock.sleep(fault.everyMs);
    }
    return bytes.subarray(at);
  }

  /** Waits as long as the fault of now wants. */
  async #passable(): Promise<void> {
    const fault = this.#fault;
    if (fault?.kind === 'delay') await this.#clock.sleep(fault.ms);
    if (fault?.kind === 'hold') await this.#mended.promise;
  }

  #strike(link: Link, { kind }: Fault): void {
    if (kind === 'reset') end(link);
    if (kind === 'half-close') {
      link.dead = true;
      link.client.end();
    }
    if (kind === 'black-hole') link.dead = true;
  }
}

/** With a RST where there is still somebody to tell. */
function end(link: Link): void {
  link.dead = true;
  for (const socket of [link.client, link.server]) if (!socket.destroyed) socket.resetAndDestroy();
}

const corrupted = (bytes: Buffer, every: number): Buffer =>
  Buffer.from(bytes.map((byte, at) => (at % every === every - 1 ? byte ^ 0x15 : byte)));

const portOf = (url: string): number => Number(new URL(url).port);

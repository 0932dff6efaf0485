/**
 * Where no TLS and no proxy is needed all goes by connections of our own: thousands of posts on 64 of them
 * take undici more CPU than all else of a restore, which Dkron lacks on the same machine (bench/restore.ts),
 * and a console that never loads it is 11 MB smaller (bench/watching.ts). Whatever is unusual about an answer
 * ends its connection; what was sent on it may have happened, and is looked at.
 */
import type { Dispatcher } from 'undici';
import { coded } from '../coded.ts';
import { type Admit, anyone, unconnected, type Way } from '../way.ts';
import { Connection, connected, type Sending } from './connection.ts';
import { bytesOf } from './request.ts';

export class LeanPool implements Way {
  readonly #origin: URL;
  readonly #most: number;
  readonly #admit: Admit;
  readonly #all = new Set<Connection>();
  readonly #free: Connection[] = [];
  readonly #waiting: Sending[] = [];
  /** Made, and being made. */
  #count = 0;
  #end: 'open' | 'closing' | 'destroyed' = 'open';
  readonly #giveUp = new AbortController();
  #emptied = Promise.withResolvers<void>();

  /** At most `most` connections at once; each that is new is used once it was admitted. */
  constructor(origin: string, most: number, admit = anyone) {
    this.#origin = new URL(origin);
    this.#most = most;
    this.#admit = admit;
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const refuse = (error: unknown): false => {
      handler.onResponseError?.(noController, Object.assign(error as Error, unconnected));
      return false;
    };
    if (this.#end !== 'open') return refuse(coded('UND_ERR_DESTROYED'));
    try {
      const bytes = bytesOf(options, this.#origin.host);
      this.#send({ bytes, handler, bodyTimeout: options.bodyTimeout ?? 0 });
      return true;
    } catch (error) {
      return refuse(error);
    }
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    if (this.#end === 'open') this.#end = 'closing';
    for (const free of this.#free.splice(0)) free.destroy();
    if (this.#count > 0) await this.#emptied.promise;
  }

  async destroy(): Promise<void> {
    this.#end = 'destroyed';
    const error = coded('UND_ERR_DESTROYED');
    for (const { handler } of this.#waiting.splice(0))
      handler.onResponseError?.(noController, coded('UND_ERR_DESTROYED', unconnected));
    for (const each of this.#all) each.destroy(error);
    this.#giveUp.abort();
    if (this.#count > 0) await this.#emptied.promise;
  }

  #send(sending: Sending): void {
    const free = this.#free.pop();
    if (free !== undefined) free.send(sending);
    else if (this.#count < this.#most) void this.#open(sending);
    else this.#waiting.push(sending);
  }

  async #open(sending: Sending): Promise<void> {
    this.#count++;
    try {
      const connection = await this.#connect();
      connection.send(sending);
    } catch (error) {
      this.#lost();
      sending.handler.onResponseError?.(noController, Object.assign(error as Error, unconnected));
    }
  }

  async #connect(): Promise<Connection> {
    const socket = await connected(this.#origin, this.#giveUp.signal);
    // Nothing is to be heard before anything was asked; and what it says meanwhile is no answer to us.
    let failure: Error | null = null;
    const note = (error: Error): void => {
      failure = error;
    };
    socket.on('error', note);
    const refusal = await this.#admit().catch((error: Error) => error);
    if (refusal === null && failure === null && !socket.destroyed && this.#end !== 'destroyed') {
      socket.off('error', note);
      const connection: Connection = new Connection(socket, {
        onFree: () => this.#freed(connection),
        onGone: () => this.#gone(connection),
      });
      this.#all.add(connection);
      return connection;
    }
    socket.destroy();
    throw refusal ?? failure ?? coded('ECONNRESET');
  }

  #freed(connection: Connection): void {
    const next = this.#waiting.shift();
    if (next !== undefined) connection.send(next);
    else if (this.#end === 'open') this.#free.push(connection);
    else connection.destroy();
  }

  #gone(connection: Connection): void {
    this.#all.delete(connection);
    const at = this.#free.indexOf(connection);
    if (at >= 0) this.#free.splice(at, 1);
    this.#lost();
  }

  #lost(): void {
    this.#count--;
    const next = this.#waiting.shift();
    if (next !== undefined) void this.#open(next);
    else if (this.#count === 0 && this.#end !== 'open') this.#emptied.resolve();
  }
}

const noController: Dispatcher.DispatchController = {
  aborted: true,
  paused: false,
  reason: null,
  rawHeaders: null,
  rawTrailers: null,
  abort: () => {},
  pause: () => {},
  resume: () => {},
};

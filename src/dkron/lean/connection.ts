/** One connection, with one request under way at most. */
import { connect, type Socket } from 'node:net';
import type { Dispatcher } from 'undici';
import { coded } from '../coded.ts';
import { Framing, type Head } from './framing.ts';

/** A request as its bytes, and who is told of the answer. */
export interface Sending {
  readonly bytes: Buffer;
  readonly handler: Dispatcher.DispatchHandler;
  /** The longest that nothing comes of an answer that has begun, ms; 0 waits. */
  readonly bodyTimeout: number;
}

/** As undici keeps one that nobody uses: servers close theirs later, ms. */
const idle = 4_000;
/** Before the server closes it, ms: so much a request may take to arrive. */
const margin = 2_000;
/** To connect, ms. */
const patience = 10_000;

export class Connection {
  readonly #socket: Socket;
  readonly #onFree: () => void;
  readonly #onGone: () => void;
  readonly #controller: Dispatcher.DispatchController;
  #sending: Sending | null = null;
  #framing = new Framing({ head: () => {}, data: () => {} });
  #head: Head | null = null;
  #failure: Error | null = null;

  /** `onFree` is told when it can take another request, `onGone` once, when it cannot any more. */
  constructor(socket: Socket, told: { readonly onFree: () => void; readonly onGone: () => void }) {
    this.#socket = socket;
    this.#onFree = told.onFree;
    this.#onGone = told.onGone;
    this.#controller = controllerOf(socket, (reason) => this.destroy(reason));
    socket.on('data', (part: Buffer) => this.#came(part));
    socket.on('end', () => this.#ended());
    socket.on('error', (error) => {
      this.#failure ??= error;
    });
    socket.on('timeout', () => this.#late());
    socket.on('close', () => this.#closed());
  }

  send(sending: Sending): void {
    this.#sending = sending;
    this.#head = null;
    this.#framing = new Framing({
      head: (head) => {
        this.#head = head;
        this.#socket.setTimeout(sending.bodyTimeout);
        sending.handler.onResponseStart?.(this.#controller, head.status, head.headers, '');
      },
      data: (part) => sending.handler.onResponseData?.(this.#controller, part),
    });
    this.#socket.setTimeout(0).ref();
    sending.handler.onRequestStart?.(this.#controller, {});
    if (!this.#socket.destroyed) this.#socket.write(sending.bytes);
  }

  /** What is under way ends with this error. */
  destroy(error?: Error): void {
    if (error !== undefined) this.#failure ??= error;
    this.#socket.destroy();
  }

  #came(part: Buffer): void {
    try {
      const beyond = this.#framing.push(part);
      if (this.#sending === null || beyond.length > 0) this.#socket.destroy();
      if (this.#framing.isOver) this.#complete();
    } catch (error) {
      this.destroy(error as Error);
    }
  }

  #complete(): void {
    const sending = this.#sending;
    const head = this.#head;
    if (sending === null || head === null) return;
    this.#sending = null;
    const rest = head.lasts ? Math.min(idle, hintOf(head)) : 0;
    if (rest > 0) this.#socket.setTimeout(rest);
    else this.#socket.destroy();
    // Given up by its reader it may be paused, and would not see that the server closes it.
    this.#socket.resume();
    // That it is kept open keeps no program from ending.
    this.#socket.unref();
    sending.handler.onResponseEnd?.(this.#controller, {});
    if (!this.#socket.destroyed) this.#onFree();
  }

  #ended(): void {
    if (this.#head !== null && this.#framing.endsByClose) this.#complete();
    this.destroy(coded('UND_ERR_SOCKET'));
  }

  #late(): void {
    this.destroy(coded('UND_ERR_BODY_TIMEOUT'));
  }

  #closed(): void {
    const sending = this.#sending;
    this.#sending = null;
    const failure = this.#failure ?? coded('UND_ERR_SOCKET');
    sending?.handler.onResponseError?.(this.#controller, failure);
    this.#onGone();
  }
}

/** What a handler can do to the answer that it is told of. */
const controllerOf = (
  socket: Socket,
  abort: (reason: Error) => void,
): Dispatcher.DispatchController => ({
  get aborted() {
    return socket.destroyed;
  },
  get paused() {
    return socket.isPaused();
  },
  get reason() {
    return socket.errored;
  },
  rawHeaders: null,
  rawTrailers: null,
  abort,
  pause: () => void socket.pause(),
  resume: () => void socket.resume(),
});

/** How long the server keeps it, less what a request takes, ms. */
function hintOf({ headers }: Head): number {
  const seconds = /\btimeout=(\d{1,6})\b/i.exec([headers['keep-alive'] ?? ''].flat().join());
  return seconds === null ? idle : Number(seconds[1]) * 1_000 - margin;
}

/** A connection that was made. Rejects with why it was not; the signal gives it up. */
export function connected({ hostname, port }: URL, signal: AbortSignal): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const socket = connect({ host, port: Number(port || 80), noDelay: true, keepAlive: true });
  const late = setTimeout(() => socket.destroy(coded('UND_ERR_CONNECT_TIMEOUT')), patience);
  const failed = (error: Error): void => reject(error);
  const giveUp = (): void => void socket.destroy(coded('UND_ERR_DESTROYED'));
  signal.addEventListener('abort', giveUp);
  socket.once('error', failed);
  socket.once('connect', () => {
    socket.off('error', failed);
    resolve(socket);
  });
  return promise.finally(() => {
    clearTimeout(late);
    signal.removeEventListener('abort', giveUp);
  });
}

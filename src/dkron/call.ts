/**
 * One request on its connection, and its answer as it comes. Straight on undici's dispatch: its streams
 * take as much time again as all else of a small answer.
 */
import type { Dispatcher } from 'undici';

export interface Calling {
  /** Gives the answer up. */
  readonly signal?: AbortSignal | undefined;
  /** Told when it goes onto its connection: until then it can be taken back, and nothing has happened. */
  readonly onSent?: (() => void) | undefined;
  /**
   * What is given up is not broken off: what is still to come is read into nothing. The tunnel of an old
   * kubectl stands still for everybody when one connection is broken off (kubectl#1620).
   */
  readonly drains: boolean;
}

export interface Called {
  readonly statusCode: number;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The bytes as they come, once; who stops earlier gives the rest up. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Settles when the answer begins, or at once with the signal's reason. Rejects as undici does. */
export function call(
  dispatcher: Pick<Dispatcher, 'dispatch'>,
  options: Dispatcher.DispatchOptions,
  calling: Calling,
): Promise<Called> {
  const handler = new Handler(calling);
  if (!calling.signal?.aborted) dispatcher.dispatch(options, handler);
  return handler.head;
}

/** Read ahead of whoever reads the body, bytes. */
const ahead = 64 * 1024;

/** More than that is broken off all the same, bytes. */
const most = 64_000_000;

class Handler implements Dispatcher.DispatchHandler {
  readonly #calling: Calling;
  readonly #head = Promise.withResolvers<Called>();
  #controller: Dispatcher.DispatchController | null = null;
  #parts: Uint8Array[] = [];
  #held = 0;
  #drained = 0;
  /** Nothing comes any more for who reads, and why where that is no end. */
  #over: { readonly error?: unknown } | null = null;
  #wake = (): void => {};

  constructor(calling: Calling) {
    this.#calling = calling;
    const { signal } = calling;
    if (signal?.aborted) this.#abort();
    else signal?.addEventListener('abort', this.#abort);
  }

  get head(): Promise<Called> {
    return this.#head.promise;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // It was taken back while there was no connection.
    if (this.#over !== null && !this.#calling.drains) controller.abort(asError(this.#over.error));
    else this.#calling.onSent?.();
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    statusCode: number,
    headers: Called['headers'],
  ): void {
    if (statusCode >= 200) this.#head.resolve({ statusCode, headers, body: this.#body() });
  }

  onResponseData(controller: Dispatcher.DispatchController, part: Uint8Array): void {
    if (this.#over !== null) {
      this.#drained += part.length;
      if (this.#drained > most) controller.abort(givenUp);
      return;
    }
    this.#parts.push(part);
    this.#held += part.length;
    if (this.#held >= ahead) controller.pause();
    this.#wake();
  }

  onResponseEnd(): void {
    this.#end({});
  }

  onResponseError(_: unknown, error: Error): void {
    this.#end({ error });
  }

  readonly #abort = (): void => this.#giveUp(this.#calling.signal?.reason);

  #giveUp(error: unknown): void {
    if (this.#over !== null) return;
    this.#parts = [];
    this.#end({ error });
    if (this.#calling.drains) this.#controller?.resume();
    else this.#controller?.abort(asError(error));
  }

  #end(over: { readonly error?: unknown }): void {
    if (this.#over !== null) return;
    this.#over = over;
    this.#calling.signal?.removeEventListener('abort', this.#abort);
    if ('error' in over) this.#head.reject(over.error);
    this.#wake();
  }

  async *#body(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const part = this.#parts.shift();
        if (part !== undefined) {
          this.#held -= part.length;
          if (this.#held < ahead) this.#controller?.resume();
          yield part;
        } else if (this.#over === null) {
          await new Promise<void>((wake) => {
            this.#wake = wake;
          });
        } else if ('error' in this.#over) throw this.#over.error;
        else return;
      }
    } finally {
      this.#giveUp(givenUp);
    }
  }
}

const givenUp = new Error('given up');

const asError = (why: unknown): Error => (why instanceof Error ? why : givenUp);

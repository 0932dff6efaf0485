/**
 * The first reads of a start, sent before the program is loaded: the server works at its list while we
 * load. Each is answered to whoever asks the same first, through the same reader as any other answer.
 */
import type { Dispatcher } from 'undici';
import type { Address } from './address.ts';
import { LeanPool } from './lean/pool.ts';
import { idle } from './way.ts';

export interface Early {
  /** What sends this read, which was sent already; once. Null where it was not, or is too long ago. */
  take(url: string, path: string): EarlyRead | null;
  /** Resolves when they have left, or are not going to in a moment. Never rejects. */
  readonly away: Promise<void>;
  /** Drops what nobody took: from now on all is asked anew. */
  close(): void;
}

export interface EarlyRead {
  readonly dispatcher: Pick<Dispatcher, 'dispatch'>;
  /** When it was sent, ms since the epoch. */
  readonly sent: number;
}

/** What was asked before that, ms, is no news any more: the program was stopped meanwhile. */
const fresh = 5_000;
/** Longer than that a server is away, and we need longer to load anyhow; ms. */
const leaving = 5;
/** Held of an answer that nobody has taken yet, bytes. */
const ahead = 64 * 1024;
/** What the first look of a console asks for (console/effects/look.ts), the list first. */
const look = ['/v1/jobs', '/v1', '/v1/leader', '/v1/members', '/v1/pause', '/v1/busy'];

/** What can be asked early of an address, `http://host:port/base`; null where more is needed than its place. */
export const earlyUrl = ({ origin, url, authorization }: Address): string | null =>
  origin.startsWith('http:') && authorization === null ? url : null;

/**
 * @param url a server as earlyUrl gives it
 * @param paths what is read of it; those of a console's first look unless told
 */
export function askEarly(url: string, paths: readonly string[] = look): Early {
  const sent = Date.now();
  const { origin, pathname } = new URL(url);
  const base = pathname.replace(/\/$/, '');
  const pool = new LeanPool(origin, paths.length);
  const reads = new Map(paths.map((path) => [path, openRead(pool, base + path)]));
  // Each has a connection, which is of no use once it was answered.
  void pool.close();
  const close = (): void => {
    for (const read of reads.values()) read.drop();
    reads.clear();
  };
  return {
    take: (from, path) => {
      if (Date.now() - sent > fresh) close();
      const read = from === url ? reads.get(path) : undefined;
      if (read === undefined) return null;
      reads.delete(path);
      return { dispatcher: read, sent };
    },
    away: Promise.race([
      Promise.all([...reads.values()].map(({ sent }) => sent)).then(() => {}),
      // Timers run before what came by connections: after a long piece of work nothing was looked at yet.
      moment(leaving).then(() => new Promise<void>((resolve) => setImmediate(resolve))),
    ]),
    close,
  };
}

const moment = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A read under way, and what came of it, until there is somebody to tell. */
function openRead(pool: LeanPool, path: string) {
  const { promise: sent, resolve: leaves } = Promise.withResolvers<void>();
  const waiting: Buffer[] = [];
  let held = 0;
  let controller: Dispatcher.DispatchController | null = null;
  let head: Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>> | null = null;
  /** How it ended. */
  let over: { readonly error?: Error } | null = null;
  let told: Dispatcher.DispatchHandler | null = null;
  let dropped = false;

  const headers = { accept: 'application/json', connection: 'close' };
  const options = { path, method: 'GET', headers } as const;
  pool.dispatch(
    { ...options, bodyTimeout: idle },
    {
      onRequestStart(by) {
        controller = by;
        if (dropped) return by.abort(noLonger);
        told?.onRequestStart?.(by, {});
        leaves();
      },
      onResponseStart(...began) {
        head = began;
        told?.onResponseStart?.(...began);
      },
      onResponseData(by, part) {
        if (told !== null) return told.onResponseData?.(by, part);
        waiting.push(part);
        held += part.length;
        if (held >= ahead) by.pause();
      },
      onResponseEnd: () => end({}),
      onResponseError: (_, error) => end({ error }),
    },
  );

  function end(how: { readonly error?: Error }): void {
    over = how;
    leaves();
    if (told !== null) tellEnd(told);
  }

  function tellEnd(to: Dispatcher.DispatchHandler): void {
    if (over?.error !== undefined) to.onResponseError?.(controller!, over.error);
    else if (over !== null) to.onResponseEnd?.(controller!, {});
  }

  return {
    sent,
    drop: () => {
      dropped = true;
      controller?.abort(noLonger);
    },
    dispatch: (_: Dispatcher.DispatchOptions, to: Dispatcher.DispatchHandler) => {
      told = to;
      if (controller !== null) to.onRequestStart?.(controller, {});
      if (head !== null) to.onResponseStart?.(...head);
      for (const part of waiting.splice(0)) to.onResponseData?.(controller!, part);
      if (over === null && head !== null) controller!.resume();
      tellEnd(to);
      return true;
    },
  };
}

const noLonger = new Error('nobody reads it');

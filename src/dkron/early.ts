/**
 * The first reads of a start, sent before the program is loaded: the server works at its list while we
 * load. Each is answered to whoever asks the same first, through the same reader as any other answer.
 */
import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Address } from './address.ts';
import { coded } from './coded.ts';

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
/** For a connection, as of all others, ms. */
const patience = 10_000;

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
  const reads = new Map(paths.map((path) => [path, openRead(url, path)]));
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
function openRead(url: string, path: string) {
  const waiting: Buffer[] = [];
  let held = 0;
  let answer: IncomingMessage | null = null;
  /** How it ended. */
  let over: { readonly error?: Error } | null = null;
  let told: Dispatcher.DispatchHandler | null = null;

  const request = get(url + path, { agent: false, headers: { accept: 'application/json' } });
  const controller = controllerOf(request, () => answer);
  const late = setTimeout(() => request.destroy(coded('UND_ERR_CONNECT_TIMEOUT')), patience);
  request.on('socket', (socket) => socket.once('connect', () => clearTimeout(late)));
  // As undici: nobody asked to go on.
  request.on('continue', () => {
    end({ error: closed() });
    request.destroy();
  });
  request.on('error', (error) =>
    end({ error: error.message === 'socket hang up' ? closed() : error }),
  );
  request.on('response', (came) => {
    if (over !== null) return;
    answer = came;
    came.on('data', take);
    came.on('end', () => end({}));
    came.on('error', (error) => end({ error: error.message === 'aborted' ? closed() : error }));
    if (told !== null) tell(came, told);
  });

  function take(part: Buffer): void {
    if (told !== null) told.onResponseData?.(controller, part);
    else waiting.push(part);
    held += part.length;
    if (told === null && held >= ahead) answer?.pause();
  }

  function end(how: { readonly error?: Error }): void {
    clearTimeout(late);
    over ??= how;
    if (told !== null) tellEnd(told);
  }

  function tell(came: IncomingMessage, to: Dispatcher.DispatchHandler): void {
    to.onResponseStart?.(controller, came.statusCode!, headersOf(came), came.statusMessage);
    for (const part of waiting.splice(0)) to.onResponseData?.(controller, part);
    came.resume();
  }

  function tellEnd(to: Dispatcher.DispatchHandler): void {
    if (over?.error !== undefined) to.onResponseError?.(controller, over.error);
    else if (over !== null) to.onResponseEnd?.(controller, {});
  }

  return {
    sent: new Promise<void>((resolve) => request.once('finish', resolve).once('close', resolve)),
    drop: () => {
      clearTimeout(late);
      request.destroy();
    },
    dispatch: ({ bodyTimeout }: Dispatcher.DispatchOptions, to: Dispatcher.DispatchHandler) => {
      told = to;
      to.onRequestStart?.(controller, {});
      if (bodyTimeout)
        request.setTimeout(bodyTimeout, () => {
          if (answer !== null) request.destroy(coded('UND_ERR_BODY_TIMEOUT'));
        });
      if (answer !== null) tell(answer, to);
      tellEnd(to);
      return true;
    },
  };
}

const controllerOf = (
  request: ClientRequest,
  answer: () => IncomingMessage | null,
): Dispatcher.DispatchController => ({
  get aborted() {
    return request.destroyed;
  },
  get paused() {
    return answer()?.isPaused() ?? false;
  },
  get reason() {
    return request.errored;
  },
  rawHeaders: null,
  rawTrailers: null,
  abort: (reason) => void request.destroy(reason),
  pause: () => void answer()?.pause(),
  resume: () => void answer()?.resume(),
});

/** By their names in lower case, several of one name as a list. */
function headersOf({ rawHeaders }: IncomingMessage): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]!.toLowerCase();
    const value = rawHeaders[at + 1]!;
    const before = headers[name];
    headers[name] = before === undefined ? value : [before, value].flat();
  }
  return headers;
}

/** Node calls it a reset when a connection is closed before its answer is whole (connection-error.ts). */
const closed = (): Error => coded('UND_ERR_SOCKET');

/** One HTTP request to the server and its answer, within bounds of time and size. */
import type { Dispatcher } from 'undici';
import request from 'undici/lib/api/api-request.js';
import Pool from 'undici/lib/dispatcher/pool.js';
import { type Log, noLog } from '../base/log.ts';
import type { Address } from './address.ts';
import { bounds, within } from './bounds.ts';
import { connectionError } from './connection-error.ts';
import { type RequestNotes, requestNotes } from './request-log.ts';
import { conceal } from './secrets.ts';
import { skewAfter } from './skew.ts';
import { type Ask, type Bounds, methodOf, type Reply } from './wire.ts';

export interface Transport {
  /** The server's address without credentials, for messages. */
  readonly url: string;
  /** Sends once, never again. Throws what connection-error.ts makes of a connection that fails. */
  send(ask: Ask): Promise<Reply>;
  /** How far this machine's clock is ahead of the server's, ms, as far as its answers tell. */
  readonly skew: number;
  /** Whether it was closed: nothing will be answered any more. */
  readonly closed: boolean;
  /** Makes new connections for what is sent from now on; what is under way goes on on the old. */
  renew(): void;
  /** Drops what is still under way. */
  close(): Promise<void>;
}

/** A server that answers nothing for this long in mid-answer hangs, ms. */
const idle = 30_000;

/** Connections kept open to one Dkron. */
export function connect(address: Address, log: Log = noLog): Transport {
  const open = () => new Pool(address.origin, { connections: 16, connect: { timeout: 10_000 } });
  let pool = open();
  const retired = new Set<Pool>();
  let skew = 0;
  return {
    url: address.url,
    async send(ask) {
      const limits = ask.bounds ?? (methodOf(ask) === 'GET' ? bounds.usual : bounds.write);
      const notes = requestNotes(log, address, ask);
      const { signal, began } = beginning(ask.patience ?? limits.begin, ask.signal);
      try {
        const sent = options(address, { ...ask, signal }, limits);
        const asked = Date.now();
        const data = await request.call(pool, sent);
        skew = skewAfter(skew, data.headers, { sent: asked, came: Date.now() });
        return reply({ address, ask, limits, notes }, data);
      } catch (error) {
        const failure = connectionError(signal?.reason === late ? late : error, address.url, ask);
        notes.failed(failure);
        throw failure;
      } finally {
        began();
      }
    },
    get skew() {
      return skew;
    },
    get closed() {
      return pool.destroyed;
    },
    renew() {
      if (pool.destroyed) return;
      const old = pool;
      pool = open();
      retired.add(old);
      void old.close().then(() => retired.delete(old));
    },
    async close() {
      await Promise.all([...retired, pool].map((each) => each.destroy()));
    },
  };
}

const late = Object.assign(new Error('no answer'), { code: 'UND_ERR_HEADERS_TIMEOUT' });

/**
 * Aborts a request whose answer has not begun in time, whatever else the server sends meanwhile:
 * undici waits on as long as headers and hints come one by one. 0 waits without an end.
 */
function beginning(ms: number, signal: AbortSignal | undefined) {
  if (ms === 0) return { signal, began: () => {} };
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(late), ms);
  const either = signal === undefined ? [] : [signal];
  return {
    signal: AbortSignal.any([waiting.signal, ...either]),
    began: () => clearTimeout(timer),
  };
}

function options(address: Address, ask: Ask, { ms }: Bounds): Dispatcher.RequestOptions {
  return {
    origin: address.origin,
    path: address.base + ask.path,
    method: methodOf(ask) as Dispatcher.HttpMethod,
    headers: {
      accept: 'application/json',
      ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(address.authorization === null ? {} : { authorization: address.authorization }),
    },
    body: ask.body ?? null,
    signal: ask.signal ?? null,
    headersTimeout: 0,
    bodyTimeout: Math.min(idle, ms || idle),
  };
}

interface Asked {
  readonly address: Address;
  readonly ask: Ask;
  readonly limits: Bounds;
  readonly notes: RequestNotes;
}

function reply({ address, ask, limits, notes }: Asked, data: Dispatcher.ResponseData): Reply {
  const { url, authorization, secrets } = address;
  const header = (name: string): string | null => {
    const value = data.headers[name];
    return (Array.isArray(value) ? value[0] : value) ?? null;
  };
  const fitting = data.statusCode < 300 ? limits : bounds.refusal;
  const whole = within(fitting, named(data.body, url, ask), url, ask);
  const bytes = notes.counted(data.statusCode, whole);
  return {
    ask,
    status: data.statusCode,
    header,
    whom: header('x-whom'),
    bytes,
    authorized: authorization !== null,
    conceal: (text) => conceal(text, secrets),
    text: async () => Buffer.concat(await Array.fromAsync(bytes)).toString(),
  };
}

/** The body's bytes, with an error that names the server when they break off. */
async function* named(
  body: AsyncIterable<Uint8Array>,
  url: string,
  ask: Ask,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw connectionError(error, url, ask);
  }
}

import type { Dispatcher } from 'undici';
import request from 'undici/lib/api/api-request.js';
import Pool from 'undici/lib/dispatcher/pool.js';
import type { Address } from './address.ts';
import { bounds, within } from './bounds.ts';
import { connectionError } from './connection-error.ts';
import { conceal } from './secrets.ts';
import { type Ask, methodOf, type Reply } from './wire.ts';

export interface Transport {
  /** The server's address without credentials, for messages. */
  readonly url: string;
  /** Sends once, never again. Throws what connection-error.ts makes of a connection that fails. */
  send(ask: Ask): Promise<Reply>;
  /** Drops what is still under way. */
  close(): Promise<void>;
}

/** A server that answers nothing for this long in mid-answer hangs. */
const idle = 30_000;
/** Dkron builds an answer before its first byte: 100 000 jobs take it two seconds and more. */
const patient = 60_000;

/** Connections kept open to one Dkron. */
export function connect(address: Address): Transport {
  const pool = new Pool(address.origin, { connections: 16, connect: { timeout: 10_000 } });
  return {
    url: address.url,
    async send(ask) {
      try {
        return reply(address, ask, await request.call(pool, options(address, ask)));
      } catch (error) {
        throw connectionError(error, address.url, ask);
      }
    },
    close: () => pool.destroy(),
  };
}

function options(address: Address, ask: Ask): Dispatcher.RequestOptions {
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
    headersTimeout: ask.patience ?? patient,
    bodyTimeout: idle,
  };
}

function reply(address: Address, ask: Ask, data: Dispatcher.ResponseData): Reply {
  const { url, authorization, secrets } = address;
  const header = (name: string): string | null => {
    const value = data.headers[name];
    return (Array.isArray(value) ? value[0] : value) ?? null;
  };
  const bytes = within(ask.bounds ?? bounds.usual, named(data.body, url, ask), url, ask);
  return {
    ask,
    status: data.statusCode,
    header,
    whom: header('x-whom'),
    bytes,
    authorized: authorization !== null,
    conceal: (text) => conceal(text, secrets),
    async text() {
      const parts: Uint8Array[] = [];
      for await (const part of bytes) parts.push(part);
      return Buffer.concat(parts).toString();
    },
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

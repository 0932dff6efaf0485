/** One HTTP request to the server and its answer, within bounds of time and size. */
import { isDeepStrictEqual } from 'node:util';
import type { Dispatcher } from 'undici';
import { type Log, noLog } from '../base/log.ts';
import { bounds } from './bounds.ts';
import { type Called, call } from './call.ts';
import { wrongLink } from './chain.ts';
import { type Around, connectionError, isCertificate, noWay } from './connection-error.ts';
import { type Line, openDispatchers, straight } from './dispatcher.ts';
import type { Early, EarlyRead } from './early.ts';
import { anew, beginning, late, unlessAborted, unlessRenewed } from './patience.ts';
import { replyOf } from './reply.ts';
import { requestNotes } from './request-log.ts';
import type { Headers, Place, Route } from './route.ts';
import { skewAfter } from './skew.ts';
import { type Admit, anyone, idle } from './way.ts';
import { type Ask, type Bounds, methodOf, type Reply } from './wire.ts';

export interface Transport {
  /** The server's address without credentials, for messages. */
  readonly url: string;
  /** Sends once, never again. Throws what connection-error.ts makes of a connection that fails. */
  send(ask: Ask): Promise<Reply>;
  /**
   * Before anything but a GET goes by a connection that is new, `check` may keep it back: what it
   * reads comes by connections that are newer still, so from wherever the address leads by then.
   */
  guardChanges(check: Admit): void;
  /** How far this machine's clock is ahead of the server's, ms, as far as its answers tell. */
  readonly skew: number;
  /** Whether it was closed: nothing will be answered any more. */
  readonly closed: boolean;
  /**
   * Makes new connections for what is sent from now on. What is under way goes on on the old; but a
   * small read whose answer has not begun is asked for once more, by the new ones.
   */
  renew(): void;
  /** Drops what is still under way. */
  close(): Promise<void>;
}

/** Connections at once. More reads make Dkron no faster; how many writes do, the door finds out (dkron/write/lanes.ts). */
const atOnce = { reads: 16, writes: 64 };

/** Connections kept open to one Dkron; what was asked `early` is not asked again. */
export function connect(route: Route, log: Log = noLog, early: Early | null = null): Transport {
  const { url } = route;
  const lineTo = async (origin: string) => (await route.line?.(origin)) ?? straight;
  const readers = openDispatchers(lineTo, atOnce.reads);
  let check = anyone;
  const admit = inTurn(() => {
    readers.retire();
    return check();
  });
  const writers = openDispatchers(lineTo, atOnce.writes, admit);
  let skew = 0;
  let renewing = new AbortController();

  /** Asks the source of the credentials once more when they are not accepted. */
  async function exchange(sending: Omit<Sending, 'headers'>, { dispatcher, sent: early }: By) {
    const { ask, place, drains } = sending;
    // A program that is asked for a password may take long.
    let headers = await unlessAborted(route.headers(), ask.signal);
    for (let count = 1; ; count++) {
      const sent = early ?? Date.now();
      const { signal, onSent } = ask;
      const options = optionsOf({ ...sending, headers });
      const data = await call(dispatcher, options, { signal, onSent, drains });
      route.heard?.(place.origin);
      skew = skewAfter(skew, data.headers, { sent, came: Date.now() });
      if (data.statusCode !== 401 || count > 1) return { data, headers };
      const renewed = await unlessAborted(route.headers(headers), ask.signal).catch(
        async (error) => {
          await dump(data);
          throw error;
        },
      );
      if (isDeepStrictEqual(renewed, headers)) return { data, headers };
      // It was refused, so nothing was done, and it may be sent again.
      await dump(data);
      headers = renewed;
    }
  }

  const wayFor = (ask: Ask): Promise<Place> =>
    route.place(ask.signal).catch((error) => {
      throw noWay(error, url, ask);
    });

  /** As exchange; a small read does not wait on connections that somebody found to lead nowhere. */
  async function exchangeAnew(sending: Omit<Sending, 'headers'>) {
    const { ask, limits } = sending;
    const reads = methodOf(ask) === 'GET';
    for (let { place } = sending; ; place = await wayFor(ask)) {
      const asked = reads ? early?.take(place.origin + place.base, ask.path) : undefined;
      const connections = asked ?? (await (reads ? readers : writers).to(place.origin));
      if (!reads || limits === bounds.jobs) return exchange(sending, connections);
      const waiting = unlessRenewed(ask.signal, renewing.signal);
      const bounded = { ...sending, place, ask: { ...ask, signal: waiting.signal } };
      try {
        return await exchange(bounded, connections);
      } catch (error) {
        if (error !== anew) throw error;
      } finally {
        waiting.ended();
      }
    }
  }

  return {
    url,
    async send(ask) {
      const limits = ask.bounds ?? (methodOf(ask) === 'GET' ? bounds.usual : bounds.write);
      const notes = requestNotes(log, route, ask);
      const { signal, began } = beginning(ask.patience ?? limits.begin, ask.signal);
      let origin: string | null = null;
      try {
        const place = await wayFor({ ...ask, signal });
        origin = place.origin;
        const drains = route.drains === true;
        const sending = { place, ask: { ...ask, signal }, limits, drains };
        const { data, headers } = await exchangeAnew(sending);
        return replyOf({ ...sending, headers, route, notes }, data);
      } catch (error) {
        route.missed?.();
        const cause = signal?.reason === late ? late : error;
        const around = origin === null ? {} : await aroundOf(cause, origin, await lineTo(origin));
        const failure = connectionError(cause, url, ask, around);
        notes.failed(failure);
        throw failure;
      } finally {
        began();
      }
    },
    get skew() {
      return skew;
    },
    guardChanges(by) {
      check = by;
    },
    get closed() {
      return readers.closed;
    },
    renew() {
      const before = renewing;
      renewing = new AbortController();
      readers.retire();
      writers.retire();
      before.abort();
    },
    async close() {
      await Promise.all([readers.close(), writers.close()]);
    },
  };
}

/** Work that is shared by those who ask while it waits to begin: each has what began after it asked. */
function inTurn<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | null = null;
  return () => {
    next ??= running.then(() => {
      next = null;
      const mine = work();
      running = mine.catch(() => {});
      return mine;
    });
    return next;
  };
}

async function aroundOf(error: unknown, origin: string, line: Line): Promise<Around> {
  if (line.proxy !== null) return { proxy: line.proxy.host };
  return isCertificate(error) ? { link: await wrongLink(origin, line.tls) } : {};
}

/** What it goes by, and when it was sent, if it was already. */
type By = Pick<EarlyRead, 'dispatcher'> & Partial<EarlyRead>;

interface Sending {
  readonly place: Place;
  readonly headers: Headers;
  readonly ask: Ask;
  readonly limits: Bounds;
  /** Given up, it is not broken off. */
  readonly drains: boolean;
}

/** Its connection is free again then, unless there is much. */
async function dump({ body }: Called): Promise<void> {
  let came = 0;
  try {
    for await (const part of body) {
      came += part.length;
      if (came > bounds.refusal.bytes) return;
    }
  } catch {
    // It broke off by itself.
  }
}

function optionsOf({ place, headers, ask, limits }: Sending): Dispatcher.DispatchOptions {
  return {
    origin: place.origin,
    path: place.base + ask.path,
    method: methodOf(ask) as Dispatcher.HttpMethod,
    headers: {
      accept: 'application/json',
      ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: ask.body ?? null,
    headersTimeout: 0,
    bodyTimeout: Math.min(idle, limits.ms || idle),
  };
}

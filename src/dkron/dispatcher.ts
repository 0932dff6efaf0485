/** Connections to one server, kept open: straight, or through a proxy. */
import type buildConnector from 'undici/lib/core/connect.js';
import type Pool from 'undici/lib/dispatcher/pool.js';
import { coded } from './coded.ts';
import type { Tls } from './tls.ts';
import { type Admit, unconnected, type Way } from './way.ts';

/** How connections are made. */
export interface Line {
  readonly tls: Tls;
  readonly proxy: URL | null;
}

export const straight: Line = { tls: {}, proxy: null };

export interface Connections {
  /** Whom they lead to. */
  readonly origin: string;
  readonly dispatcher: Way;
  readonly line: Line;
}

/** The connections of a client: those to where its server is now, and those that still end. */
export interface Dispatchers {
  /** Those to an origin; those to any other are retired. Rejects as `lineTo` does. */
  to(origin: string): Promise<Connections>;
  /** What is asked for from now on gets new ones; what is under way goes on on the old. */
  retire(): void;
  readonly closed: boolean;
  /** Drops what is still under way. */
  close(): Promise<void>;
}

/** At most `connections` at once; `admit` is asked about each that is new. */
export function openDispatchers(
  lineTo: (origin: string) => Promise<Line>,
  connections: number,
  admit?: Admit,
): Dispatchers {
  let made: Promise<Connections> | null = null;
  let at = '';
  let closed = false;
  const retired = new Set<Promise<Connections>>();

  function retire(): void {
    const old = made;
    if (old === null || closed) return;
    made = null;
    retired.add(old);
    const gone = (): void => void retired.delete(old);
    void old.then(({ dispatcher }) => dispatcher.close()).then(gone, gone);
  }

  async function make(origin: string): Promise<Connections> {
    const line = await lineTo(origin);
    const dispatcher = await dispatcherTo(origin, line, connections, admit);
    if (closed) await dispatcher.destroy();
    return { origin, dispatcher, line };
  }

  return {
    async to(origin) {
      if (closed) throw coded('UND_ERR_DESTROYED');
      if (origin !== at) retire();
      at = origin;
      const making = made ?? make(origin);
      made = making;
      try {
        return await making;
      } catch (error) {
        // It is tried again for the next request.
        if (made === making) made = null;
        throw error;
      }
    },
    retire,
    get closed() {
      return closed;
    },
    async close() {
      closed = true;
      const all = await Promise.allSettled([...retired, ...(made === null ? [] : [made])]);
      await Promise.all(
        all.map((one) => (one.status === 'fulfilled' ? one.value.dispatcher.destroy() : undefined)),
      );
    },
  };
}

const timeout = 10_000;

/** Connects; an error says that no connection was made, so that no request can have been sent. */
function marked(connect: buildConnector.connector): buildConnector.connector {
  return (to, done) =>
    connect(to, (...[error, socket]) => {
      if (error === null) done(null, socket);
      else done(Object.assign(error, unconnected), null);
    });
}

/** Connections that are closed again, unused, where they are not admitted. */
function admitted(connect: buildConnector.connector, admit: Admit | undefined) {
  if (admit === undefined) return connect;
  const made: buildConnector.connector = (to, done) =>
    connect(to, (...[error, socket]) => {
      if (error !== null) return done(error, null);
      const use = (why: Error | null): void => {
        const fault = why ?? (socket.destroyed ? Object.assign(gone(), unconnected) : null);
        if (fault !== null) socket.destroy();
        if (fault === null) done(null, socket);
        else done(fault, null);
      };
      void admit().then(use, use);
    });
  return made;
}

const gone = (): Error => coded('ECONNRESET');

/** undici is loaded for TLS and for proxies, the part for these by those who have one. */
async function dispatcherTo(
  origin: string,
  { tls, proxy }: Line,
  connections: number,
  admit: Admit | undefined,
): Promise<Way> {
  if (proxy === null && origin.startsWith('http:')) {
    const { LeanPool } = await import('./lean/pool.ts');
    return new LeanPool(origin, connections, admit);
  }
  const [{ default: buildConnector }, { default: Pool }] = await Promise.all([
    import('undici/lib/core/connect.js'),
    import('undici/lib/dispatcher/pool.js'),
  ]);
  if (proxy === null) {
    const connect = admitted(marked(buildConnector({ timeout, ...tls })), admit);
    return new Pool(origin, { connections, connect });
  }
  const [{ default: ProxyAgent }, { default: connect }] = await Promise.all([
    import('undici/lib/dispatcher/proxy-agent.js'),
    import('undici/lib/api/api-connect.js'),
  ]);
  return new ProxyAgent({
    uri: proxy.href,
    connections,
    connect: { timeout },
    requestTls: { timeout, ...tls },
    proxyTls: { timeout },
    // What undici as a whole gives to all of them.
    clientFactory: (to, options) => Object.assign(new Pool(to, options), { connect }),
    factory: (to, options: Pool.Options) => {
      const tunnel = options.connect as buildConnector.connector;
      return new Pool(to, { ...options, connect: admitted(tunnel, admit) });
    },
  });
}

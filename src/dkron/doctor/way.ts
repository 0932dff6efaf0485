/** The way to a server, step by step, as far as it goes without HTTP. */
import { isIP } from 'node:net';
import { OperatorError } from '../../base/errors.ts';
import { unreachableBy } from '../connection-error.ts';
import type { Line } from '../dispatcher.ts';
import type { Place, Route } from '../route.ts';
import { attention, bad, type Check, failed, ok, skipped } from './check.ts';
import type { Handshake, Network } from './network.ts';

/** Where the way leads, once it is known to lead somewhere. */
export interface Way {
  readonly place: Place;
  readonly isLocal: boolean;
}

const isLocal = (host: string): boolean => /^(localhost|127\.[\d.]+|::1|.*\.localhost)$/.test(host);

/** Yields what it finds; returns null where the way ends before HTTP. */
export async function* wayTo(
  route: Route,
  { addresses, dial, handshake }: Network,
  signal: AbortSignal,
): AsyncGenerator<Check, Way | null> {
  const place = await caught(() => route.place(signal));
  if (place instanceof OperatorError) {
    yield failed('address', place, route.url);
    return null;
  }
  yield ok('address', addressText(route.url, place));
  const headers = await caught(() => route.headers());
  if (headers instanceof OperatorError) {
    yield failed('credentials', headers, route.url);
    return null;
  }
  const names = Object.keys(headers);
  const sent = names.length === 0 ? 'none are sent' : `sent as ${names.join(', ')}`;
  yield isReadable(route, place)
    ? attention(
        'credentials',
        `${sent}, without TLS: whoever stands on the way can read them`,
        'Use an address with https://, or a port-forward.',
      )
    : ok('credentials', sent);
  const line = await caught(async () => (await route.line?.(place.origin)) ?? null);
  if (line instanceof OperatorError) {
    yield failed(/_proxy\b/i.test(line.message) ? 'proxy' : 'TLS', line, route.url);
    return null;
  }
  const proxy = line?.proxy ?? null;
  const origin = new URL(place.origin);
  if (proxy !== null)
    yield ok('proxy', `requests go through ${proxy.origin}, as the environment says`);
  const target = proxy ?? origin;
  const host = target.hostname.replace(/^\[|\]$/g, '');
  const port = Number(target.port) || (target.protocol === 'https:' ? 443 : 80);
  const found = await resolved(host, addresses);
  yield found;
  if (found.verdict === 'bad') return null;
  const connected = await connection(host, port, dial, proxy !== null);
  yield connected;
  if (connected.verdict === 'bad') return null;
  if (origin.protocol === 'https:') {
    const tls = proxy === null ? await tlsCheck(host, port, line, handshake) : throughProxy;
    yield tls;
    if (tls.verdict === 'bad') return null;
  }
  return { place, isLocal: proxy === null && isLocal(host) };
}

/** Whether secrets go over a network as they are. */
const isReadable = (route: Route, { origin }: Place): boolean => {
  const { protocol, hostname } = new URL(origin);
  const host = hostname.replace(/^\[|\]$/g, '');
  return protocol === 'http:' && !isLocal(host) && route.secrets().length > 0;
};

const throughProxy = skipped('TLS', 'not looked at: a proxy stands between');

const addressText = (url: string, { origin, base }: Place): string => {
  const at = origin + base;
  const where = at === url ? at : `${url}, now at ${at}`;
  return base === '' ? where : `${where} (base path ${base})`;
};

async function resolved(host: string, addresses: Network['addresses']): Promise<Check> {
  if (isIP(host) !== 0) return ok('name', `${host} is an address`);
  try {
    const all = await addresses(host);
    return ok('name', `${host} is ${all.join(', ')}`);
  } catch (error) {
    return bad(
      'name',
      `${host}: ${unreachableBy(error)}`,
      'Check the spelling of the host, and whether a VPN has to be on.',
    );
  }
}

async function connection(
  host: string,
  port: number,
  dial: Network['dial'],
  isProxy: boolean,
): Promise<Check> {
  const began = performance.now();
  const who = isProxy ? `the proxy ${host}:${port}` : `${host}:${port}`;
  try {
    await dial(host, port);
    return ok('connection', `${who} takes connections (${ms(performance.now() - began)})`);
  } catch (error) {
    const why = unreachableBy(error);
    const next = isProxy
      ? 'Check the proxy, or add the host to no_proxy.'
      : isLocal(host) && why === 'connection refused'
        ? 'Nothing listens on that port of this machine: start the port-forward, or check its port.'
        : why === 'connection refused'
          ? 'The machine is there, but nothing listens on that port: check the port, and that Dkron runs.'
          : 'Check the address, a VPN, and whether a firewall stands between.';
    return bad('connection', `${who}: ${why}`, next);
  }
}

const ms = (took: number): string => `${Math.max(1, Math.round(took))} ms`;

async function tlsCheck(
  host: string,
  port: number,
  line: Line | null,
  handshake: Network['handshake'],
): Promise<Check> {
  const tls = line?.tls ?? {};
  try {
    const shook = await handshake(host, port, tls);
    if (shook.problem === null) return ok('TLS', `${chainText(shook)}: trusted`);
    const said = `${whichLink(shook)}; the chain is ${chainText(shook)}`;
    if (tls.rejectUnauthorized === false)
      return attention('TLS', `not looked at, as the context says (insecure): ${said}`);
    return bad('TLS', said, nextFor(shook.problem));
  } catch (error) {
    return bad('TLS', unreachableBy(error), 'Write the address with http://, if it uses no TLS.');
  }
}

const chainText = ({ chain }: Handshake): string =>
  chain.map(({ subject }) => subject).join(' < ') || 'empty';

/** Which certificate of the chain is not accepted, and why. */
export function whichLink({ chain, problem }: Handshake, now: number = Date.now()): string {
  const [own] = chain;
  const last = chain.at(-1);
  const why = unreachableBy({ code: problem });
  const late = chain.find(({ to }) => to < now);
  if (late !== undefined)
    return `the certificate of ${late.subject} expired on ${new Date(late.to).toISOString().slice(0, 10)}`;
  const early = chain.find(({ from }) => from > now);
  if (early !== undefined)
    return `the certificate of ${early.subject} is not valid before ${new Date(early.from).toISOString().slice(0, 10)}`;
  if (problem === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `the certificate of ${own?.subject} is for ${own?.names.slice(0, 10).join(', ') || 'no host'}`;
  if (chain.length === 1 && own?.subject === own?.issuer)
    return `the certificate of ${own?.subject} is signed by itself, and by nobody that is trusted here`;
  if (last !== undefined && last.subject === last.issuer)
    return `the authority at the end of the chain, ${last.subject}, is not trusted here`;
  if (last !== undefined && /ISSUER|LEAF|CHAIN/.test(problem ?? ''))
    return `the certificate of ${last.subject} is signed by ${last.issuer}, which the server does not send and which is not trusted here`;
  return why;
}

const nextFor = (problem: string): string =>
  problem === 'ERR_TLS_CERT_ALTNAME_INVALID'
    ? 'Use the host name that the certificate has, or set tls.server-name of the context.'
    : /EXPIRED|NOT_YET/.test(problem)
      ? "Renew it there, and check this machine's clock."
      : 'Set tls.ca of the context, or NODE_EXTRA_CA_CERTS, to a file with the certificate of that authority (PEM).';

/** What an operator can act on as a value; throws anything else. */
export async function caught<T>(work: () => Promise<T>): Promise<T | OperatorError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OperatorError) return error;
    throw error;
  }
}

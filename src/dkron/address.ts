import { isIPv4, isIPv6 } from 'node:net';
import { UsageError } from '../base/errors.ts';
import { readCredentials } from './secrets.ts';

/** Where a Dkron is: what to connect to, what stands before `/v1`, and how to name it to people. */
export interface Address {
  readonly origin: string;
  /** The base path without a slash at its end: "" or "/dkron". */
  readonly base: string;
  /** Origin and base, without the credentials that the address may have carried. */
  readonly url: string;
  /** An Authorization header's value, when the address carried a user and a password. */
  readonly authorization: string | null;
  /** What no message may show: user and password in every form they may come back in. */
  readonly secrets: readonly string[];
}

/** Where Dkron's own paths begin: what is pasted from a browser or from curl goes on from there. */
const dkronsOwn =
  /\/+(v1(\/+(jobs|members|leader|isleader|busy|pause|unpause|stats|restore|leave)(\/.*)?)?|ui(\/(index\.html)?)?|dashboard(\/.*)?|health|metrics|debug\/vars)?\/*$/i;

/**
 * Reads what an operator writes or pastes: `localhost:8080`, `:8080` or `8080` for a port of this
 * machine, `https://user:pw@host/dkron/`, `…/v1/jobs`, `…/ui/#/jobs`. Throws a UsageError that
 * repeats nothing of the text, because any part of it may be a password.
 */
export function readAddress(text: string): Address {
  const { scheme, userinfo, host, path } = split(text.trim());
  const place = /^:?\d+$/.test(host) ? `localhost:${host.replace(':', '')}` : host;
  const problem = hostProblem(place);
  if (problem !== null) throw unreadable(problem);
  const parsed = URL.parse(`${scheme}://${place}${path.replace(/[?#].*/s, '')}`);
  if (parsed === null || !/^(\[[\da-f:.]+\]|[\w.-]+)$/.test(parsed.hostname))
    throw unreadable('has a host that cannot be read');
  if (isIPv4(parsed.hostname) && parsed.hostname !== place.replace(/:\d*$/, ''))
    throw unreadable('has a host that is a number, but not a complete IP address');
  const base = parsed.pathname.replace(dkronsOwn, '');
  const credentials = userinfo === '' ? null : readCredentials(userinfo);
  return {
    origin: parsed.origin,
    base,
    url: parsed.origin + base,
    authorization: credentials?.authorization ?? null,
    secrets: credentials?.secrets ?? [],
  };
}

const usual = 'Write it like http://localhost:8080 or https://host/path.';
const encode =
  'In a user or a password write / as %2F, ? as %3F, # as %23 and @ as %40; in a path write @ as %40.';

const unreadable = (problem: string, next = usual): UsageError =>
  new UsageError(`the address of the server ${problem}`, { data: 'nothing was sent', next });

/** The parts of an address, the user and password cut off before anything else looks at them. */
function split(text: string) {
  if (text === '') throw unreadable('is empty');
  const [, word = '', slashes = ''] = /^([a-z][a-z0-9+.-]*):(\/*)/i.exec(text) ?? [];
  const given = slashes.length >= 2 || /^https?$/i.test(word);
  const scheme = given ? word.toLowerCase() : 'http';
  if (given && !/^https?$/.test(scheme))
    throw unreadable('does not begin with http:// or https://');
  if (given && slashes !== '//') throw unreadable(`needs two slashes after ${scheme}:`);
  const rest = given ? text.slice(word.length + 3) : text.replace(/^\/\//, '');
  const [, authority = '', path = ''] = /^([^/?#]*)(.*)$/s.exec(rest) ?? [];
  // Which side of the slash is the password cannot be known: nothing may be sent to a wrong host.
  if (path.includes('@')) throw unreadable('has an @ after a /, a ? or a #', encode);
  const at = authority.lastIndexOf('@');
  return {
    scheme,
    userinfo: authority.slice(0, Math.max(0, at)),
    host: authority.slice(at + 1),
    path,
  };
}

/** What is wrong with `host:port`, where that can be said better than by a URL parser. */
function hostProblem(host: string): string | null {
  const port = /:(\d+)$/.exec(host)?.[1];
  if (host === '') return 'has no host';
  if (/[\s\p{Cc}]/u.test(host)) return 'has a space in its host';
  // The colons first: to ask Node takes longer than all else of this the first time.
  if (/:.*:/.test(host) && isIPv6(host))
    return 'has an IPv6 address without brackets: write it like [::1]:8080';
  if (port !== undefined && (Number(port) > 65_535 || Number(port) === 0))
    return 'has a port that is not between 1 and 65535';
  if (/^[^[]*:/.test(host) && port === undefined) return 'has no number for its port';
  if (host.includes('\\')) return 'has a \\ in its host';
  return null;
}

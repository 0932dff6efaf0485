/**
 * Which proxy a request goes through, as the environment says it: `https_proxy`, `http_proxy`,
 * `all_proxy` and `no_proxy`, in small letters or in capitals, small ones first; read as curl and
 * Go's net/http read them.
 */
import { BlockList, isIP, isIPv4 } from 'node:net';
import { OperatorError } from '../base/errors.ts';
import { withoutUserinfo } from '../base/userinfo.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for an origin; null for none: this machine itself is never asked for through one. Throws
 * OperatorError for what is no address of a proxy.
 */
export function proxyFor(origin: string, env: Environment): URL | null {
  const { protocol, hostname, port } = new URL(origin);
  const names = [`${protocol.slice(0, -1)}_proxy`, 'all_proxy'];
  const name = names.flatMap((one) => [one, one.toUpperCase()]).find((one) => env[one]);
  if (name === undefined) return null;
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isHere(host) || isExempt(host, port || (protocol === 'https:' ? '443' : '80'), env))
    return null;
  return readProxy(name, env[name]!);
}

const isHere = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '::1' ||
  (isIPv4(host) && host.startsWith('127.'));

function readProxy(name: string, text: string): URL {
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  const next = `Write it like http://proxy.example:3128, unset it, or add the host to no_proxy.`;
  if (url === null || url.hostname === '')
    throw new OperatorError(`${name} is not the address of a proxy`, {
      data: 'Nothing was sent.',
      next,
    });
  if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  const scheme = withoutUserinfo(url.protocol);
  throw new OperatorError(`${name} names a proxy of the kind ${scheme} which is not supported`, {
    data: 'Nothing was sent.',
    next,
  });
}

/** Whether no_proxy names the host: `*`, `host`, `.domain`, `*.domain`, `host:port`, `10.0.0.0/8`. */
function isExempt(host: string, port: string, env: Environment): boolean {
  const list = env['no_proxy'] || env['NO_PROXY'] || '';
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((entry) => fits(entry, host, port));
}

function fits(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  if (entry.includes('/')) return isWithin(entry, host);
  const [, inBrackets, plain, of] = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(entry) ?? [];
  if (of !== undefined && of !== port) return false;
  const name = inBrackets ?? plain ?? entry.replace(/^\[|\]$/g, '');
  const domain = name.replace(/^\*?\./, '');
  return host === domain || (isIP(host) === 0 && host.endsWith(`.${domain}`));
}

/** Whether an IP address is in a network: `10.0.0.0/8`, `fd00::/8`. */
function isWithin(network: string, host: string): boolean {
  const [address = '', bits = ''] = network.split('/');
  const family = isIP(address);
  if (family === 0 || isIP(host) !== family || !/^\d{1,3}$/.test(bits)) return false;
  if (Number(bits) > (family === 4 ? 32 : 128)) return false;
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(address, Number(bits), kind);
  return list.check(host, kind);
}

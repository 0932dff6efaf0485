/** One HTTP call as Go's client makes it, to loopback addresses only. */
import * as http from 'node:http';
import * as https from 'node:https';
import type { LookupFunction } from 'node:net';
import { text } from 'node:stream/consumers';
import { quote } from '../schedule/go-text.ts';
import { lacksHost, schemeOf, urlError } from './go-url.ts';

export interface Call {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  /** Seconds for all of it; 0 for no limit. */
  readonly timeout: number;
  /** Take any certificate. */
  readonly insecure: boolean;
}

/** The call did not come to an answer; the message is Go's, or a sentence of the demo's own. */
export class CallFailed extends Error {}

const MAX_REDIRECTS = 10;

/** The answer after redirects. Rejects with CallFailed. */
export async function callHttp(
  call: Call,
  closed: AbortSignal,
): Promise<{ status: number; body: string }> {
  const deadline = call.timeout > 0 ? AbortSignal.timeout(call.timeout * 1000) : undefined;
  const signal = deadline === undefined ? closed : AbortSignal.any([closed, deadline]);
  let hop: Hop = { ...call, url: checkedUrl(call) };
  for (let redirects = 0; ; redirects++) {
    const response = await send(hop, signal).catch((error: unknown) => {
      const late = 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';
      throw failed(call, deadline?.aborted ? late : dialError(error, hop.url));
    });
    const next = redirection(response, hop);
    if (next === undefined)
      return { status: response.statusCode!, body: await read(response, deadline) };
    response.resume();
    if (redirects + 1 === MAX_REDIRECTS)
      throw failed({ ...call, url: response.headers.location! }, 'stopped after 10 redirects');
    hop = next;
  }
}

interface Hop extends Omit<Call, 'url'> {
  readonly url: URL;
}

/** Go names a failed call by its method, capitalised, and its URL without the password. */
function failed({ method, url }: Pick<Call, 'method' | 'url'>, why: string): CallFailed {
  const operation = method.slice(0, 1) + method.slice(1).toLowerCase();
  const shown = url.replace(/^([a-z]+:\/\/[^:/@]*:)[^@/]*@/i, '$1***@');
  return new CallFailed(`${operation} ${quote(shown)}: ${why}`);
}

/** Names of methods and headers. */
const token = /^[\w!#$%&'*+.^`|~-]+$/;

/** The URL to call. Throws CallFailed for what Go cannot parse or has no transport for. */
function checkedUrl(call: Call): URL {
  const { method, url } = call;
  if (!token.test(method)) throw new CallFailed(`net/http: invalid method ${quote(method)}`);
  const error = urlError(url);
  if (error !== undefined) throw new CallFailed(error);
  const scheme = schemeOf(url);
  if (scheme !== 'http' && scheme !== 'https')
    throw failed(call, `unsupported protocol scheme ${quote(scheme)}`);
  if (lacksHost(url)) throw failed(call, 'http: no Host in request URL');
  if (!URL.canParse(url)) throw new CallFailed(`parse ${quote(url)}: invalid URL`);
  return new URL(url);
}

const isLoopback = ({ hostname }: URL): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);

/** Names are never looked up: the only one that gets here is localhost. */
const lookup: LookupFunction = (_name, options, found) => {
  const addresses = [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ];
  if (options.all === true) found(null, addresses);
  else found(null, addresses[0]!.address, addresses[0]!.family);
};

async function send(hop: Hop, signal: AbortSignal): Promise<http.IncomingMessage> {
  const { method, url, body, insecure } = hop;
  if (!isLoopback(url))
    throw new CallFailed(
      `the demo server calls loopback addresses only; ${url.host} was not called`,
    );
  const { request } = url.protocol === 'https:' ? https : http;
  const headers = headersOf(hop);
  const options = { method, headers, lookup, signal, agent: false, rejectUnauthorized: !insecure };
  return new Promise((resolve, reject) => {
    // As bytes: Node would write headers and a text in one piece, the headers as UTF-8 once more.
    request(url, options, resolve).on('error', reject).end(Buffer.from(body));
  });
}

/** Headers that Go's transport writes itself, whatever a request says. */
const ownHeaders = ['Host', 'Content-Length', 'Transfer-Encoding', 'Trailer'];

function headersOf({ method, headers, body }: Hop): Record<string, string> {
  const written: Record<string, string> = { 'User-Agent': 'Go-http-client/1.1' };
  for (const [name, value] of headers) {
    if (!token.test(name))
      throw new CallFailed(`net/http: invalid header field name ${quote(name)}`);
    // Content-Type for content-type: a header given twice in different case is one.
    const canonical = name.toLowerCase().replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
    if (/[\0-\x08\n-\x1f\x7f]/.test(value))
      throw new CallFailed(`net/http: invalid header field value for ${quote(canonical)}`);
    written[canonical] = Buffer.from(value).toString('latin1');
  }
  for (const name of ownHeaders) delete written[name];
  if (body !== '' || /^(POST|PUT|PATCH)$/.test(method))
    written['Content-Length'] = String(Buffer.byteLength(body));
  return written;
}

/** Where an answer sends the client: 307 and 308 repeat the request, the others make it a GET. */
function redirection(response: http.IncomingMessage, hop: Hop): Hop | undefined {
  const { statusCode = 0, headers } = response;
  const location = headers.location;
  if (![301, 302, 303, 307, 308].includes(statusCode) || location === undefined) return undefined;
  const url = new URL(location, hop.url);
  const referred = [...hop.headers, ['Referer', hop.url.href] as const];
  if (statusCode >= 307) return { ...hop, url, headers: referred };
  const method = hop.method === 'HEAD' ? 'HEAD' : 'GET';
  const kept = referred.filter(
    ([name]) => !/^content-(type|encoding|language|location)$/i.test(name),
  );
  return { ...hop, method, url, body: '', headers: kept };
}

async function read(response: http.IncomingMessage, deadline?: AbortSignal): Promise<string> {
  return text(response).catch(() => {
    throw new CallFailed(
      deadline?.aborted
        ? 'context deadline exceeded (Client.Timeout or context cancellation while reading body)'
        : 'unexpected EOF',
    );
  });
}

/** Go's words for the errors that operators meet. */
function dialError(error: unknown, url: URL): string {
  if (error instanceof CallFailed) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const host = url.hostname === 'localhost' ? '127.0.0.1' : url.hostname;
  if (code === 'ECONNREFUSED') return `dial tcp ${host}:${port}: connect: connection refused`;
  if (code === 'EPROTO') return 'http: server gave HTTP response to HTTPS client';
  return code === 'ECONNRESET' ? 'EOF' : message;
}

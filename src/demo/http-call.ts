/** One HTTP call as Go's client makes it, to loopback addresses only. */
import * as http from 'node:http';
import * as https from 'node:https';
import type { LookupFunction } from 'node:net';
import { text } from 'node:stream/consumers';
import { quote } from '../schedule/go-text.ts';

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
  const failed = (why: string): CallFailed => new CallFailed(`${operation(call)}: ${why}`);
  const deadline = call.timeout > 0 ? AbortSignal.timeout(call.timeout * 1000) : undefined;
  const signal = deadline === undefined ? closed : AbortSignal.any([closed, deadline]);
  let hop = { method: call.method, url: target(call), body: call.body };
  for (let redirects = 0; ; redirects++) {
    const response = await send(call, hop, signal).catch((error: unknown) => {
      throw failed(
        deadline?.aborted
          ? 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)'
          : dialError(error, hop.url),
      );
    });
    const next = redirection(response, hop);
    if (next === undefined)
      return { status: response.statusCode!, body: await read(response, deadline) };
    response.resume();
    if (redirects === MAX_REDIRECTS - 1) throw failed(`stopped after ${MAX_REDIRECTS} redirects`);
    hop = next;
  }
}

interface Hop {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
}

/** Go names a failed call by its method, capitalised, and its URL without the password. */
function operation({ method, url }: Call): string {
  const shown = url.replace(/^([a-z]+:\/\/[^:/@]*:)[^@/]*@/i, '$1***@');
  return `${method.slice(0, 1)}${method.slice(1).toLowerCase()} ${quote(shown)}`;
}

/** The URL to call. Throws CallFailed for what Go cannot parse or has no transport for. */
function target(call: Call): URL {
  const { method, url } = call;
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(method))
    throw new CallFailed(`net/http: invalid method ${quote(method)}`);
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? '';
  if (scheme === '' && /^[^/]*:/.test(url))
    throw new CallFailed(`parse ${quote(url)}: first path segment in URL cannot contain colon`);
  if (scheme !== 'http' && scheme !== 'https')
    throw new CallFailed(`${operation(call)}: unsupported protocol scheme ${quote(scheme)}`);
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

/** Headers that Go's transport writes itself, whatever a request says. */
const ownHeaders = ['Host', 'Content-Length', 'Transfer-Encoding', 'Trailer'];

async function send(
  call: Call,
  { method, url, body }: Hop,
  signal: AbortSignal,
): Promise<http.IncomingMessage> {
  if (!isLoopback(url))
    throw new CallFailed(
      `the demo server calls loopback addresses only; ${url.host} was not called`,
    );
  const headers: Record<string, string> = { 'User-Agent': 'Go-http-client/1.1' };
  for (const [name, value] of call.headers)
    headers[checkedName(name)] = Buffer.from(value).toString('latin1');
  for (const name of ownHeaders) delete headers[name];
  if (body !== '' || /^(POST|PUT|PATCH)$/.test(method))
    headers['Content-Length'] = String(Buffer.byteLength(body));
  const { request } = url.protocol === 'https:' ? https : http;
  const options = {
    method,
    headers,
    lookup,
    signal,
    agent: false,
    rejectUnauthorized: !call.insecure,
  };
  return new Promise((resolve, reject) => {
    request(url, options, resolve).on('error', reject).end(body);
  });
}

/** The name as Go writes it, Content-Type for content-type; so a header given twice is one. */
function checkedName(name: string): string {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name))
    throw new CallFailed(`net/http: invalid header field name ${quote(name)}`);
  return name.toLowerCase().replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
}

/** Where an answer sends the client; POST becomes GET unless the status says otherwise. */
function redirection(response: http.IncomingMessage, hop: Hop): Hop | undefined {
  const { statusCode = 0, headers } = response;
  const location = headers.location;
  if (![301, 302, 303, 307, 308].includes(statusCode) || location === undefined) return undefined;
  const url = new URL(location, hop.url);
  if (statusCode >= 307) return { ...hop, url };
  return { method: hop.method === 'HEAD' ? 'HEAD' : 'GET', url, body: '' };
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
  if (code === 'ERR_INVALID_CHAR') return 'net/http: invalid header field value';
  return code === 'ECONNRESET' ? 'EOF' : message;
}

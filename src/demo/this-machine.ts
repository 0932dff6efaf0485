/**
 * Keeps web pages out. A page whose host name was made to mean 127.0.0.1 (DNS rebinding), or that
 * just posts here, could otherwise have the demo's jobs call other ports of this machine.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** The names of this machine that no name server can give to another. */
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

/** Answers what is asked of a loopback name by no page from elsewhere, and refuses the rest. */
export const forThisMachine =
  (listener: RequestListener): RequestListener =>
  (request, response) =>
    isLocal(request) ? listener(request, response) : refuse(response);

function isLocal({ headers: { host, origin }, headersDistinct }: IncomingMessage): boolean {
  // Of several hosts each reader may take another one.
  if ((headersDistinct['host']?.length ?? 0) > 1) return false;
  // HTTP/1.0 names no host, and no browser speaks it.
  if (host !== undefined && !loopback.test(host)) return false;
  return origin === undefined || loopback.test(origin.replace(/^https?:\/\//, ''));
}

function refuse(response: ServerResponse): void {
  response.writeHead(403, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
  response.end(
    'This demo server answers localhost, 127.0.0.1 and [::1] only, and no web page from elsewhere.\n',
  );
}

/** The web server's side of the demo: requests in, answers out, as Go's net/http and gin do it. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Answer, Call } from './answer.ts';
import { bare, noRoute } from './answer.ts';
import type { Handler } from './routes.ts';
import { match } from './routes.ts';
import type { State } from './state.ts';

export const listener =
  (state: State): RequestListener =>
  async (request, response) => {
    const answer = await respond(state, request);
    // Header values travel as bytes: a name beyond ASCII in Location as its UTF-8.
    for (const [name, value] of Object.entries(answer.headers))
      response.setHeader(name, Buffer.from(value).toString('latin1'));
    send(response, answer);
  };

function send(response: ServerResponse, { status, body }: Answer): void {
  response.statusCode = status;
  // As bytes: Node would write headers and a text in one piece, the headers as UTF-8 once more.
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  response.setHeader('Content-Length', bytes.length);
  response.end(bytes);
}

async function respond(state: State, request: IncomingMessage): Promise<Answer> {
  const target = Buffer.from(request.url ?? '/', 'latin1').toString();
  const [raw = '', search = ''] = target.split(/\?(.*)/s);
  const path = decodePath(raw);
  const method = request.method ?? 'GET';
  const found = match(method, path);
  if (found === undefined) return withoutSlash(method, path, target) ?? noRoute;
  const call: Call = {
    target,
    query: readQuery(search),
    contentType: request.headers['content-type'],
    params: found.params,
    body: () => buffer(request),
  };
  const answer = await handle(state, found.handler, call);
  // The only route that is registered beside the middleware that names the node.
  if (path === '/health') return answer;
  return { ...answer, headers: { 'X-Whom': state.node.name, ...answer.headers } };
}

/** gin recovers from a panic with a bare 500; so do we from any defect, for the console lives on. */
async function handle(state: State, handler: Handler, call: Call): Promise<Answer> {
  try {
    return await handler(state, call);
  } catch {
    return bare(500);
  }
}

/** Go leaves out what it cannot read: a pair with a semicolon or with a broken escape. */
function readQuery(search: string): URLSearchParams {
  const readable = search.split('&').filter((pair) => !/;|%(?![\da-f]{2})/i.test(pair));
  return new URLSearchParams(readable.join('&'));
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** gin's redirect from a path with a slash too many; only the answer to GET has a body. */
function withoutSlash(method: string, path: string, target: string): Answer | undefined {
  if (!path.endsWith('/') || match(method, path.slice(0, -1)) === undefined) return undefined;
  const location = target.replace(/\/(\?|$)/, '$1');
  if (method !== 'GET') return bare(307, { Location: location });
  const shown = location.replaceAll('&', '&amp;').replaceAll('"', '&#34;');
  return {
    status: 301,
    headers: { 'Content-Type': 'text/html; charset=utf-8', Location: location },
    body: `<a href="${shown}">Moved Permanently</a>.\n\n`,
  };
}

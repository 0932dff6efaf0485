/** A small HTTP server on loopback that answers as a test tells it to, and remembers what came. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export interface Came {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface Scripted {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The node that names itself; null for an answer that is no Dkron's. */
  readonly whom?: string | null;
}

/** An answer, or what to do with the connection instead. */
export type Script = (came: Came) => Scripted | ((response: ServerResponse) => unknown);

export interface ScriptedServer {
  readonly url: string;
  readonly came: Came[];
}

/** Serves until the test is finished. */
export async function serve(script: Script): Promise<ScriptedServer> {
  const came: Came[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request).catch(() => null);
    // Cut off in the middle: nobody asks any more.
    if (body === null) return;
    const { method = '', url = '', headers } = request;
    const one = { method, path: url, body, headers };
    came.push(one);
    const answer = script(one);
    if (typeof answer === 'function') answer(response);
    else {
      const { whom = 'n1' } = answer;
      const names = whom === null ? {} : { 'x-whom': whom };
      response.writeHead(answer.status ?? 200, { ...names, ...answer.headers });
      response.end(answer.body ?? '');
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, came };
}

/** Closes the connection without an answer. */
export const drop = (response: ServerResponse): unknown => response.destroy();

export const json = (value: unknown, headers: Record<string, string> = {}): Scripted => ({
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(value),
});

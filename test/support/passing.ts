/** A server in front of another, which passes everything on as a test wants it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Passing {
  /** Happens before a request is passed on. */
  readonly before?: (method: string, path: string, body: string) => Promise<void>;
  /** What becomes of the text of an answer. */
  readonly answer?: (text: string) => string;
}

/** Passes everything on until the test is finished; gives its address. */
export async function passing(
  url: string,
  { before = async () => {}, answer: change = (text) => text }: Passing,
): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = 'GET', url: path = '/' } = request;
    const body = Buffer.concat(chunks);
    await before(method, path, body.toString());
    const answer = await fetch(`${url}${path}`, {
      method,
      ...(body.length > 0 && { body, headers: { 'content-type': 'application/json' } }),
    });
    const headers = Object.fromEntries(answer.headers);
    for (const own of ['content-length', 'transfer-encoding', 'content-encoding', 'connection'])
      delete headers[own];
    response.writeHead(answer.status, headers).end(change(await answer.text()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

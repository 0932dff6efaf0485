/** A server in front of another, which sends some of its jobs so that they cannot be read. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What a job has for a display name that is to be sent as a number. */
export const spoilt = 'to be spoilt';

/** Passes everything on until the test is finished. */
export async function spoiling(url: string): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = 'GET', url: path = '/' } = request;
    const body = Buffer.concat(chunks);
    const answer = await fetch(`${url}${path}`, {
      method,
      ...(body.length > 0 && { body, headers: { 'content-type': 'application/json' } }),
    });
    const text = (await answer.text()).replaceAll(`"displayname":"${spoilt}"`, '"displayname":7');
    const headers = Object.fromEntries(answer.headers);
    for (const own of ['content-length', 'transfer-encoding', 'content-encoding', 'connection'])
      delete headers[own];
    response.writeHead(answer.status, headers).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

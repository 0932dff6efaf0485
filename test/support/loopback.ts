/** What a job of a test calls, which answers as the test says. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** Until the test is finished. */
export async function onLoopback() {
  let status = 200;
  const server = createServer((_, response) => {
    response.writeHead(status).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    answer: (next: number) => {
      status = next;
    },
  };
}

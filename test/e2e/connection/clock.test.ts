import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'vitest';
import { startConsole } from '../driver/console.ts';
import { demo } from '../driver/server.ts';

const server = demo();

describe('a clock that is not the one of the server', () => {
  it('is told of, and stands in the header until it is set right', async () => {
    const clock = { off: -15 * 60_000 };
    const between = createServer((asked, answer) => {
      asked.pipe(
        request(server.url + asked.url, { method: asked.method }, (came) => {
          const date = new Date(Date.now() + clock.off).toUTCString();
          answer.writeHead(came.statusCode!, { ...came.headers, date });
          came.pipe(answer);
        }),
      );
    });
    await new Promise<void>((done) => between.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(between.address() as AddressInfo).port}`;

    const on = await startConsole({ url }, { args: ['--refresh', '0.5'] });
    await on.told("This machine's clock is 15m ahead of the server's;");
    await on.sees('clock 15m ahead · live');
    await on.jobs.choose();
    await on.sees("by this machine's clock, which is 15m ahead of the server's");
    clock.off = 0;
    await on.loses('ahead');

    between.closeAllConnections();
    between.close();
  });
});

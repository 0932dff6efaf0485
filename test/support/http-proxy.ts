/** A proxy for HTTP and for CONNECT, which leads every host to one port of this machine. */
import { createServer, type IncomingMessage, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { onTestFinished } from 'vitest';

export interface HttpProxy {
  /** `127.0.0.1:40123` */
  readonly host: string;
  /** What it was asked for: `CONNECT dkron.test:443`, `GET http://dkron.test/v1`. */
  readonly asked: string[];
  /** The user and password that came with each. */
  readonly shown: (string | undefined)[];
}

/** `refuse`: the status that it answers everything with. */
export async function httpProxy(to: number, refuse?: number): Promise<HttpProxy> {
  const asked: string[] = [];
  const shown: (string | undefined)[] = [];
  const note = ({ method, url, headers }: IncomingMessage): void => {
    asked.push(`${method} ${url}`);
    shown.push(headers['proxy-authorization']);
  };
  const server = createServer((came, response) => {
    note(came);
    if (refuse !== undefined) return void response.writeHead(refuse).end();
    const { pathname, search } = new URL(came.url ?? '');
    const { 'proxy-authorization': _, ...headers } = came.headers;
    const options = { port: to, method: came.method, path: pathname + search, headers };
    const on = request(options, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    came.pipe(on);
  });
  server.on('connect', (came: IncomingMessage, socket) => {
    note(came);
    socket.on('error', () => {});
    if (refuse !== undefined) return void socket.end(`HTTP/1.1 ${refuse} No\r\n\r\n`);
    const on = connect(to, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      on.pipe(socket).pipe(on);
    });
    on.on('error', () => socket.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close().closeAllConnections());
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked, shown };
}

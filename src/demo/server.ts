/** A Dkron 4.1.2 in this process, on a loopback port: for `--demo`, for tests and for `demo`. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from './json.ts';
import { encode } from './json.ts';
import { renderExecution, renderJob } from './render.ts';
import { seed } from './seed.ts';
import { Store } from './store.ts';
import { utc, ZERO } from './time.ts';

export interface DemoOptions {
  /** The port to listen on; a free one without it. */
  readonly port?: number;
  /** Start without jobs. */
  readonly empty?: boolean;
}

export interface DemoServer {
  readonly url: string;
  close(): Promise<void>;
}

export async function startDemo(options: DemoOptions = {}): Promise<DemoServer> {
  const store = new Store(() => ZERO);
  if (options.empty !== true) seed(store, 'http://127.0.0.1:9');
  const member = {
    Name: 'demo',
    Addr: '127.0.0.1',
    Port: 8946,
    Tags: {
      dc: 'dc1',
      expect: '1',
      port: '6868',
      region: 'global',
      role: 'dkron',
      rpc_addr: '127.0.0.1:6868',
      server: 'true',
      version: '4.1.2',
    },
    Status: 1,
    ProtocolMin: 1,
    ProtocolMax: 5,
    ProtocolCur: 2,
    DelegateMin: 2,
    DelegateMax: 5,
    DelegateCur: 4,
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    response.setHeader('X-Whom', 'demo');
    const answer = (body: Json, count?: number): void => {
      if (count !== undefined) response.setHeader('X-Total-Count', count);
      response.setHeader('Content-Type', 'application/json; charset=utf-8');
      response.end(encode(body));
    };
    if (pathname === '/v1')
      return answer({ agent: { name: 'demo', version: '4.1.2' }, serf: {}, tags: member.Tags });
    if (pathname === '/v1/leader') return answer(member);
    if (pathname === '/v1/members') return answer([{ ...member, id: 'x', statusText: 'alive' }], 1);
    if (pathname === '/v1/busy') return answer([], 0);
    if (pathname === '/v1/jobs') return answer(store.jobs().map(renderJob), store.size);
    const [, name, rest] = /^\/v1\/jobs\/([^/]*)(\/executions)?$/.exec(pathname) ?? [];
    const job = store.job(decodeURIComponent(name ?? ''));
    if (job !== undefined && rest === undefined) return answer(renderJob(job));
    if (job !== undefined) {
      const rows = store.executions(job.name);
      return answer(
        rows.map((one) => ({ ...renderExecution(one, utc), output_truncated: false })),
        rows.length,
      );
    }
    response.statusCode = 404;
    response.end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

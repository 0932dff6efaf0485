/** A server that answers until it is asked to change something, and then nothing any more. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningServer } from './servers.ts';

export interface HangingServer extends RunningServer {
  /** Resolves when a change has arrived that it does not answer; throws when none comes. */
  readonly hangs: () => Promise<void>;
}

/** In front of a server; it passes `changes` of them on before it hangs. */
export async function hangingServer(url: string, changes = 0): Promise<HangingServer> {
  const { promise: hangs, resolve } = Promise.withResolvers<void>();
  let left = changes;
  let hung = false;
  const never = Promise.reject(new Error('no change has arrived'));
  never.catch(() => {});
  const proxy = createServer((client) => {
    const server = connect(Number(new URL(url).port), '127.0.0.1');
    for (const socket of [client, server]) socket.on('error', () => socket.destroy());
    client.on('close', () => server.destroy());
    client.on('data', (bytes) => {
      if (/(POST|DELETE) \/v1/.test(bytes.toString('latin1')) && left-- <= 0) hung = true;
      if (!hung) server.write(bytes);
      else resolve();
    });
    server.on('data', (bytes) => {
      if (!hung) client.write(bytes);
    });
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    hangs: () => Promise.race([hangs, sleep(20_000).then(() => never)]),
    stop: async () => void proxy.close(),
  };
}

/** A line to a server at which a program is killed: at a change that goes by, or when its time is over. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

export type Point =
  /** At the change of that number: nothing of it passes, or half, or all, or its answer too. */
  | { readonly change: number; readonly passes: 'nothing' | 'half' | 'all' | 'answer' }
  /** So long after it began, ms. */
  | { readonly after: number };

export interface Line {
  readonly url: string;
  /** Counts from here on; resolves when the program has ended. */
  readonly killAt: (point: Point, client: ChildProcess) => Promise<void>;
}

export async function lineTo(url: string): Promise<Line> {
  const behind = Number(new URL(url).port);
  const sockets = new Set<Socket>();
  let armed: { readonly point: Point; readonly client: ChildProcess } | null = null;
  let changes = 0;

  const proxy = createServer((client) => {
    const server = connect(behind, '127.0.0.1');
    let isLast = false;
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    client.on('data', (bytes) => {
      const point = armed?.point;
      if (!String(bytes).startsWith('POST ') || point === undefined || !('change' in point))
        return void server.write(bytes);
      changes += 1;
      if (changes < point.change || armed!.client.killed) return void server.write(bytes);
      if (point.passes === 'half') server.write(bytes.subarray(0, bytes.length >> 1));
      if (point.passes === 'all' || point.passes === 'answer') server.write(bytes);
      isLast = point.passes === 'answer';
      if (!isLast) armed!.client.kill('SIGKILL');
    });
    server.on('data', (bytes) => {
      client.write(bytes);
      if (isLast) armed?.client.kill('SIGKILL');
    });
    client.on('close', () => server.end());
    server.on('close', () => client.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => {
    proxy.close();
    for (const socket of sockets) socket.destroy();
  });

  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    killAt: async (point, client) => {
      armed = { point, client };
      changes = 0;
      const ended = once(client, 'exit');
      if ('after' in point) await Promise.race([sleep(point.after), ended]);
      if ('after' in point) client.kill('SIGKILL');
      await ended;
      armed = null;
      // What the server has begun it ends.
      while (sockets.size > 0) await once([...sockets][0]!, 'close');
    },
  };
}

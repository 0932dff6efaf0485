/**
 * A stand-in for the gateway's cache manager, on a loopback port of its own: it refreshes nothing,
 * but takes the time and fails as often as the job's fate says.
 */

import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Fate } from './gateway.ts';
import { gatewayJobs, partnerId } from './gateway.ts';
import { listen, stop } from './listen.ts';
import { pause } from './pause.ts';
import { Random } from './random.ts';
import { forThisMachine } from './this-machine.ts';

export interface CacheManager {
  readonly url: string;
  close(): Promise<void>;
}

/** `closed` cuts short the answers that take their time. */
export async function startCacheManager(closed: AbortSignal): Promise<CacheManager> {
  const random = new Random('cache-manager');
  const server = createServer(
    forThisMachine(async (request, response) => {
      const { status, body, takes } = await refresh(request, random);
      await pause(takes, closed);
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(`${JSON.stringify(body)}\n`);
    }),
  );
  return { url: await listen(server, 0), close: () => stop(server) };
}

interface Reply {
  readonly status: number;
  readonly body: object;
  /** Milliseconds. */
  readonly takes: number;
}

const fates = new Map<string, Fate>(
  gatewayJobs.map(({ partner, action, fate }) => [`${partnerId(partner)} ${action}`, fate]),
);

async function refresh(request: IncomingMessage, random: Random): Promise<Reply> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const refused = (status: number, error: string): Reply => ({ status, body: { error }, takes: 5 });
  if (pathname !== '/v1/cache/refresh') return refused(404, `no such path: ${pathname}`);
  if (request.method !== 'POST') return refused(405, 'POST only');
  const body = await text(request);
  if (body !== '' && !isJson(body)) return refused(400, 'the body is not JSON');
  const action = searchParams.get('actionName');
  const fate = fates.get(`${searchParams.get('partnerId')} ${action}`);
  if (fate === undefined) return refused(404, 'no such partner or action');
  return replyOf(fate, action!, random);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** How a call ends, drawn by its fate. */
export function replyOf(fate: Fate, action: string, random: Random): Reply {
  const quick = random.between(60, 900);
  if (fate === 'failing')
    return { status: 504, body: { error: 'upstream timed out', action }, takes: 2000 + quick };
  if (fate === 'flaky' && random.next() < 0.15)
    return { status: 502, body: { error: 'upstream closed the connection', action }, takes: quick };
  const takes = fate === 'lengthy' ? 21_000 + 4 * quick : quick;
  return { status: 200, body: { action, refreshed: random.between(4, 900), ttl: 300 }, takes };
}

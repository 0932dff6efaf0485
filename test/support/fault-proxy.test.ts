import { Agent, get } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { countedServer } from './counted-server.ts';
import { change, type Fault, faultProxy, type Stage } from './fault-proxy.ts';

/** A request on a connection of its own, or what became of it within a moment. */
async function asked(url: string, body?: string): Promise<string> {
  const answer = fetch(`${url}/v1/jobs`, {
    ...(body === undefined ? {} : { method: 'POST', body }),
    headers: { connection: 'close' },
  }).then(
    async (response) => (JSON.parse(await response.text()) ? 'well' : ''),
    (error: Error & { cause?: { code?: string } }) => error.cause?.code ?? error.message,
  );
  return Promise.race([answer.catch(() => 'broken off'), sleep(300).then(() => 'nothing')]);
}

const job = JSON.stringify({ name: 'a', schedule: '@manually', executor: 'shell' });

describe('a line that is broken', () => {
  it.each<[Fault, RegExp]>([
    [{ kind: 'refuse' }, /^ECONNREFUSED$/],
    [{ kind: 'reset' }, /^(ECONNRESET|UND_ERR_SOCKET)$/],
    [{ kind: 'half-close' }, /^UND_ERR_SOCKET$/],
    [{ kind: 'black-hole' }, /^nothing$/],
    [{ kind: 'hold' }, /^nothing$/],
    [{ kind: 'delay', ms: 400 }, /^nothing$/],
    [{ kind: 'drip', bytes: 1, everyMs: 50 }, /^nothing$/],
    [{ kind: 'cut', after: 30 }, /^(UND_ERR_SOCKET|ECONNRESET|broken off)$/],
    [{ kind: 'corrupt', every: 7 }, /^(?!well)/],
  ])('breaks by %o, and is as good as new when it is mended', async (fault, meets) => {
    const server = await countedServer({ name: 'a' });
    const line = await faultProxy(server.url);
    expect(await asked(line.url)).toBe('well');
    await line.break(fault);
    expect(await asked(line.url)).toMatch(meets);
    await line.mend();
    expect(await asked(line.url)).toBe('well');
    expect(line.connections).toBeGreaterThanOrEqual(2);
  });

  it.each<[Stage, Fault['kind'], string[]]>([
    ['before', 'reset', []],
    ['before', 'black-hole', []],
    ['half', 'reset', []],
    ['answered', 'reset', ['POST /v1/jobs']],
    ['answered', 'black-hole', ['POST /v1/jobs']],
  ])('at a request, %s, by %s', async (stage, kind, came) => {
    const server = await countedServer();
    const line = await faultProxy(server.url);
    const struck = line.breakAt(change, { kind } as Fault, stage);
    expect(await asked(line.url)).toBe('well');
    expect(await asked(line.url, job)).not.toBe('well');
    await struck;
    expect(server.changes()).toEqual(came);
  });

  it('lets through what it held once it is mended', async () => {
    const server = await countedServer();
    const line = await faultProxy(server.url);
    const struck = line.breakAt(change, { kind: 'hold' }, 'before');
    const answer = fetch(`${line.url}/v1/jobs`, { method: 'POST', body: job });
    await struck;
    expect(server.changes()).toEqual([]);
    await line.mend();
    expect((await answer).status).toBe(201);
    expect(server.changes()).toEqual(['POST /v1/jobs']);
  });

  it('keeps no connection that its client has closed', async () => {
    const server = await countedServer();
    const line = await faultProxy(server.url);
    await line.break({ kind: 'black-hole' });
    const controller = new AbortController();
    const answer = fetch(line.url, { signal: controller.signal }).catch(() => 'given up');
    await vi.waitFor(() => expect(line.open).toBe(1));
    controller.abort();
    expect(await answer).toBe('given up');
    await vi.waitFor(() => expect(line.open).toBe(0));
  });
});

describe('a line that is turned to another server', () => {
  it('leads new connections there, and the old ones too when they are cut', async () => {
    const [a, b] = [await countedServer({ name: 'a' }), await countedServer({ name: 'b' })];
    const line = await faultProxy(a.url);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    const list = () =>
      new Promise<string>((resolve, reject) => {
        get(`${line.url}/v1/jobs`, { agent }, (answer) => resolve(text(answer))).on(
          'error',
          reject,
        );
      });
    expect(await list()).toContain('"name":"a"');
    line.turnTo(b.url);
    expect(await list()).toContain('"name":"a"');
    line.turnTo(b.url, { cut: true });
    await vi.waitFor(async () => expect(await list()).toContain('"name":"b"'));
  });
});

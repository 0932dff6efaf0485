import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type DemoServer, startDemo } from '../../src/demo/server.ts';

async function start(): Promise<DemoServer> {
  const demo = await startDemo();
  onTestFinished(() => demo.close());
  return demo;
}

/** The whole answer to a request with these headers, as the socket brings it. */
async function answer(
  url: string,
  headers: readonly string[],
  request = 'GET /v1',
): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const version = headers.length === 0 ? 'HTTP/1.0' : 'HTTP/1.1';
  socket.write([`${request} ${version}`, ...headers, 'Connection: close', '', ''].join('\r\n'));
  return text(socket);
}

const status = (answer: string): number => Number(answer.split(' ')[1]);

describe('the demo server', () => {
  test.each(['localhost', 'LOCALHOST:8080', '127.0.0.1:8080', '127.1.2.3', '[::1]:80'])(
    'answers %s',
    async (host) => {
      const { url } = await start();
      expect(status(await answer(url, [`Host: ${host}`]))).toBe(200);
      expect(status(await answer(url, [`Host: ${host}`, `Origin: http://${host}`]))).toBe(200);
    },
  );

  test('answers HTTP/1.0, which names no host', async () => {
    expect(status(await answer((await start()).url, []))).toBe(200);
  });

  test.each([
    'evil.example',
    'evil.example:8080',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example#localhost',
    'user@localhost',
    '0.0.0.0',
    '192.168.0.7:8080',
    '[::]',
    '[::ffff:127.0.0.1]',
    '',
  ])('refuses the host %j, whatever is asked', async (host) => {
    const { url } = await start();
    for (const request of ['GET /v1', 'GET /health', 'GET /nothing', 'POST /v1/jobs']) {
      const told = await answer(url, [`Host: ${host}`, 'Content-Length: 0'], request);
      expect(status(told)).toBe(403);
      expect(told).toContain('answers localhost, 127.0.0.1 and [::1] only');
    }
  });

  test.each([
    ['localhost', 'evil.example'],
    ['evil.example', 'localhost'],
    ['localhost', 'localhost'],
  ])('refuses the two hosts %s and %s in one request', async (...hosts) => {
    const { url } = await start();
    const told = await answer(
      url,
      hosts.map((host) => `Host: ${host}`),
    );
    expect(status(told)).toBe(403);
  });

  test.each(['http://evil.example', 'https://localhost.evil.example', 'null'])(
    'refuses a page from %s, and lets none read across',
    async (origin) => {
      const { url } = await start();
      const told = await answer(url, ['Host: localhost', `Origin: ${origin}`], 'POST /v1/jobs');
      expect(status(told)).toBe(403);
      expect(told).not.toMatch(/access-control/i);
    },
  );

  test('holds its cache manager to the same', async () => {
    const { url } = await start();
    const jobs = (await (await fetch(`${url}/v1/jobs`)).json()) as {
      executor_config: Record<string, string>;
    }[];
    const target = jobs.map((job) => job.executor_config['url'] ?? '').find((it) => it !== '')!;
    const path = new URL(target).pathname + new URL(target).search;
    expect(status(await answer(target, ['Host: evil.example'], `POST ${path}`))).toBe(403);
  });
});

import { expect, it, vi } from 'vitest';
import { countedServer } from '../support/counted-server.ts';
import { faultProxy } from '../support/fault-proxy.ts';
import { run } from './run.ts';

const job = { name: 'zones', executor: 'shell', executor_config: { command: 'sleep 30' } };

it('a run that is left while it is looked for is told as not known', async () => {
  const server = await countedServer(job);
  const line = await faultProxy(server.url);
  const leaving = new AbortController();
  const running = run(['run', 'zones', '--yes', '--url', line.url], { signal: leaving.signal });
  await vi.waitFor(() => expect(server.changes()).toEqual(['POST /v1/jobs/zones']));
  await line.break({ kind: 'refuse' });
  await new Promise((resolve) => setTimeout(resolve, 300));
  leaving.abort();
  const { code, stderr } = await running;
  expect(code).toBe(130);
  expect(stderr).toContain('checking whether zones runs');
  expect(stderr).toContain('zones is looked for until 2 minutes have passed');
  expect(stderr).toContain("zones: it is not known whether it runs; 'dkron-tui executions zones'");
  expect(server.changes()).toEqual(['POST /v1/jobs/zones']);
});

it('a run that cannot be asked for sends nothing, and says so', async () => {
  const { code, stderr } = await run(['run', 'zones', '--yes', '--url', 'http://127.0.0.1:1']);
  expect(code).toBe(6);
  expect(stderr).toMatch(/connection refused\n +Nothing was sent, so nothing runs\./);
});

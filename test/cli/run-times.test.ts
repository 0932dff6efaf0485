import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoServer, type RunningServer } from '../support/servers.ts';
import { run } from './run.ts';

let demo: RunningServer;
beforeAll(async () => {
  demo = await demoServer();
});
afterAll(() => demo.stop());

describe('jobs that take too long', () => {
  it.each([
    ['jobs', 'status:slow', '--json'],
    ['agenda', 'status:slow', '--json'],
    ['export', '-', '--as', 'jsonl', '--filter', 'status:slow'],
    ['backup', '-', '--filter', 'status:slow'],
  ])('are known to the filter of %s, though nothing was known before', async (...argv) => {
    const { stdout } = await run([...argv, '--url', demo.url]);
    expect(stdout).toContain('velib-status');
    expect(stdout).not.toContain('pony-assets');
  });

  it('are listed with their run times, and what comes of it', async () => {
    const { stdout } = await run(['jobs', 'status:slow', '--times', '--json', '--url', demo.url]);
    const found = JSON.parse(stdout) as { name: string }[];
    expect(found).toMatchObject([
      { name: 'velib-status', status: 'overrun', overrun: { gap: 20_000, skipped: 50 } },
      { name: 'redis-backup', status: 'slow', slow: { runs: 4 }, overrun: null },
    ]);
    const table = await run(['jobs', '--times', 'velib-status', '--url', demo.url]);
    expect(table.stdout).toMatch(/velib-status +~ overrun .*[▁-█]{20} .*about 50 are skipped/);
  });

  it('say so in the details, of a single job too', async () => {
    const { stdout } = await run(['job', 'velib-status', '--url', demo.url]);
    expect(stdout).toMatch(/^velib-status {2}~ overrun$/m);
    expect(stdout).toMatch(/^Takes +usually 2\ds, p95 2\ds/m);
    const timed = await run(['job', 'redis-backup', '--times', '--json', '--url', demo.url]);
    expect(JSON.parse(timed.stdout)).toMatchObject([{ status: 'slow', slow: { runs: 4 } }]);
  });

  it('are found by lint, and before a schedule is written', async () => {
    const lint = await run(['lint', '--rule', 'overrun', '--json', '--url', demo.url]);
    expect(JSON.parse(lint.stdout)).toMatchObject({ warning: 1, jobs: [{ name: 'velib-status' }] });
    const url = ['--url', demo.url, '--dry-run'];
    const plan = await run(['set-schedule', 'redis-backup', '@every 10s', ...url]);
    expect(plan.stdout).toMatch(/cannot be kept: a run usually takes 16s/);
    const slower = await run(['set-schedule', 'redis-backup', '@every 1m', ...url]);
    expect(slower.stdout).not.toContain('cannot be kept');
  });
});

import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { realDkronsLine } from '../support/dkron.ts';
import { closeScreens, startScreen } from '../support/screen.ts';
import { ask, type RunningServer, servers } from '../support/servers.ts';

console.log(realDkronsLine());

interface Job {
  readonly name: string;
  readonly schedule: string;
  readonly status: string;
  readonly executor_config: Readonly<Record<string, string>>;
}

afterEach(closeScreens);

const able = servers().filter(({ runs }) => runs.includes('http'));

describe.each(able)('on $name', ({ start }) => {
  let server: RunningServer;
  const job = (name: string) => ask<Job>(`${server.url}/v1/jobs/${name}`);
  const put = (definition: object) => ask<Job>(`${server.url}/v1/jobs`, 'POST', definition);

  const zones = (expectCode: string) => ({
    name: 'refresh-zones',
    schedule: '@every 24h',
    owner: 'mobility',
    tags: {},
    metadata: { partner: 'keolis' },
    executor: 'http',
    executor_config: {
      method: 'GET',
      url: `${server.url}/v1/leader`,
      headers: '["Content-Type: application/json"]',
      body: '{"zones":[{"lat":48.85,"lng":2.35}],"big":9007199254740993}',
      timeout: '5',
      expectCode,
    },
  });

  beforeAll(async () => {
    server = await start();
    await put(zones('418'));
    await put({ ...zones('200'), name: 'refresh-positions' });
    await put({ ...zones('200'), name: 'publish', schedule: '', parent_job: 'refresh-positions' });
    for (const name of ['refresh-zones', 'refresh-positions'])
      await ask(`${server.url}/v1/jobs/${name}`, 'POST');
    const ended = async () => {
      expect((await job('refresh-zones')).status).toBe('failed');
      expect((await job('publish')).status).toBe('success');
    };
    await vi.waitFor(ended, { timeout: 90_000, interval: 200 });
  });
  afterAll(() => server.stop());

  it('finds a failed job, edits it, takes a snapshot, and restores it from there', async () => {
    const screen = await startScreen({ args: ['--url', server.url], cols: 120, rows: 36 });
    await screen.waitFor('refresh-positions');

    // Find the failed job.
    await screen.press('/');
    await screen.type('status:failed');
    await screen.waitFor((now) => !now.text().includes('refresh-positions'));
    await screen.press('enter');
    expect(screen.rowOf('refresh-zones')).toBeGreaterThan(0);

    // Read its output.
    await screen.press('x');
    await screen.waitFor(/✗ failed/);
    await screen.press('enter');
    await screen.waitFor('does not match the expected code');
    await screen.press('esc', 'esc');

    // Edit its schedule; the server refuses the first.
    await screen.press('i', 'ctrl-u');
    await screen.type('0 0 99 * * *');
    await screen.press('enter');
    await screen.waitFor(/99/);
    expect((await job('refresh-zones')).schedule).toBe('@every 24h');
    await screen.press('ctrl-u');
    await screen.type('@every 12h');
    await screen.press('enter');
    await screen.waitFor('verified');
    expect((await job('refresh-zones')).schedule).toBe('@every 12h');

    // Take a snapshot.
    await screen.press('esc', 'S');
    await screen.waitFor('3 jobs saved to');
    const kept = filesIn(screen.home);
    for (const file of kept) expect(statSync(file).mode & 0o777, file).toBe(0o600);
    const snapshots = kept.filter((file) => file.includes('/snapshots/'));
    expect(snapshots).toHaveLength(1);

    // Break the job behind the console's back.
    const good = await job('refresh-zones');
    await put({ ...zones('200'), schedule: '@every 1s', disabled: true, owner: 'nobody' });
    expect((await job('refresh-zones')).schedule).toBe('@every 1s');

    // Restore it, and nothing else.
    await screen.press('R');
    await screen.waitFor(basename(snapshots[0]!));
    await screen.press('enter');
    await screen.waitFor('1 changed');
    await screen.press('g');
    while (!screen.line(screen.rowOf('▌')).includes('refresh-zones')) await screen.press('j');
    expect(screen.text()).toMatch(/− @every 1s[\s\S]*\+ @every 12h/);
    await screen.press('space', 'enter');
    await screen.waitFor('Write 1 job');
    await screen.answer('y');
    await screen.waitFor('verified');
    const restored = await job('refresh-zones');
    expect(definition(restored)).toEqual(definition(good));

    await screen.press('q', 'q', 'q', 'q', 'q');
    expect(await screen.ended()).toEqual({ status: 0, left: [] });
  });
});

/** What an operator owns of a job; the rest is the server's count of what happened. */
function definition(job: Job) {
  const counted = ['success_count', 'error_count', 'last_success', 'last_error', 'status', 'next'];
  return Object.fromEntries(Object.entries(job).filter(([field]) => !counted.includes(field)));
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

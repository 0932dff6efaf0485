import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, expect, it, vi } from 'vitest';
import type { Job } from '../../../src/job/job.ts';
import { isManifest, manifestPath } from '../../../src/snapshot/archive/manifest.ts';
import { openConsole } from '../driver/console.ts';
import { onEachServerWith } from '../driver/server.ts';

onEachServerWith('http', (server) => {
  const zones = (expectCode: string) => ({
    name: 'refresh-zones',
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
  const schedule = async () => (await server.job('refresh-zones')).schedule;

  beforeAll(async () => {
    await server.put(
      zones('418'),
      { ...zones('200'), name: 'refresh-positions' },
      { ...zones('200'), name: 'publish', schedule: '', parent_job: 'refresh-positions' },
    );
    for (const name of ['refresh-zones', 'refresh-positions']) await server.post(`jobs/${name}`);
    const ended = async () => {
      expect((await server.job('refresh-zones')).status).toBe('failed');
      expect((await server.job('publish')).status).toBe('success');
    };
    await vi.waitFor(ended, { timeout: 90_000, interval: 200 });
  });

  it('finds a failed job, edits it, takes a snapshot, and restores it from there', async () => {
    const on = await openConsole(server);
    await on.jobs.shows('refresh-positions');

    // Find the failed job.
    await on.jobs.filter('status:failed');
    await on.jobs.hides('refresh-positions');
    await on.jobs.isOn('refresh-zones');

    // Read its output.
    await on.runs.open();
    await on.sees(/✗ failed/);
    await on.runs.choose();
    await on.sees('does not match the expected code');
    await on.back(2);

    // Edit its schedule; the server refuses the first.
    await on.schedule.open();
    await on.schedule.retype('0 0 99 * * *');
    await on.schedule.isRefused(/not saved: .*99/);
    expect(await schedule()).toBe('@every 24h');
    await on.schedule.retype('@every 12h');
    await on.schedule.save();
    expect(await schedule()).toBe('@every 12h');

    // Take a snapshot.
    await on.back();
    await on.takeSnapshot('3 jobs');
    const kept = filesIn(on.home);
    for (const file of kept) expect(statSync(file).mode & 0o777, file).toBe(0o600);
    const snapshots = kept.filter((file) => file.includes('/snapshots/'));
    const [snapshot = ''] = snapshots.filter((file) => !isManifest(file));
    expect(snapshots.sort()).toEqual([snapshot, manifestPath(snapshot)]);

    // Break the job behind the console's back.
    const good = await server.job('refresh-zones');
    const broken = { schedule: '@every 1s', disabled: true, owner: 'nobody' };
    await server.put({ ...zones('200'), ...broken });
    expect(await schedule()).toBe('@every 1s');

    // Restore it, and nothing else.
    await on.snapshots.open();
    await on.sees(basename(snapshot));
    await on.press('R');
    await on.plan.expect({ changed: 1 });
    await on.plan.goTo('refresh-zones');
    await on.plan.changes('schedule', '@every 1s', '@every 12h');
    await on.plan.mark('refresh-zones');
    await on.plan.apply(1);
    expect(definition(await server.job('refresh-zones'))).toEqual(definition(good));

    await on.quit(5);
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

/** A leader that is killed over a firing, on three nodes: a console at another node names it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { placesBelow } from '../../src/config/places.ts';
import { bareTarget } from '../../src/config/target.ts';
import { openSession } from '../../src/console/session.ts';
import type { Job } from '../../src/job/job.ts';
import { sharedCluster } from '../e2e/driver/shared.ts';
import { realDkrons } from '../support/dkron.ts';
import { aDefinition } from '../support/jobs.ts';
import { ask } from '../support/servers.ts';

const grace = 8_000;
const poll = 2_000;
const name = 'tick';

async function watched(url: string) {
  const folder = await mkdtemp(join(tmpdir(), 'lost-firing-'));
  const places = placesBelow(join(folder, 'data'), join(folder, 'state'));
  const session = openSession({ target: bareTarget(url, { grace }), places });
  const close = async () => {
    await session.close(AbortSignal.abort());
    await rm(folder, { recursive: true });
  };
  return { state: session.store.state, close };
}

/** How long after the firing it was named, ms. */
async function trial(): Promise<number> {
  const nodes = await sharedCluster();
  const [leader, follower] = nodes;
  const job = aDefinition({ name, schedule: '*/20 * * * * *' });
  await ask(`${leader!.url}/v1/jobs`, 'POST', job);
  const on = await watched(follower!.url);
  try {
    const ran = await vi.waitFor(
      async () => {
        const seen = await ask<Job>(`${follower!.url}/v1/jobs/${name}`);
        expect(seen.success_count).toBeGreaterThan(0);
        expect(on.state().jobs.byName.get(name)?.success_count).toBeGreaterThan(0);
        return seen;
      },
      { timeout: 40_000, interval: 200 },
    );
    expect(on.state().troubles.size).toBe(0);
    const due = Date.parse(ran.next);
    await sleep(Math.max(0, due - Date.now() - 1_000));
    process.kill(-leader!.pid, 'SIGKILL');
    const verdict = await vi.waitFor(
      () => {
        const found = on.state().troubles.get(name);
        expect(found).toBeDefined();
        return found!;
      },
      { timeout: 60_000, interval: 50 },
    );
    const after = Date.now() - due;
    console.log(`named after ${after} ms: ${JSON.stringify(verdict)}`);
    expect(new Date(verdict.at).toISOString()).toBe(new Date(due).toISOString());
    expect(['late', 'missed']).toContain(verdict.state);
    return after;
  } finally {
    await on.close();
  }
}

describe.skipIf(realDkrons().length === 0)('a leader killed over a firing', () => {
  const trials = Number(process.env['TRIALS'] ?? 1);
  it(
    `is named with its instant within the grace and a look, ${trials} of ${trials}`,
    async () => {
      const delays: number[] = [];
      for (let count = 0; count < trials; count++) delays.push(await trial());
      for (const delay of delays) expect(delay).toBeLessThan(grace + poll + 1_500);
    },
    150_000 * trials,
  );
});

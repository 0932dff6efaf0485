/** What the stored `next`, the last results, /busy and executions tell of firings, on every Dkron at hand. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atLeast } from '../../src/base/dkron-version.ts';
import type { Job } from '../../src/job/job.ts';
import { realDkrons, realDkronsLine } from '../support/dkron.ts';
import { aDefinition, type Definition } from '../support/jobs.ts';
import { ask, type RunningServer, servers } from '../support/servers.ts';

console.log(`next: ${realDkronsLine()}`);

interface Run {
  readonly job_name: string;
  readonly started_at: string;
  readonly finished_at: string;
}

const at = (text: string | null): number => (text === null ? 0 : Date.parse(text));
const isUnfinished = ({ finished_at }: Run): boolean => !(at(finished_at) > 0);

/** Looks again and again, 20 s at most, until it holds. */
async function until<T>(look: () => Promise<T>, holds: (seen: T) => boolean): Promise<T> {
  for (const deadline = Date.now() + 20_000; ; await sleep(100)) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() > deadline) throw new Error(`not seen: ${JSON.stringify(seen)}`);
  }
}

function asked(url: string) {
  return {
    write: (job: Definition) => ask(`${url}/v1/jobs`, 'POST', aDefinition(job)),
    job: (name: string) => ask<Job>(`${url}/v1/jobs/${name}`),
    runs: (name: string) => ask<Run[]>(`${url}/v1/jobs/${name}/executions`),
    busy: async (name: string) =>
      (await ask<Run[]>(`${url}/v1/busy`)).filter(({ job_name }) => job_name === name),
  };
}

const commandOf = (command: string) => ({ executor_config: { command } });

describe.each(servers())('$name', ({ start, version }) => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await start();
  }, 120_000);
  afterAll(() => server.stop());

  it.concurrent('stands still while `forbid` skips, and moves on with the next run', async () => {
    const { write, job, busy } = asked(server.url);
    await write({
      name: 'long',
      schedule: '*/2 * * * * *',
      concurrency: 'forbid',
      ...commandOf('sleep 7'),
    });
    const [run] = await until(
      () => busy('long'),
      ({ length }) => length > 0,
    );
    const skipped = await until(
      () => job('long'),
      ({ next }) => at(next) < Date.now() - 3_000,
    );
    expect(at(skipped.next) - at(run!.started_at)).toBeLessThan(2_500);
    expect(at(skipped.next)).toBeGreaterThan(at(run!.started_at));
    expect(await busy('long')).toHaveLength(1);
    expect(skipped).toMatchObject({ success_count: 0, last_success: null });
    const after = await until(
      () => job('long'),
      ({ success_count }) => success_count > 0,
    );
    const later = await until(
      () => job('long'),
      ({ next }) => at(next) > at(after.next),
    );
    expect(at(later.next)).toBeGreaterThan(at(after.last_success));
  }, 60_000);

  it.concurrent('moves on where no node has the tags, and nothing follows', async () => {
    const { write, job, runs, busy } = asked(server.url);
    await write({ name: 'nowhere', schedule: '*/2 * * * * *', tags: { role: 'nobody' } });
    const first = await job('nowhere');
    const later = await until(
      () => job('nowhere'),
      ({ next }) => at(next) >= at(first.next) + 4_000,
    );
    expect(at(later.next)).toBeGreaterThan(Date.now() - 1_500);
    expect(later).toMatchObject({ success_count: 0, error_count: 0, last_error: null, status: '' });
    expect(await runs('nowhere')).toEqual([]);
    expect(await busy('nowhere')).toEqual([]);
  }, 60_000);

  it.concurrent('stays what it was of a job that was disabled over it and enabled again', async () => {
    const { write, job } = asked(server.url);
    // Of a run that ended within a moment Dkron 3.2.7 told no end once, and did not fire the job for 20 s.
    const { executor_config } = commandOf('sleep 1');
    const wanted = { name: 'again', schedule: '@every 6s', executor_config };
    await write(wanted);
    const ran = await until(
      () => job('again'),
      ({ success_count }) => success_count === 1,
    );
    await write({ ...wanted, disabled: true });
    await sleep(7_500);
    await write(wanted);
    const enabled = await job('again');
    expect([enabled.disabled, enabled.next, enabled.success_count]).toEqual([false, ran.next, 1]);
    expect(at(enabled.next)).toBeLessThan(Date.now());
    const later = await until(
      () => job('again'),
      ({ next }) => at(next) > Date.now(),
    );
    expect(at(later.next) - at(ran.next)).toBeGreaterThan(6_000);
  }, 60_000);

  it.concurrent('does not move when an `@every` job is saved, whose phase begins anew', async () => {
    const { write, job } = asked(server.url);
    const wanted = { name: 'phase', schedule: '@every 5s' };
    await write(wanted);
    // By the job, not by the run: an older Dkron takes seconds to begin one on a busy machine.
    const first = await job('phase');
    const ran = await until(
      () => job('phase'),
      ({ next }) => at(next) > at(first.next),
    );
    await sleep(Math.max(0, at(ran.next) - Date.now() - 2_000));
    const saved = Date.now();
    await write(wanted);
    expect((await job('phase')).next).toBe(ran.next);
    const later = await until(
      () => job('phase'),
      ({ next }) => at(next) > at(ran.next),
    );
    // It moved when it fired: an interval after the save.
    expect(Date.now() - saved).toBeGreaterThan(3_500);
    expect(at(later.next)).toBeGreaterThan(at(ran.next) + 5_000);
  }, 60_000);

  it.concurrent('is told without the zone until the job has run', async () => {
    const { write, job } = asked(server.url);
    await write({ name: 'zoned', schedule: '0 30 12 * * *', timezone: 'Asia/Kathmandu' });
    expect((await job('zoned')).next).toMatch(/T12:30:00Z$/);
  });

  it.concurrent('stands still once a job has expired', async () => {
    const { write, job } = asked(server.url);
    const expires_at = new Date(Date.now() + 5_000).toISOString();
    await write({ name: 'expires', schedule: '*/2 * * * * *', expires_at });
    const first = await job('expires');
    await sleep(9_000);
    const over = await job('expires');
    expect(at(over.next)).toBeLessThan(at(expires_at) + 2_500);
    expect(at(over.next)).toBeGreaterThan(at(first.next));
    // Not by the end of the last run, which an older Dkron tells seconds late on a busy machine.
    await sleep(4_500);
    expect((await job('expires')).next).toBe(over.next);
  }, 60_000);

  it.runIf(atLeast(version, '4.0.9')).concurrent(
    'is `starts_at` until then, which is no firing',
    async () => {
      const { write, job } = asked(server.url);
      const starts_at = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 500).toISOString();
      await write({ name: 'starts', schedule: '0 0 0 1 1 *', starts_at });
      expect(at((await job('starts')).next)).toBe(at(starts_at));
      await sleep(2_500);
      expect(at((await job('starts')).next)).toBe(at(starts_at));
    },
    60_000,
  );

  it.concurrent('stays in the past of an `@at` job that has run', async () => {
    const { write, job } = asked(server.url);
    const moment = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 3_000).toISOString();
    // Dkron 3.2.7 may lose the end of a run that is over at once.
    await write({ name: 'once', schedule: `@at ${moment}`, ...commandOf('sleep 1') });
    expect(at((await job('once')).next)).toBe(at(moment));
    const ran = await until(
      () => job('once'),
      ({ success_count }) => success_count === 1,
    );
    expect(at(ran.next)).toBe(at(moment));
    expect(at(ran.last_success)).toBeGreaterThan(at(moment));
  }, 60_000);

  it.runIf(atLeast(version, '4.0.9')).concurrent(
    'goes on while the node is paused, which refuses new jobs only',
    async () => {
      const own = await start();
      const there = asked(own.url);
      await there.write({ name: 'paused', schedule: '*/2 * * * * *' });
      await ask(`${own.url}/v1/pause`, 'POST');
      const before = await there.job('paused');
      await until(
        () => there.job('paused'),
        ({ success_count }) => success_count >= before.success_count + 2,
      );
      await own.stop();
    },
    90_000,
  );
});

describe('after kill -9 in a run the run has no end, nobody runs it, and `forbid` skips by the version', () => {
  const dkrons = realDkrons().map((dkron) => ({ ...dkron, name: `Dkron ${dkron.version}` }));
  it.concurrent.for(dkrons)(
    '$name',
    { timeout: 180_000 },
    async ({ start, version }, { onTestFinished }) => {
      const data = mkdtempSync(join(tmpdir(), 'dkron-next-'));
      onTestFinished(() => rmSync(data, { recursive: true, force: true }));
      const first = await start({ data });
      const before = asked(first.url);
      const wanted = { name: 'stuck', schedule: '*/2 * * * * *', concurrency: 'forbid' };
      await before.write({ ...wanted, ...commandOf('sleep 60') });
      await until(
        () => before.busy('stuck'),
        ({ length }) => length > 0,
      );
      await until(
        () => before.runs('stuck'),
        ({ length }) => length > 0,
      );
      await sleep(500);
      process.kill(-first.pid, 'SIGKILL');
      await first.stop({ keep: true });

      const again = await start({ data });
      onTestFinished(() => again.stop());
      const { write, job, runs, busy } = asked(again.url);
      await sleep(6_000);
      const seen = await job('stuck');
      const stored = await runs('stuck');
      const active = await busy('stuck');
      if (!atLeast(version, '4.0.9')) {
        expect(active).toHaveLength(1);
        expect(stored.filter(isUnfinished)).toHaveLength(2);
        return;
      }
      expect(active).toEqual([]);
      expect(stored.filter(isUnfinished)).toHaveLength(1);
      expect(at(seen.next)).toBeLessThan(Date.now() - 4_000);
      expect(seen).toMatchObject({ success_count: 0, error_count: 0, status: '' });

      // The ways out.
      await write({ ...wanted, concurrency: 'allow', ...commandOf('true') });
      await until(
        () => job('stuck'),
        ({ success_count }) => success_count > 0,
      );
      await write({ ...wanted, ...commandOf('true') });
      const count = (await job('stuck')).success_count;
      await sleep(5_000);
      const back = await job('stuck');
      expect(back.success_count).toBeLessThanOrEqual(count + 1);
      // A run by hand does not free it.
      const ran = (await job('stuck')).success_count;
      await ask(`${again.url}/v1/jobs/stuck`, 'POST');
      await until(
        () => job('stuck'),
        ({ success_count }) => success_count === ran + 1,
      );
      await sleep(4_500);
      expect((await job('stuck')).success_count).toBe(ran + 1);
      if (atLeast(version, '4.1.0')) {
        await ask(`${again.url}/v1/jobs/stuck/executions`, 'DELETE');
        await until(
          () => job('stuck'),
          ({ success_count }) => success_count >= 2,
        );
        return;
      }
      // A hundred runs do: the oldest execution goes.
      for (let count = 0; count < 100; count++) await ask(`${again.url}/v1/jobs/stuck`, 'POST');
      const freed = (await job('stuck')).success_count;
      await until(
        () => job('stuck'),
        ({ success_count }) => success_count >= freed + 2,
      );
    },
  );
});

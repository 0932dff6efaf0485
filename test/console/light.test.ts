/** How little an open console asks of a server with ten thousand jobs. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { placesBelow } from '../../src/config/places.ts';
import { bareTarget } from '../../src/config/target.ts';
import { openSession } from '../../src/console/session.ts';
import type { Job } from '../../src/job/job.ts';
import { json, serve } from '../dkron/scripted.ts';
import { fakeClock } from '../support/clock.ts';
import { aJob } from '../support/jobs.ts';

const minute = 60_000;
const leader = {
  Name: 'n1',
  Addr: '10.0.0.1',
  Port: 8946,
  Tags: { server: 'true', region: 'global', dc: 'dc1', version: '4.1.2' },
  Status: 1,
};

/** Jobs of 1.4 KB, that run once a year but for the first, by name. */
const tenThousand = (): Map<string, Job> =>
  new Map(
    Array.from({ length: 10_000 }, (_, at) => {
      const name = `job-${String(at).padStart(5, '0')}`;
      const body = 'x'.repeat(900);
      const executor_config = { method: 'POST', url: 'http://127.0.0.1:9', body };
      return [name, aJob({ name, schedule: '0 0 0 1 1 *', executor: 'http', executor_config })];
    }),
  );

/** A console of a server with these jobs, which is asked so often for so many bytes. */
async function watched(jobs: Map<string, Job>) {
  const counted = { requests: 0, lists: 0, bytes: 0, open: 0 };
  const answer = (value: unknown) => {
    const answered = json(value);
    counted.bytes += answered.body?.length ?? 0;
    return answered;
  };
  const { url } = await serve(({ path }) => {
    counted.requests++;
    const [name] = /(?<=^\/v1\/jobs\/)[^/]+$/.exec(path) ?? [];
    if (name !== undefined) return jobs.has(name) ? answer(jobs.get(name)) : { status: 404 };
    if (path.includes('/executions')) return answer([]);
    switch (path) {
      case '/v1/jobs':
        counted.lists++;
        return answer([...jobs.values()]);
      case '/v1/leader':
        return answer(leader);
      case '/v1/members':
        return answer([leader]);
      case '/v1/busy':
        return answer([]);
      case '/v1/pause':
        return answer({ paused: false });
      default:
        return answer({ agent: { name: 'n1', version: '4.1.2' }, serf: {}, tags: {} });
    }
  });
  const folder = await mkdtemp(join(tmpdir(), 'light-'));
  const clock = fakeClock();
  const places = placesBelow(folder, folder);
  const { store, close } = openSession({ target: bareTarget(url), places }, clock);
  onTestFinished(async () => {
    await close(AbortSignal.abort());
    await rm(folder, { recursive: true });
  });
  store.dispatch({ type: 'resized', columns: 200, rows: 50 });
  const settled = async (until: () => boolean): Promise<void> => {
    for (let turns = 0; turns < 2_000 && !until(); turns++) await sleep(1);
    expect(until()).toBe(true);
  };
  await settled(() => store.state().jobs.at !== null);
  /** Look by look: none is due before the one under way has come. */
  const pass = async (ms: number): Promise<void> => {
    for (const end = clock.now() + ms; clock.now() < end; ) {
      await settled(() => {
        const { link } = store.state();
        return link.kind === 'live' && link.nextAt > clock.now();
      });
      const { link } = store.state();
      const next = link.kind === 'live' ? link.nextAt - clock.now() : 0;
      clock.advance(Math.min(next, end - clock.now()));
    }
  };
  return { store, clock, counted, pass };
}

it('in a minute; and it tells the truth all the same', async () => {
  const jobs = tenThousand();
  const { counted, pass, store, clock } = await watched(jobs);
  const start = { ...counted };
  expect(start.lists).toBe(1);
  await pass(minute);
  const requests = counted.requests - start.requests;
  expect(counted.lists).toBe(1);
  expect((counted.bytes - start.bytes) / minute).toBeLessThan(35);
  // At most 30 looks: the rows of the table, and five small ones around them.
  expect(requests).toBeLessThan(30 * (50 + 5));
  expect(requests).toBeGreaterThan(20 * 40);
  const [first] = jobs.keys();
  jobs.set(first!, { ...jobs.get(first!)!, owner: 'ops' });
  await pass(3_000);
  expect(store.state().jobs.byName.get(first!)?.job.owner).toBe('ops');
  const { at, liveAt } = store.state().jobs;
  expect(clock.now() - liveAt!).toBeLessThan(3_000);
  expect(clock.now() - at!).toBeGreaterThan(minute);
}, 30_000);

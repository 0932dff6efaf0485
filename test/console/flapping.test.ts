/** A day on a line that flaps: whatever it costs, it costs the same at its end as at its beginning. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it, onTestFinished, vi } from 'vitest';
import { placesBelow } from '../../src/config/places.ts';
import { bareTarget } from '../../src/config/target.ts';
import { openSession } from '../../src/console/session.ts';
import { startDemo } from '../../src/demo/server.ts';
import { fakeClock } from '../support/clock.ts';
import { type Fault, type FaultProxy, faultProxy } from '../support/fault-proxy.ts';
import { aDefinition } from '../support/jobs.ts';
import { ask } from '../support/servers.ts';
import { keyOf } from '../terminal/press.ts';

const minute = 60_000;
const faults: readonly Fault[] = [
  { kind: 'refuse' },
  { kind: 'reset' },
  { kind: 'half-close' },
  { kind: 'black-hole' },
  { kind: 'hold' },
  { kind: 'cut', after: 150 },
  { kind: 'corrupt', every: 9 },
];

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Lets the sockets work, and while the line is whole until all is answered. */
async function settled(line: FaultProxy): Promise<void> {
  let calm = 0;
  for (let turns = 0; calm < 3 && turns < 500; turns++) {
    await turn();
    calm = line.whole && line.waiting > 0 ? 0 : calm + 1;
  }
}

const collect = (): number => {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
};

it('leaks no timers, sockets, files or memory', async () => {
  const demo = await startDemo({ empty: true });
  onTestFinished(() => demo.close());
  for (const name of ['fares', 'stops', 'zones'])
    await ask(`${demo.url}/v1/jobs`, 'POST', aDefinition({ name, schedule: '@manually' }));
  const folder = await mkdtemp(join(tmpdir(), 'flapping-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const line = await faultProxy(demo.url);
  const clock = fakeClock();
  const before = process.getActiveResourcesInfo().length;
  const session = openSession(
    {
      target: { ...bareTarget(line.url), refresh: 5 * minute },
      places: placesBelow(folder, folder),
    },
    clock,
  );
  const { store } = session;

  async function pass(ms: number): Promise<void> {
    for (const end = clock.now() + ms; clock.now() < end; ) {
      await settled(line);
      clock.advance(Math.min(clock.waiting()[0] ?? ms, end - clock.now()));
    }
    await settled(line);
  }

  /** Until it is live: in real time, too, for which cluster came back is looked up on the disk. */
  async function back(): Promise<void> {
    for (let steps = 0; store.state().link.kind === 'lost' && steps < 100; steps++) {
      await pass(100);
      await sleep(10);
    }
    expect(store.state().link.kind).toBe('live');
  }

  let flaps = 0;
  /** Half an hour, of which the line is broken for half a minute. */
  async function flap(): Promise<void> {
    await line.break(faults[flaps++ % faults.length]!);
    store.dispatch({ type: 'key', key: keyOf('ctrl-r'), at: clock.now() });
    store.dispatch({ type: 'painted', at: clock.now() });
    await pass(minute / 2);
    expect(store.state().link.kind).toBe('lost');
    await line.mend();
    await back();
    await pass(29.4 * minute);
  }

  const used = () => ({ timers: clock.waiting().length, connections: line.open });
  for (let count = 0; count < 2 * faults.length; count++) await flap();
  // But for what is being written at this moment.
  const isWhole = (path: string): boolean => !basename(path).startsWith('.');
  const files = async () => (await readdir(folder, { recursive: true })).filter(isWhole).sort();
  const kept = await files();
  const early = { ...used(), heap: collect() };
  while (flaps < 48) await flap();
  const late = { ...used(), heap: collect() };
  // The tick of the screen and the next read, or a read under way.
  expect(late.timers).toBeLessThanOrEqual(3);
  expect(late.connections).toBeLessThanOrEqual(16);
  // A day of jitter of the collector is less; ten days cost no more.
  expect(late.heap - early.heap).toBeLessThan(10_000_000);
  expect(await files()).toEqual(kept);

  expect(await session.close(AbortSignal.abort())).toEqual([]);
  expect(clock.waiting()).toEqual([]);
  await vi.waitFor(() => expect(line.open).toBe(0));
  await vi.waitFor(() =>
    expect(process.getActiveResourcesInfo().length).toBeLessThanOrEqual(before),
  );
}, 120_000);

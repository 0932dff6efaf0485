/** A line that is turned to another cluster in the middle of a change. */
import { expect, it, onTestFinished, vi } from 'vitest';
import type { Pauses } from '../../src/base/clock.ts';
import { OtherCluster } from '../../src/base/errors.ts';
import { remember } from '../../src/cluster/fingerprint.ts';
import { createGuard } from '../../src/cluster/guard.ts';
import { lookAtAll } from '../../src/cluster/sighting.ts';
import { createClient } from '../../src/dkron/client.ts';
import type { Journal } from '../../src/journal/entry.ts';
import { countedServer } from '../support/counted-server.ts';
import { doorOf } from '../support/door.ts';
import { change, faultProxy } from '../support/fault-proxy.ts';

const names = Array.from({ length: 40 }, (_, at) => `job-${String(at).padStart(2, '0')}`);
const server = (count: number) =>
  countedServer(...names.map((name) => ({ name, success_count: count })));

async function between() {
  const [a, b] = [await server(7), await server(3)];
  const line = await faultProxy(a.url);
  const client = createClient({ url: line.url });
  onTestFinished(() => client.close());
  const fingerprint = remember(await lookAtAll(client, Date.now));
  const watched = { label: 'prod', reached: [], fingerprint };
  const guard = createGuard({ client, watched: () => watched, now: Date.now });
  const jobs = (await Array.fromAsync(client.jobs())).map(({ job }) => job);
  return { b, line, client, guard, jobs };
}

/** The right cluster is waited for: half a minute is over in a moment here. */
function hasty(): Pauses {
  let now = Date.now();
  return {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
  };
}

it.each([
  ['whose connections are cut', true],
  ['whose connections stay', false],
])('sends nothing there: a line %s', async (_, cut) => {
  const { b, line, client, guard, jobs } = await between();
  const door = doorOf(client, { guard, clock: hasty() });
  const struck = line.breakAt(change, { kind: 'hold' }, 'before');
  const writing = door.write(jobs.map((seen) => ({ seen, wanted: { ...seen, owner: 'x' } })));
  await struck;
  line.turnTo(b.url, { cut });
  await line.mend();
  const results = await writing;
  expect(b.changes()).toEqual([]);
  // What was on its way is told as not known, never by what the other one has.
  const sent = results.filter(({ outcome }) => outcome === 'unknown');
  expect(sent.every((result) => !('now' in result) || result.now === undefined)).toBe(true);
});

it('sends nothing there where it is turned between the last look and the first change', async () => {
  const { b, line, client, guard, jobs } = await between();
  const journal: Journal = {
    before: async () => {
      line.turnTo(b.url, { cut: true });
      await vi.waitFor(() => expect(line.open).toBe(0));
    },
    after: async () => {},
  };
  const [first] = jobs;
  const changes = [{ seen: first!, wanted: { ...first!, owner: 'x' } }];
  const [result] = await doorOf(client, { guard, journal }).write(changes);
  expect(b.changes()).toEqual([]);
  expect(result).toMatchObject({ outcome: 'refused', error: expect.any(OtherCluster) });
});

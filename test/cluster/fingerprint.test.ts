import { expect, it, onTestFinished, test } from 'vitest';
import {
  type JobMark,
  remember,
  type Sighting,
  serversOf,
  witnesses,
} from '../../src/cluster/fingerprint.ts';
import { look } from '../../src/cluster/sighting.ts';
import { startDemo } from '../../src/demo/server.ts';
import { createClient } from '../../src/dkron/client.ts';

const ran = (success_count: number, last_success: string): JobMark => ({
  success_count,
  error_count: 0,
  last_success,
  last_error: null,
});
const never: JobMark = { success_count: 0, error_count: 0, last_success: null, last_error: null };

const sighting = (jobs: ReadonlyMap<string, JobMark | null>, whole = true): Sighting => ({
  at: Date.parse('2026-11-26T17:00:00Z'),
  region: 'global',
  datacenter: 'dc1',
  nodes: [],
  leader: true,
  jobs,
  whole,
});

const many = (count: number, mark: JobMark) =>
  Array.from({ length: count }, (_, at) => [`job-${at}`, mark] as const);

test('two readings choose the same jobs, those that ran first', () => {
  const idle = many(2_000, never);
  const once = Array.from(
    { length: 150 },
    (_, at) => [`ran-${at}`, ran(1, '2026-11-26T12:00:00Z')] as const,
  );
  const one = remember(sighting(new Map([...idle, ...once])));
  const two = remember(sighting(new Map([...once, ...idle.toReversed(), ['new', never]])));
  expect(one.sample).toHaveLength(200);
  expect(one.sample.slice(0, 150).every(({ name }) => name.startsWith('ran-'))).toBe(true);
  const names = new Set(one.sample.map(({ name }) => name));
  expect(two.sample.filter(({ name }) => names.has(name)).length).toBeGreaterThanOrEqual(199);
});

test('a sighting of some jobs replaces these, drops those that are gone and leaves the others', () => {
  const first = remember(
    sighting(
      new Map([
        ['a', ran(1, '2026-11-26T12:00:00Z')],
        ['b', never],
        ['c', never],
      ]),
    ),
  );
  const after = remember(
    sighting(
      new Map([
        ['a', ran(2, '2026-11-26T13:00:00Z')],
        ['b', null],
      ]),
      false,
    ),
    first,
  );
  expect(after.count).toBe(3);
  expect(after.sample.map(({ name, success_count }) => [name, success_count])).toEqual([
    ['a', 2],
    ['c', 0],
  ]);
});

test('the jobs that are asked for rested longest, or ran most', () => {
  const days = Array.from(
    { length: 9 },
    (_, at) => [`day-${at + 1}`, ran(1, `2026-11-0${at + 1}T00:00:00Z`)] as const,
  );
  const known = remember(
    sighting(new Map([...days, ['busy', ran(90_000, '2026-11-26T16:59:59Z')], ['idle', never]])),
  );
  const names = witnesses(known);
  expect(names).toHaveLength(8);
  expect(names.slice(0, 6)).toEqual(['day-1', 'day-2', 'day-3', 'day-4', 'day-5', 'busy']);
});

test('agents are no servers, dead servers are', () => {
  const member = (Name: string, Tags: Record<string, string>, Status = 1) => ({
    Name,
    Addr: '10.0.0.1',
    Port: 8946,
    Tags,
    Status,
  });
  const server = { server: 'true', region: 'global', dc: 'dc1', version: '4.1.2' };
  expect(
    serversOf([member('f1', server), member('f2', server, 4), member('worker', { region: 'x' })]),
  ).toEqual({
    region: 'global',
    datacenter: 'dc1',
    nodes: [
      { name: 'f1', address: '10.0.0.1:8946', version: '4.1.2' },
      { name: 'f2', address: '10.0.0.1:8946', version: '4.1.2' },
    ],
  });
});

it('looks at some jobs of a server, and says which are not there', async () => {
  const { url, close } = await startDemo();
  onTestFinished(close);
  const client = createClient({ url });
  onTestFinished(() => client.close());
  const [first] = (await Array.fromAsync(client.jobs())).map(({ job }) => job);
  const seen = await look(client, [first!.name, 'no-such-job'], () => 1_795_712_000_000);
  expect(seen).toMatchObject({ region: 'global', datacenter: 'dc1', leader: true, whole: false });
  expect(seen.nodes).toEqual([{ name: 'demo', address: new URL(url).host, version: '4.1.2' }]);
  expect([...seen.jobs]).toEqual([
    [first!.name, expect.objectContaining({ success_count: first!.success_count })],
    ['no-such-job', null],
  ]);
});

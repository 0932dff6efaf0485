/** What an open console costs: its server, the line to it, and the memory of this machine. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, type Contestant, eachOf, oneByOne } from './bench.ts';
import { cursor, listed } from './keyboard.ts';
import { cpuOfTree, cpuTime, type Memory } from './proc.ts';
import { type CountingProxy, countingProxy } from './proxy.ts';
import type { Row } from './report.ts';
import { rests } from './rest.ts';
import type { BenchServer } from './server.ts';
import { large, type Watched, watch } from './terminal.ts';

/** Of a stretch of time, a second. */
interface Costs {
  /** Milliseconds on a core. */
  readonly server: number;
  readonly own: number;
  readonly requests: number;
  readonly lists: number;
  readonly bytes: number;
}

interface Seen {
  readonly costs: Costs;
  readonly start: Memory;
  readonly end: Memory;
}

/** As many MB, as the issue has them, by how many jobs there are. */
const most: Readonly<Record<number, number>> = { 100: 110e6, 10000: 145e6, 100000: 260e6 };

export async function measureWatching(
  { contestants, quick, long }: Bench,
  server: BenchServer,
  jobs: number,
): Promise<Row[]> {
  const proxy = await countingProxy(server.url);
  const seconds = quick ? 15 : long ? 540 : 45;
  const minutes = long ? 10 : quick ? 0.5 : 1.5;
  try {
    await rests(server);
    const alone = await costsOf(server, proxy, process.pid, quick ? 10 : 20);
    const seen = await oneByOne(contestants, (each) =>
      look(each, server, proxy, { seconds, minutes }),
    );
    const node = await bareNode();
    const of = (value: (seen: Seen) => number) =>
      eachOf(contestants, ({ side }) => value(seen[side]));
    const open = `an open console, ${jobs} jobs`;
    const after = minutes < 1 ? `${minutes * 60} s` : `${minutes} minutes`;
    const resident = (when: string, value: (seen: Seen) => number): Row => ({
      measure: `resident memory, ${jobs} jobs, ${when}`,
      unit: 'bytes',
      ...of(value),
      against: { what: 'bare Node', value: node.resident },
    });
    return [
      {
        measure: `${open}: share of a core of the server`,
        unit: '%',
        ...of(({ costs }) => (costs.server - alone.server) / 10),
        against: { what: 'nobody looks', value: alone.server / 10 },
        aim: { most: 1 },
      },
      {
        measure: `${open}: what passes`,
        unit: 'kB/s',
        ...of(({ costs }) => costs.bytes / 1_000),
        aim: { most: 50 },
      },
      { measure: `${open}: requests`, unit: 'a minute', ...of(({ costs }) => costs.requests * 60) },
      {
        measure: 'of those the whole list',
        unit: 'a minute',
        ...of(({ costs }) => costs.lists * 60),
      },
      {
        measure: `${open}: its own share of a core`,
        unit: '%',
        ...of(({ costs }) => costs.own / 10),
      },
      resident('once all are there', ({ start }) => start.resident),
      {
        ...resident(`after ${after} with keys`, ({ end }) => end.resident),
        aim: { most: most[jobs]! },
      },
      {
        ...resident(`of that its own`, ({ end }) => end.own),
        against: { what: 'bare Node', value: node.own },
      },
      {
        ...resident('the most', ({ end }) => end.peak),
        against: { what: 'bare Node', value: node.peak },
      },
    ];
  } finally {
    proxy.close();
  }
}

interface Stretches {
  /** Nobody types. */
  readonly seconds: number;
  /** With keys now and then; in all. */
  readonly minutes: number;
}

async function look(
  { program, env }: Contestant,
  server: BenchServer,
  proxy: CountingProxy,
  { seconds, minutes }: Stretches,
): Promise<Seen> {
  const console = watch([program, '--url', proxy.url], { env });
  try {
    await listed(console);
    await sleep(2_000);
    const start = console.memory();
    // What follows a start is no part of a minute.
    await sleep(8_000);
    const costs = await costsOf(server, proxy, console.pid, seconds);
    await keysNowAndThen(console, minutes * 60_000 - seconds * 1_000);
    return { costs, start, end: console.memory() };
  } finally {
    await console.stop();
  }
}

/** Twenty keys every five seconds. */
async function keysNowAndThen(console: Watched, ms: number): Promise<void> {
  const { key } = cursor(large, 20);
  for (const until = performance.now() + ms; performance.now() < until; await sleep(5_000))
    for (let at = 0; at < 40; at++) await console.press(key(at), { every: 30 });
}

async function costsOf(
  { pid }: BenchServer,
  proxy: CountingProxy,
  own: number,
  seconds: number,
): Promise<Costs> {
  const told = () => ({
    server: pid === null ? Number.NaN : cpuOfTree(pid),
    own: cpuTime(own),
    ...proxy.passed(),
  });
  const before = told();
  await sleep(seconds * 1_000);
  const after = told();
  const each = (name: keyof Costs): number => (after[name] - before[name]) / seconds;
  return {
    server: each('server'),
    own: each('own'),
    requests: each('requests'),
    lists: each('lists'),
    bytes: each('bytes'),
  };
}

/** What Node itself has, with nothing to do. */
async function bareNode(): Promise<Memory> {
  const node = watch([
    '-e',
    'process.stdout.write("ready\\x1b[?2026l"); setInterval(() => {}, 1000)',
  ]);
  try {
    await node.shows('ready');
    await sleep(1_000);
    return node.memory();
  } finally {
    await node.stop();
  }
}

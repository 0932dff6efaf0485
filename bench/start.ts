/** From the start of the process to what an operator sees first, and to the first key that works. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, type Contestant, eachOf } from './bench.ts';
import { benchJob, nameOf } from './jobs.ts';
import { hasProgram } from './machine.ts';
import { type Contender, inTurns, median, timeProgram } from './measure.ts';
import type { Row } from './report.ts';
import { rests } from './rest.ts';
import { type BenchServer, putJob } from './server.ts';
import { frameEnd, type WatchOptions, watch } from './terminal.ts';

interface Seen {
  /** Rows, whether they are the server's of now or were remembered. */
  readonly rows: number;
  /** A row as the server has it since a moment before the start. */
  readonly live: number;
}

export const bare = ['-e', `process.stdout.write("ready${frameEnd}")`];
/** What the help says, whether the jobs are there or not. */
export const helpText = 'Shows only what matches';

export async function measureStart(
  { contestants, folder, quick }: Bench,
  server: BenchServer,
  jobs: number,
): Promise<Row[]> {
  const { url } = server;
  // Of a long list that nobody waits for any more Dkron makes the rest all the same.
  const turns = jobs < 10_000 ? {} : { ready: () => rests(server) };
  const newer = newerRows(url);
  const start = async (program: string, options: WatchOptions): Promise<Seen> => {
    const token = await newer();
    return watched([program, '--url', url], options, async (console) => ({
      rows: await console.shows(nameOf(1)),
      live: await console.shows(token),
    }));
  };
  const once =
    (work: () => Promise<number>): Contender<Seen> =>
    async () => {
      const took = await work();
      return { rows: took, live: took };
    };
  const warm =
    ({ program, env }: Contestant) =>
    () =>
      start(program, { env });
  const cold =
    ({ program }: Contestant) =>
    () =>
      start(program, { env: { HOME: mkdtempSync(join(folder, 'cold-')) } });
  const key = ({ program, env }: Contestant) =>
    once(() =>
      watched([program, '--url', url], { env, typed: '?' }, (console) => console.shows(helpText)),
    );

  await startedOnce(contestants, url);
  const rounds = jobs >= 100_000 ? 5 : quick ? 7 : 15;
  const others: Record<'node' | 'curl', Contender<Seen>> = {
    node: once(() => watched(bare, {}, (node) => node.shows('ready'))),
    curl: once(async () =>
      hasProgram('curl')
        ? timeProgram('curl', ['-s', '-o', '/dev/null', `${url}/v1/jobs`])
        : Number.NaN,
    ),
  };
  const first = await inTurns(rounds, { ...others, ...eachOf(contestants, warm) }, turns);
  const keys = await inTurns(rounds, eachOf(contestants, key), turns);
  const node = median(first.node.map(({ live }) => live));
  const curl = median(first.curl.map(({ live }) => live));
  const of = (samples: Record<string, Seen[]>, what: keyof Seen) =>
    eachOf(contestants, ({ side }) => median(samples[side]!.map((seen) => seen[what])));
  const againstNode = {
    unit: 'ms',
    against: { what: 'bare Node', value: node },
    by: 'times',
  } as const;

  const rows: Row[] = [
    {
      measure: `first rows, last seen or live, ${jobs} jobs`,
      ...of(first, 'rows'),
      ...againstNode,
      aim: { most: 1.3 },
    },
    jobs <= 100
      ? {
          measure: `live rows, ${jobs} jobs`,
          ...of(first, 'live'),
          ...againstNode,
          aim: { most: 3 },
        }
      : {
          measure: `live rows, ${jobs} jobs`,
          unit: 'ms',
          ...of(first, 'live'),
          against: { what: 'curl of the list', value: curl },
          by: 'times',
          aim: { most: 1.15 + 60 / curl, says: '≤ 1.15× + 60 ms' },
        },
    {
      measure: `a key works after, ${jobs} jobs`,
      ...of(keys, 'live'),
      ...againstNode,
      aim: { most: 4 },
    },
  ];
  // What comes after it measures the rows of that job, too.
  const asItWas = () => putJob(url, benchJob(1));
  if (jobs > 100) return asItWas().then(() => rows);
  const colds = await inTurns(quick ? 3 : 7, eachOf(contestants, cold), { warm: false });
  await asItWas();
  return [
    ...rows,
    {
      measure: `the very first start: live rows, ${jobs} jobs`,
      ...of(colds, 'live'),
      ...againstNode,
    },
  ];
}

/** What a program remembers from one start to the next is there: its code, and the rows it saw last. */
export async function startedOnce(contestants: readonly Contestant[], url: string): Promise<void> {
  for (const { program, env } of contestants)
    await watched([program, '--url', url], { env }, async (console) => {
      await console.shows(nameOf(1));
      await sleep(5_000);
    });
}

async function watched<T>(
  args: readonly string[],
  options: WatchOptions,
  work: (console: ReturnType<typeof watch>) => Promise<T>,
): Promise<T> {
  const console = watch(args, options);
  try {
    return await work(console);
  } finally {
    await console.stop();
  }
}

/** Gives the second row another schedule, of which every digit is new, and says which. */
export function newerRows(url: string): () => Promise<string> {
  let count = 0;
  return async () => {
    const token = String((count++ % 9) + 1).repeat(9);
    await putJob(url, { ...benchJob(1), schedule: `@every ${token}s` });
    return token;
  };
}

/** When what happens in a start of the console, as it is seen from outside: by its terminal and by its server. */
import { type Bench, type Contestant, eachOf, type Side } from './bench.ts';
import { nameOf } from './jobs.ts';
import { inTurns, median } from './measure.ts';
import { type CountingProxy, countingProxy } from './proxy.ts';
import type { BenchServer } from './server.ts';
import { bare, helpText, newerRows, startedOnce } from './start.ts';
import { watch } from './terminal.ts';

/** Milliseconds since the start, by what happened then. */
export type Events = Readonly<Record<string, number>>;

const rounds = 15;

export async function waterfall(
  { contestants }: Bench,
  server: BenchServer,
  jobs: number,
): Promise<string> {
  const proxy = await countingProxy(server.url);
  const newer = newerRows(server.url);
  const look =
    ({ program, env }: Contestant) =>
    async (): Promise<Events> => {
      const token = await newer();
      const before = proxy.passages.length;
      const console = watch([program, '--url', proxy.url], { env });
      try {
        const seen = {
          'the first frame is whole': await console.shows(''),
          'rows are shown': await console.shows(nameOf(1)),
          'live rows are shown': await console.shows(token),
        };
        return { ...requests(proxy, before, console.startedAt), ...seen };
      } finally {
        await console.stop();
      }
    };
  const key =
    ({ program, env }: Contestant) =>
    async (): Promise<Events> => {
      const console = watch([program, '--url', proxy.url], { env, typed: '?' });
      try {
        return { 'a key typed at 0 is answered': await console.shows(helpText) };
      } finally {
        await console.stop();
      }
    };
  const node = async (): Promise<Events> => {
    const console = watch(bare);
    try {
      return { 'a bare Node has said a word': await console.shows('ready') };
    } finally {
      await console.stop();
    }
  };
  try {
    await startedOnce(contestants, proxy.url);
    const starts = await inTurns(rounds, { node, ...eachOf(contestants, look) });
    const keys = await inTurns(rounds, eachOf(contestants, key));
    const of = ({ side }: Contestant): Events => ({
      ...mediansOf(starts.node),
      ...mediansOf(starts[side]),
      ...mediansOf(keys[side]),
    });
    return asWaterfall(eachOf(contestants, of), jobs);
  } finally {
    proxy.close();
  }
}

/** What a start asked: when each path was asked for the first time, and when its answer began and ended. */
function requests({ passages }: CountingProxy, from: number, startedAt: number): Events {
  const events: Record<string, number> = {};
  for (const { path, askedAt, begunAt, endedAt } of passages.slice(from)) {
    events[`${path} is asked`] ??= askedAt - startedAt;
    if (path !== '/v1/jobs') continue;
    events[`${path} begins to answer`] ??= begunAt - startedAt;
    events[`${path} has answered`] ??= endedAt - startedAt;
  }
  return events;
}

/** Of each event that happened in more than half of the rounds. */
export function mediansOf(rounds: readonly Events[]): Events {
  const names = [...new Set(rounds.flatMap((events) => Object.keys(events)))];
  const medians = names.map((name) => {
    const times = rounds.map((events) => events[name] ?? Number.POSITIVE_INFINITY);
    return [name, median(times)] as const;
  });
  return Object.fromEntries(medians.filter(([, at]) => Number.isFinite(at)));
}

/** A Markdown table, the events in the order of ours. */
export function asWaterfall(sides: Readonly<Record<Side, Events>>, jobs: number): string {
  const entries = Object.entries(sides);
  const names = [...new Set(entries.flatMap(([, events]) => Object.keys(events)))];
  const at = (name: string): number =>
    sides.ours[name] ?? sides.before?.[name] ?? Number.POSITIVE_INFINITY;
  const ordered = names.toSorted((a, b) => at(a) - at(b));
  const cell = (value: number | undefined): string => value?.toFixed(0) ?? '';
  const lines = ordered.map(
    (name) => `| ${[...entries.map(([, events]) => cell(events[name])), name].join(' | ')} |`,
  );
  const heads = entries.map(([side]) => `${side}, ms`);
  return [
    `a warm start, ${jobs} jobs, median of ${rounds}`,
    '',
    `| ${[...heads, 'what'].join(' | ')} |`,
    `| ${heads.map(() => '---:').join(' | ')} | --- |`,
    ...lines,
  ].join('\n');
}

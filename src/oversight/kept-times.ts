/**
 * How long the jobs of a cluster take, kept for its later consoles and commands: to read it costs Dkron
 * more than anything else. The file holds names of jobs and numbers.
 */
import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { jsonOf } from '../base/json.ts';
import { writeWhole } from '../config/whole-file.ts';
import { mostRuns, type RunTimes } from '../job/run-times/times.ts';

/** By job name. */
export type KnownTimes = ReadonlyMap<string, RunTimes>;

const version = 1;
/** So many jobs are kept, those that were read last; what is older is not, ms. */
const most = 5_000;
const oldest = 60 * 86_400_000;

/** Name, when it was read, ends of runs, and the runs. */
const row = z.tuple([z.string().check(z.maxLength(1_024)), z.number(), z.number()], z.number());
const shape = z.object({ version: z.literal(version), jobs: z.array(z.unknown()) });

/** What is kept of one cluster. */
export interface TimesFile {
  /** Nothing where there is none that can be read; what of it is not understood is left out. */
  readonly read: () => Promise<KnownTimes>;
  /** Keeps these besides what is there. Rejects with OperatorError when the disk refuses. */
  readonly keep: (more: KnownTimes, now: number) => Promise<void>;
}

export const openTimes = (path: string): TimesFile => ({
  read: () => readTimes(path),
  async keep(more, now) {
    const all = joinedTimes(await readTimes(path), more);
    const jobs = [...all]
      .filter(([, { at }]) => at >= now - oldest)
      .sort(([, a], [, b]) => b.at - a.at)
      .slice(0, most)
      .map(([name, { at, ends, runs }]) => [name, at, ends, ...runs]);
    await writeWhole(path, JSON.stringify({ version, jobs }));
  },
});

/** Of a job that is in both what was read later. */
export function joinedTimes(before: KnownTimes, more: KnownTimes): KnownTimes {
  const all = new Map(before);
  for (const [name, times] of more) if ((all.get(name)?.at ?? 0) <= times.at) all.set(name, times);
  return all;
}

async function readTimes(path: string): Promise<KnownTimes> {
  const parsed = shape.safeParse(jsonOf(await readFile(path, 'utf8').catch(() => '')));
  if (!parsed.success) return new Map();
  return new Map(
    parsed.data.jobs.flatMap((one) => {
      const read = row.safeParse(one).data;
      if (read === undefined) return [];
      const [name, at, ends, ...runs] = read;
      return [[name, { at, ends, runs: runs.slice(-mostRuns) }] as const];
    }),
  );
}

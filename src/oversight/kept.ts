/**
 * What was seen of a cluster's jobs that should have run, kept for its later consoles and commands: Dkron
 * forgets it with the next run. The file holds names of jobs and times, nothing that anybody wrote into a
 * job.
 */
import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { jsonOf } from '../base/json.ts';
import { writeWhole } from '../config/whole-file.ts';
import type { JobFacts } from '../job/job.ts';
import type { Reader } from './firing.ts';
import type { Missed } from './missed.ts';
import { countOf } from './report.ts';
import { definitionKey, type Sightings } from './sightings.ts';
import type { Verdict } from './verdict.ts';

/** A job that is overdue: since when it is seen enabled, by its definition. */
export interface SeenSince {
  readonly job: string;
  readonly key: string;
  /** ms since the epoch. */
  readonly since: number;
}

export interface Kept {
  /** The newest first. */
  readonly missed: readonly Missed[];
  readonly seen: readonly SeenSince[];
}

const version = 1;
const most = 1_000;
/** What is older is not kept, ms. */
const oldest = 30 * 86_400_000;

const text = z.string().check(z.maxLength(1_024));
const name = z.nullable(text);
const causeShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('held'), since: z.number(), node: text }),
  z.object({ kind: z.literal('orphan'), since: z.number(), node: text }),
  z.object({ kind: z.literal('tags'), tags: z.array(text) }),
  z.object({ kind: z.literal('leader'), from: name, to: name, at: z.number() }),
  z.object({ kind: z.literal('leaderless') }),
  z.object({ kind: z.literal('silent'), from: z.number(), to: z.number() }),
  z.object({ kind: z.literal('standstill'), others: z.number() }),
  z.object({ kind: z.literal('unknown') }),
]);
const missedShape = z.object({
  job: text,
  at: z.number(),
  until: z.number(),
  count: z.number(),
  endedAt: z.nullable(z.number()),
  cause: causeShape,
});
const seenShape = z.object({ job: text, key: text, since: z.number() });
const shape = z.object({
  version: z.literal(version),
  missed: z.array(z.unknown()),
  seen: z.array(z.unknown()),
});

const nothing: Kept = { missed: [], seen: [] };

/** What a later look can build on: what is late now, and since when what is overdue is seen enabled. */
export const keptOf = (
  troubles: ReadonlyMap<string, Verdict>,
  news: readonly Missed[],
  jobs: ReadonlyMap<string, JobFacts>,
  now: number,
  reader: Reader,
): Kept => ({
  missed: [
    ...news,
    ...[...troubles].flatMap(([job, verdict]) => {
      const { state, at, cause } = verdict;
      if (state !== 'late' && state !== 'stuck') return [];
      const count = countOf(jobs.get(job), verdict, now, reader);
      return { job, at, until: Math.max(at, now), count, cause, endedAt: null };
    }),
  ],
  seen: [...troubles].flatMap(([name, { state }]) => {
    const job = jobs.get(name);
    return state === 'overdue' && job !== undefined
      ? { job: name, key: definitionKey(job), since: now }
      : [];
  }),
});

/** What went on when it was kept last, and does so no more, has ended by now. */
export function closed(
  kept: readonly Missed[],
  troubles: ReadonlyMap<string, Verdict>,
  now: number,
): readonly Missed[] {
  const isOpen = ({ job, endedAt }: Missed): boolean => {
    const state = troubles.get(job)?.state;
    return endedAt === null && state !== 'late' && state !== 'stuck' && state !== 'overdue';
  };
  return kept.filter(isOpen).map((one) => ({ ...one, endedAt: now }));
}

/** Nothing where there is none that can be read; what of it is not understood is left out. */
async function readKept(path: string): Promise<Kept> {
  const parsed = shape.safeParse(jsonOf(await readFile(path, 'utf8').catch(() => '')));
  if (!parsed.success) return nothing;
  const { missed, seen } = parsed.data;
  return {
    missed: missed.flatMap((one) => missedShape.safeParse(one).data ?? []),
    seen: seen.flatMap((one) => seenShape.safeParse(one).data ?? []),
  };
}

async function keepMore(path: string, more: Kept, now: number): Promise<void> {
  const { missed, seen } = joined(await readKept(path), more, now);
  await writeWhole(path, JSON.stringify({ version, missed, seen }));
}

/** What is kept of one cluster. */
export interface MissedFile {
  readonly read: () => Promise<Kept>;
  /** Keeps this besides what is there. Rejects with OperatorError when the disk refuses. */
  readonly keep: (more: Kept, now: number) => Promise<void>;
}

export const openMissed = (path: string): MissedFile => ({
  read: () => readKept(path),
  keep: (more, now) => keepMore(path, more, now),
});

/** Both, each miss and each job once: of one that is in both the later word. */
export function joined(before: Kept, more: Kept, now: number): Kept {
  const missed = new Map<string, Missed>();
  for (const one of [...before.missed, ...more.missed]) {
    const key = `${one.job}\n${one.at}`;
    const known = missed.get(key);
    if (known === undefined || known.endedAt === null || one.endedAt !== null) missed.set(key, one);
  }
  const seen = new Map<string, SeenSince>();
  for (const one of [...before.seen, ...more.seen]) {
    const known = seen.get(one.job);
    if (known?.key !== one.key || one.since < known.since) seen.set(one.job, one);
  }
  const from = now - oldest;
  return {
    missed: [...missed.values()]
      .filter(({ until }) => until >= from)
      .sort((a, b) => b.at - a.at)
      .slice(0, most),
    seen: [...seen.values()]
      .filter(({ since }) => since >= from)
      .sort((a, b) => b.since - a.since)
      .slice(0, most),
  };
}

/** What was kept, as an overseer asks for it. */
export function sightingsOf({ seen }: Kept): Sightings {
  const byJob = new Map(seen.map((one) => [one.job, one]));
  return {
    since(job: JobFacts) {
      const known = byJob.get(job.name);
      return known !== undefined && known.key === definitionKey(job) ? known.since : undefined;
    },
  };
}

/**
 * Jobs that were broken by something known, among edits that broke nothing: the screen has to say first, or
 * second, what it was. Snapshots and journal are those of the program; the seed makes each case anew.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Random } from '../../src/demo/random.ts';
import type { Execution } from '../../src/dkron/shapes.ts';
import type { Job } from '../../src/job/job.ts';
import type { FileJournal, PastChange } from '../../src/journal/file.ts';
import type { RosterChange } from '../../src/oversight/roster.ts';
import type { Event } from '../../src/why/events.ts';
import { whyOf } from '../../src/why/why.ts';
import { aJob, anExecution, jobsByName } from '../support/jobs.ts';
import { writeSnapshot } from '../support/manifested.ts';
import { manifestOf } from '../support/snapshots.ts';

const minute = 60_000;
const hour = 60 * minute;
const since = Date.UTC(2026, 10, 21, 14);
const cluster = 'c1';

const http = (name: string, host: string, more: Partial<Job> = {}): Job =>
  aJob({
    ...{ name, executor: 'http', executor_config: { url: `http://${host}/${name}` } },
    ...more,
  });

const family: readonly Job[] = [
  http('a', 'cache', { parent_job: 'p' }),
  http('p', 'feed', { parent_job: 'g' }),
  http('g', 'feed'),
  ...Array.from({ length: 4 }, (_, at) => http(`same-${at}`, 'cache')),
];
const strangers = Array.from({ length: 6 }, (_, at) => http(`other-${at}`, 'elsewhere'));

interface Edit {
  readonly job: string;
  readonly at: number;
  /** From this machine, so that the journal has it. */
  readonly own: boolean;
}

/** How the jobs were at a time: each edit is a number in the job's metadata. */
const jobsAt = (edits: readonly Edit[], at: number): Job[] =>
  [...family, ...strangers].map((job) => {
    const done = edits.filter((edit) => edit.job === job.name && edit.at <= at);
    return { ...job, metadata: { edit: String(done.length) } };
  });

const kinds = ['edit', 'edit', 'edit', 'node', 'version', 'leader'] as const;

async function madeUp(seed: number, folder: string): Promise<number> {
  const dice = new Random(String(seed));
  const random = (): number => dice.next();
  const oneOf = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const between = (from: number, to: number): number =>
    dice.between(Math.floor(from), Math.ceil(to));
  const period = oneOf([minute, 5 * minute, hour, 6 * hour, 24 * hour]);
  const lastGood = since - period;
  const broken = between(lastGood + period / 20, since - period / 20);
  const kind = oneOf(kinds);
  const cause: Edit = { job: oneOf(family).name, at: broken, own: random() < 0.5 };
  const noise = Array.from(
    { length: between(0, 12) },
    (): Edit => ({
      job: oneOf([...family, ...strangers, ...strangers]).name,
      at: between(since - 48 * hour, random() < 0.1 ? since : lastGood),
      own: random() < 0.5,
    }),
  );
  const edits = [...noise, ...(kind === 'edit' ? [cause] : [])].sort((a, b) => a.at - b.at);

  for (let at = since - 54 * hour, taken = 0; at < since; at += between(hour, 9 * hour), taken++) {
    const jobs = jobsAt(edits, at);
    const manifest = manifestOf(jobs, {
      taken: new Date(at).toISOString(),
      cluster: { id: cluster, name: 'prod' },
    });
    const text = jobs.map((job) => `${JSON.stringify(job)}\n`).join('');
    await writeSnapshot(join(folder, `${taken}.jsonl`), text, manifest);
  }

  const past = edits
    .filter(({ own }) => own)
    .map((edit): PastChange => {
      const [before, after] = [edit.at - 1, edit.at].map((at) =>
        JSON.stringify(jobsAt(edits, at).find(({ name }) => name === edit.job)),
      ) as [string, string];
      const at = new Date(edit.at).toISOString();
      return {
        ...{ id: `${edit.job} ${edit.at}`, at, server: 'http://d', job: edit.job },
        ...{ action: 'write', before, sent: after },
        result: { id: `${edit.job} ${edit.at}`, at, outcome: 'written', after },
      };
    });
  const journal = {
    passedOver: () => [],
    async *operations() {
      for (const change of past.toReversed()) yield [change];
    },
  } as unknown as FileJournal;

  const within = { after: broken - 1_000, by: broken + 1_000 };
  const nodes: RosterChange[] =
    kind === 'node'
      ? [{ ...within, kind, node: 'n2', from: 'alive', to: 'failed' }]
      : kind === 'version'
        ? [{ ...within, kind, node: 'n2', from: '4.0.9', to: '4.1.2' }]
        : kind === 'leader'
          ? [{ ...within, kind, from: 'n1', to: 'n2' }]
          : [];
  const run = (at: number, success: boolean): Execution => {
    const iso = (one: number): string => new Date(one).toISOString();
    const [started_at, finished_at] = [iso(at), iso(at + 500)];
    return anExecution({ id: String(at), group: String(at), success, started_at, finished_at });
  };
  const found = await whyOf('a', [run(since, false), run(lastGood, true)], {
    jobs: jobsByName(jobsAt(edits, since)),
    ...{ at: since + minute, folder, cluster, journal, nodes },
    breathe: async () => {},
  });
  if (!('incident' in found)) throw new Error(found.why);
  return found.before.findIndex((event) => isCause(event, kind === 'edit' ? cause : null));
}

/** `edit`: null where it was no edit. */
function isCause(event: Event, edit: Edit | null): boolean {
  if (edit === null) return event.kind === 'nodes';
  if (event.kind !== 'edit' || event.job !== edit.job) return false;
  const { after, by } = event.step;
  return (after ?? 0) <= edit.at && edit.at <= by;
}

test('of 50 incidents at least 45 say first or second what it was', async () => {
  const base = await mkdtemp(join(tmpdir(), 'made-up-'));
  onTestFinished(() => rm(base, { recursive: true }));
  const places: number[] = [];
  for (let seed = 1; seed <= 50; seed++)
    places.push(await madeUp(seed, await mkdtemp(join(base, `${seed}-`))));
  const told = places.filter((place) => place === 0 || place === 1);
  expect(places).not.toContain(-1);
  expect(told.length).toBeGreaterThanOrEqual(45);
}, 60_000);

/** One look at some of a server's jobs, in place of its whole list. */
import type { Clock } from '../../base/clock.ts';
import { NotFound, noneFor, Unreachable, UnreadableJob } from '../../base/errors.ts';
import type { Dkron, ReadOptions } from '../../dkron/client.ts';
import { rowAmong } from '../../dkron/rows.ts';
import type { Execution } from '../../dkron/shapes.ts';
import { isBehind } from '../../job/behind.ts';
import type { JobRow } from '../../job/row.ts';
import { type JobTable, tableOf } from '../../job/table.ts';
import type { Fresh } from './expected.ts';
import { canPause, type Look, type Looked, patience, patient, type Seen } from './look.ts';

export interface WatchOptions {
  readonly client: Dkron;
  readonly clock: Clock;
  /** What is known of all jobs. */
  readonly before: Seen;
  /** The newest that was seen of each: what is older comes of a node that lags. */
  readonly newest: JobTable;
  readonly names: readonly string[];
  /** Who is to be read besides, because they run, or no longer. */
  readonly stirred: (busy: readonly Execution[]) => readonly string[];
  readonly busy: Promise<readonly Execution[] | null>;
}

/** So many at once: more make no Dkron quicker, and others want to be answered too. */
const lanes = 8;
/** So many may be gone at once before it looks as if another server answers. */
const several = 3;

/** What it sees is null where only the whole list can tell what is the matter. */
export type Watching = Omit<Look, 'seen'> & { readonly seen: Promise<Looked | null> };

export function startWatching({
  client,
  clock,
  before,
  newest,
  names,
  stirred,
  busy,
}: WatchOptions): Watching {
  const controller = new AbortController();
  const { signal } = controller;
  const started = clock.now();
  let last = started;
  let bytes = 0;
  const fresh = new Map<string, JobRow | null>();
  /** Who answered for the jobs. */
  const whoms = new Set<string>();
  const gone: string[] = [];
  let isBack = false;
  let isPuzzled = false;

  const heard = <T>(answer: T): T => {
    last = clock.now();
    return answer;
  };

  async function readOne(name: string, leader: string | null): Promise<void> {
    try {
      const { value, whom } = heard(await client.job(name, { signal }));
      bytes += value.text.length;
      if (whom !== null) whoms.add(whom);
      const row = rowAmong(newest, value);
      if (whom !== leader && isBehind(tableOf([row]), newest)) isBack = true;
      else fresh.set(name, row);
    } catch (error) {
      if (error instanceof NotFound) gone.push(name);
      else if (isOfOneJob(error)) isPuzzled = true;
      else throw error;
    }
  }

  async function readAll(
    leader: string | null,
    running: readonly Execution[] | null,
  ): Promise<void> {
    const also = running === null ? [] : stirred(running).filter((name) => before.jobs.has(name));
    const left = new Set([...names, ...also]).values();
    const lane = async (): Promise<void> => {
      for (const name of left) await readOne(name, leader);
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  }

  /** A node that lags may not have it yet: of a job that is gone only the leader's word counts. */
  function takeGone(leader: string | null): void {
    if (gone.some((name) => before.jobs.get(name)?.job.ephemeral !== true)) isPuzzled = true;
    if (whoms.size > 0 && [...whoms].every((whom) => whom === leader))
      for (const name of gone) fresh.set(name, null);
  }

  async function read(): Promise<Looked | null> {
    let failure: unknown = null;
    const quick = <T>(ask: (reading: ReadOptions) => Promise<T>): Promise<T | null> =>
      patient(ask, { clock, signal, ms: patience.known })
        .then((answer) => (answer === null ? null : heard(answer)))
        .catch((error: unknown) => {
          failure ??= error;
          return noneFor(error);
        });
    const [running, server, leads, members, paused] = await Promise.all([
      busy,
      quick(client.server),
      quick(client.leader),
      quick(client.members),
      canPause(before) ? quick(client.paused) : null,
    ]);
    const leader = leads === null ? before.leader : (leads.value?.Name ?? null);
    await readAll(leader ?? null, running);
    takeGone(leader ?? null);
    // Nobody has said anything: nothing is live.
    if (fresh.size === 0 && gone.length === 0 && server === null)
      throw failure ?? new Unreachable(`${client.url} cannot be reached: no answer`);
    const nodes = members?.value ?? null;
    const isDoubtful =
      leader !== before.leader ||
      gone.length > several ||
      (nodes !== null && [...whoms].some((whom) => nodes.every(({ Name }) => Name !== whom)));
    if (isDoubtful) return null;
    const [whom = server?.whom ?? before.whom] = whoms;
    return {
      ...before,
      server: server?.value ?? before.server,
      jobs: withFresh(before.jobs, fresh),
      busy: running,
      leader,
      whom,
      node: { paused: paused?.value ?? before.node.paused },
      skew: client.skew,
      liveAt: started,
      took: clock.now() - started,
      bytes,
      members: nodes,
      some: { fresh, isBack, isPuzzled },
    };
  }

  return {
    seen: read(),
    hangs: (patience) => {
      const silent = clock.now() - last;
      return silent > patience ? `no answer for ${Math.round(silent / 1000)} s` : null;
    },
    // What it asks for costs a server next to nothing.
    begunAfter: () => null,
    giveUp: (reason) => controller.abort(reason),
    gaveUp: () => signal.aborted,
  };
}

/** Of what failed with one job another one may be read; whole answers of others would fail as well. */
const isOfOneJob = (error: unknown): boolean => error instanceof UnreadableJob;

/** The very same jobs where none of them is another one. */
export function withFresh(jobs: JobTable, fresh: Fresh): JobTable {
  const there = fresh.values().filter((row) => row !== null);
  const gone = [...fresh].flatMap(([name, row]) => (row === null ? name : []));
  return jobs.with(there).without(new Set(gone));
}

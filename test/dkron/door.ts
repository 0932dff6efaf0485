/** A server with one job, and what is needed to change it: what the tests of the write door share. */
import { onTestFinished } from 'vitest';
import type { Pauses } from '../../src/base/clock.ts';
import { createClient, type Dkron } from '../../src/dkron/client.ts';
import type { Job } from '../../src/job/job.ts';
import type { Journal, JournalEntry, JournalOutcome } from '../../src/journal/entry.ts';
import { type Came, drop, json, type Script, type Scripted, serve } from './scripted.ts';

export interface Door {
  readonly client: Dkron;
  readonly came: readonly Came[];
  /** The bodies that were posted, parsed. */
  readonly posted: () => unknown[];
  /** What happened, in order: requests, journal entries, pauses. */
  readonly story: string[];
  readonly options: { readonly journal: Journal; readonly clock: Pauses };
  readonly entries: JournalEntry[];
  readonly outcomes: JournalOutcome[];
  readonly slept: number[];
  /** What the server has. */
  store: Job | null;
  /** How many reads still show what was there before the last change, as on a follower. */
  lag: number;
  /** How many reads find no connection any more; true for all. */
  lost: boolean | number;
}

export const accepted: Scripted = { status: 201, body: '{}' };
export const bare404: Scripted = { status: 404 };

/** `change` answers everything that is not a read of the job or of the leader. */
export async function doorTo(
  job: Job | null,
  change: (came: Came, door: Door) => Scripted | ReturnType<Script> = keep,
  more: { readonly leader?: boolean; readonly others?: Readonly<Record<string, Job>> } = {},
): Promise<Door> {
  const story: string[] = [];
  let before = job;
  const server = await serve((came) => {
    const { method, path } = came;
    story.push(`${method} ${path.replace('/v1/', '')}`);
    if (method === 'GET' && door.lost) {
      if (door.lost !== true) door.lost--;
      return drop;
    }
    if (path === '/v1/leader')
      return more.leader === false
        ? { status: 500, body: 'null' }
        : json({ Name: 'n1', Addr: '127.0.0.1', Port: 1, Status: 1 });
    if (method !== 'GET') {
      before = door.store;
      return change(came, door);
    }
    const name = path.replace('/v1/jobs/', '');
    const shown = name === 'refresh' ? (door.lag-- > 0 ? before : door.store) : more.others?.[name];
    return shown ? json(shown) : bare404;
  });
  const client = createClient({ url: server.url });
  onTestFinished(() => client.close());
  const { journal, entries, outcomes } = remembering(story);
  const slept: number[] = [];
  const clock = {
    now: () => Date.UTC(2026, 10, 23),
    sleep: async (ms: number) => {
      slept.push(ms);
    },
  };
  const posted = () =>
    server.came.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body));
  const options = { journal, clock };
  const door: Door = {
    client,
    came: server.came,
    posted,
    story,
    options,
    entries,
    outcomes,
    slept,
    store: job,
    lag: 0,
    lost: false,
  };
  return door;
}

/** Stores what is posted, as Dkron does: what it computes it keeps. */
export function keep({ body }: Came, door: Door): Scripted {
  door.store = { ...door.store, ...(JSON.parse(body) as Job) };
  return accepted;
}

function remembering(story: string[]) {
  const entries: JournalEntry[] = [];
  const outcomes: JournalOutcome[] = [];
  const journal: Journal = {
    before: async (entry) => {
      story.push('journal before');
      entries.push(entry);
    },
    after: async (outcome) => {
      story.push('journal after');
      outcomes.push(outcome);
    },
  };
  return { journal, entries, outcomes };
}

/** One look at a server: the list of jobs, and what stands around it, each with its own patience. */

import type { Clock } from '../../base/clock.ts';
import { atLeast } from '../../base/dkron-version.ts';
import { NotDkron, noneFor, Unreachable } from '../../base/errors.ts';
import { takingTurns } from '../../base/steps.ts';
import type { Sighting } from '../../cluster/fingerprint.ts';
import type { Answer } from '../../dkron/answer.ts';
import type { Dkron, ReadOptions } from '../../dkron/client.ts';
import type { ListHead } from '../../dkron/list.ts';
import type { UnreadHere } from '../../dkron/live.ts';
import { rowReader } from '../../dkron/rows.ts';
import type { Execution, Node, Server } from '../../dkron/shapes.ts';
import { JobTable } from '../../job/table.ts';
import type { MessageOf } from '../state/message.ts';
import type { Message } from '../state/model.ts';
import type { Fresh } from './expected.ts';
import { growing, sightingOfSome } from './growing.ts';

export type Seen = Omit<
  MessageOf<'refreshed'>,
  'type' | 'now' | 'took' | 'nextAt' | 'node' | 'nodes' | 'jobs'
> & {
  readonly jobs: JobTable;
  readonly node: { readonly paused: boolean };
};

/** What was seen, and by which cluster's nodes: null where they could not be told. */
export interface Looked extends Seen {
  readonly took: number;
  /** What was read of jobs. */
  readonly bytes: number;
  readonly members: readonly Node[] | null;
  /** Not the whole list was read, but these. */
  readonly some?: Some;
}

/** What was seen of some jobs. */
export interface Some {
  readonly fresh: Fresh;
  /** The node that answered has shown less of one than was seen before. */
  readonly isBack: boolean;
  /** Only a list can tell what is the matter with one of them. */
  readonly isPuzzled: boolean;
}

export interface Look {
  /** Rejects with what went wrong, or with the reason it was given up for. */
  readonly seen: Promise<Looked>;
  /**
   * Why nothing more is to be expected of it, at this patience (ms of silence), or of a list that
   * comes drop by drop for so long; null while it lives.
   */
  readonly hangs: (patience: number, dripping?: number) => string | null;
  /** How long the server worked at its list, ms: it begins one when it has it whole. Null before. */
  readonly begunAfter: () => number | null;
  readonly giveUp: (reason: Error) => void;
  readonly gaveUp: () => boolean;
}

export interface LookOptions {
  readonly client: Dkron;
  readonly clock: Clock;
  readonly dispatch: (message: Message) => void;
  /** What the look before saw. */
  readonly before: Seen | null;
  /** What runs now, asked for on its own: null when nobody could tell. */
  readonly busy: Promise<readonly Execution[] | null>;
  /** Whether what was seen so far is of the cluster whose earlier rows are shown; of none unless told. */
  readonly isOfEarlier?: (seen: Sighting) => boolean;
}

/** A list that comes slower than this comes drop by drop: bytes a second. */
const drops = 1_000;
/** And is looked at for so long, ms. */
const dripping = 1_000;
/** What stands around a list that is there is waited for so long, ms; and the first time. */
export const patience = { known: 750, first: 10_000 };

export function startLook(options: LookOptions): Look {
  const { client, clock, dispatch, before, busy, isOfEarlier = () => false } = options;
  const controller = new AbortController();
  const { signal } = controller;
  const started = clock.now();
  let head: (ListHead & { readonly at: number }) | null = null;
  let nodes: readonly Node[] = [];
  let last = started;
  let bytes = 0;

  const around = <T>(
    read: (reading: ReadOptions) => Promise<Answer<T>>,
  ): Promise<Answer<T> | null> =>
    patient(read, { clock, signal, ms: before === null ? patience.first : patience.known });

  async function read(): Promise<Looked> {
    const server = around<Server>(client.server);
    const leader = around(client.leader).catch(noneFor);
    const paused = canPause(before) ? around(client.paused).catch(noneFor) : null;
    const members = around(client.members).catch(noneFor);
    members.then(
      (answer) => (nodes = answer?.value ?? []),
      () => {},
    );
    for (const asked of [server, leader, members, paused, busy]) asked?.catch(() => {});
    const known = before?.jobs ?? JobTable.empty;
    const unreadable: UnreadHere[] = [];
    const arrived = growing({
      isFirst: known.size === 0,
      announced: () => head?.total ?? null,
      isOfEarlier: (rows) => isOfEarlier(sightingOfSome(rows, nodes, clock.now() - client.skew)),
      dispatch,
    });
    const reader = rowReader(client.url, known, ({ message }, name) => {
      unreadable.push({ name, why: message });
    });
    const list = client.jobBytes({
      signal,
      onHead: (told) => {
        last = clock.now();
        head = { ...told, at: last };
      },
      onBytes: (count) => {
        last = clock.now();
        bytes += count;
      },
    });
    // What has come is there at once, megabytes of it: keys are not to wait for all of that.
    const takeTurns = takingTurns();
    for await (const objects of list) {
      for (const bytes of objects) {
        const row = reader.read(bytes);
        if (row !== null) arrived(row);
      }
      await takeTurns();
    }
    const jobs = reader.end();
    const took = clock.now() - started;
    const node = (await server.catch(unless(before)))?.value ?? before?.server;
    if (node === undefined) throw new NotDkron(`${client.url} does not say which server it is`);
    const leads = await leader;
    return {
      jobs,
      unreadable,
      busy: await busy,
      server: node,
      leader: leads === null ? before?.leader : (leads.value?.Name ?? null),
      whom: head?.whom ?? null,
      node: { paused: (await paused)?.value ?? (paused !== null && before?.node.paused === true) },
      skew: client.skew,
      at: head?.at ?? started,
      took,
      bytes,
      members: (await members)?.value ?? null,
    };
  }

  return {
    seen: read(),
    hangs: (patience, drip = dripping) => {
      const now = clock.now();
      if (now - last > patience) return `no answer for ${Math.round((now - last) / 1000)} s`;
      const coming = head === null ? 0 : now - head.at;
      return coming > Math.min(patience, drip) && bytes < (coming / 1000) * drops
        ? 'the list comes too slowly'
        : null;
    },
    begunAfter: () => (head === null ? null : head.at - started),
    giveUp: (reason) => controller.abort(reason),
    gaveUp: () => signal.aborted,
  };
}

/** A Dkron before 4.0.9 knows no pause; the first look asks, to learn which it is. */
export const canPause = (before: Seen | null): boolean =>
  before === null || atLeast(before.server.version, '4.0.9');

/** What went wrong around a list that came is passed over, where a look before knows it. */
const unless =
  (before: Seen | null) =>
  (error: unknown): null => {
    if (before === null) throw error;
    return noneFor(error);
  };

export interface Patience {
  readonly clock: Clock;
  readonly ms: number;
  readonly signal?: AbortSignal;
}

/** The answer, or null when it takes longer; the request is given up then. */
export async function patient<T>(
  read: (reading: ReadOptions) => Promise<T>,
  { clock, ms, signal }: Patience,
): Promise<T | null> {
  const late = new AbortController();
  const cancel = clock.after(ms, () => late.abort());
  const either = signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]);
  try {
    return await read({ signal: either });
  } catch (error) {
    if (late.signal.aborted) return null;
    throw error;
  } finally {
    cancel();
  }
}

/** What keeps a few bytes from coming within so many ms; null for nothing. */
export const fewBytes = (client: Dkron, clock: Clock, ms: number): Promise<unknown> =>
  patient(client.server, { clock, ms }).then(
    (answer) =>
      answer === null ? new Unreachable(`${client.url} cannot be reached: no answer`) : null,
    (failure: unknown) => failure,
  );

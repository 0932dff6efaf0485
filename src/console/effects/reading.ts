/** What was read of a server, and what is read next: all of it, or what can have changed. */
import type { Clock } from '../../base/clock.ts';
import type { Sighting } from '../../cluster/fingerprint.ts';
import type { Dkron } from '../../dkron/client.ts';
import { livingNodes } from '../../dkron/nodes.ts';
import type { Execution } from '../../dkron/shapes.ts';
import { isBehind } from '../../job/behind.ts';
import { JobTable } from '../../job/table.ts';
import type { MessageOf } from '../state/message.ts';
import type { Message } from '../state/model.ts';
import { type Looked, type Seen, startLook } from './look.ts';
import { pause, someRest } from './pace.ts';
import { type Attention, createSparing } from './sparing.ts';
import { startWatching, type Watching, withFresh } from './watch.ts';

/** What the operator is told of a look. */
export type Shown = Omit<MessageOf<'refreshed'>, 'type' | 'now' | 'nextAt'>;

export interface Reading {
  /** A look at what can have changed, or at the whole list where that is due, or asked for. */
  readonly begin: (whole: boolean, busy: Promise<readonly Execution[] | null>) => Watching;
  /** The next look is at these too; false where a list costs less. */
  readonly want: (names: readonly string[]) => boolean;
  /** It took so long, whatever became of it. */
  readonly took: (looked: Looked) => void;
  /**
   * It is shown: what comes next builds on it; the server worked at a list for so long, ms. Gives what
   * the operator is told of it.
   */
  readonly show: (looked: Looked, worked: number | null) => Shown;
  /** How long the last list took, ms; null before the first. */
  readonly listTook: () => number | null;
  /** Until when the server has a pause from lists, ms since the epoch. */
  readonly listPause: () => number;
  /**
   * What the next look waits for: how long the last one took, and at least how long, ms. Of a long
   * list only some jobs are read next, which cost next to nothing.
   */
  readonly last: () => { readonly took: number; readonly rest: number };
  readonly stop: () => void;
}

export interface ReadingOptions {
  readonly client: Dkron;
  readonly clock: Clock;
  readonly dispatch: (message: Message) => void;
  /** The zone the server runs in; UTC unless told. */
  readonly serverZone?: string;
  /** What the operator looks at; nothing unless told. */
  readonly attention?: () => Attention;
  /** Whether what was seen so far is of the cluster whose earlier rows are shown; of none unless told. */
  readonly isOfEarlier?: (seen: Sighting) => boolean;
  /** Least ms between two reads. */
  readonly interval: number;
}

const nothing = (): Attention => ({ shown: [], usedAt: null });

export function createReading(options: ReadingOptions): Reading {
  const { client, clock, dispatch, interval, isOfEarlier = () => false } = options;
  const sparing = createSparing({ serverZone: 'UTC', attention: nothing, ...options });
  let before: Seen | null = null;
  /** The newest that was seen of each: another node may have an older list. */
  let newest = JobTable.empty;
  let listTook: number | null = null;
  let listedAt = 0;
  let isLong = false;
  let last = { took: 0, rest: interval };

  /** Whether another node, or this one, has shown more. */
  function isOlder({ jobs, leader, whom, some }: Looked): boolean {
    if (some === undefined) {
      // The leader is behind nobody.
      const behind = leader !== whom && isBehind(jobs, newest);
      if (!behind) newest = jobs;
      return behind;
    }
    const isOld = before?.jobs !== newest;
    newest = isOld ? withFresh(newest, some.fresh) : jobs;
    return isOld || some.isBack;
  }

  /** A list takes longer than the single jobs before: nobody is to think that nothing answers. */
  function tellOfList(): void {
    const now = clock.now();
    dispatch({ type: 'due', nextAt: now + (listTook ?? 0), now });
  }

  return {
    begin: (whole, busy) => {
      const asked = { client, clock, before, busy };
      const names = whole || before === null ? null : sparing.names(before);
      if (names === null || before === null) {
        if (isLong) tellOfList();
        return startLook({ ...asked, dispatch, isOfEarlier });
      }
      return startWatching({ ...asked, before, newest, names, stirred: sparing.stirred });
    },
    want: sparing.want,
    took: ({ took, bytes, some }) => {
      if (some === undefined) [listTook, listedAt] = [took, clock.now()];
      last = { took, rest: some === undefined ? interval : someRest(bytes, interval) };
    },
    show: (looked, worked) => {
      const behind = isOlder(looked);
      const { bytes: _, members, some, ...seen } = looked;
      if (some === undefined) {
        isLong = sparing.listed(looked, worked ?? 0);
        if (isLong) last = { took: 0, rest: interval };
      } else sparing.saw(looked, some);
      before = seen;
      return {
        ...seen,
        node: { ...seen.node, behind },
        nodes: members === null ? undefined : livingNodes(members),
      };
    },
    listTook: () => listTook,
    listPause: () => listedAt + pause(listTook ?? 0, 0),
    last: () => last,
    stop: sparing.stop,
  };
}

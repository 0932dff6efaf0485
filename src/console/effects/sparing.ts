/** What is read at a look, so that a console that is open costs a server next to nothing. */
import type { Clock } from '../../base/clock.ts';
import type { Execution } from '../../dkron/shapes.ts';
import { JobTable } from '../../job/table.ts';
import { expectations } from './expected.ts';
import type { Looked, Seen, Some } from './look.ts';
import { isShort, type ListCost, listRest } from './pace.ts';

/** What the operator looks at. */
export interface Attention {
  /** The jobs that are on the screen, or what lies over it is about. */
  readonly shown: readonly string[];
  /** When the last key came, ms since the epoch; null for none yet. */
  readonly usedAt: number | null;
}

export interface Sparing {
  /** The jobs to read; null where the whole list is to be read. */
  readonly names: (before: Seen) => readonly string[] | null;
  /** Of whom it is heard now that they run, or no longer. */
  readonly stirred: (busy: readonly Execution[]) => readonly string[];
  /** These are to be read at the next look; false where a list costs less. */
  readonly want: (names: readonly string[]) => boolean;
  /** The list was read; the server worked at it for so long, ms. Gives whether it is long. */
  readonly listed: (looked: Looked, worked: number) => boolean;
  /** Some jobs were. */
  readonly saw: (looked: Looked, some: Some) => void;
  readonly stop: () => void;
}

export interface SparingOptions {
  readonly clock: Clock;
  readonly serverZone: string;
  readonly interval: number;
  readonly attention: () => Attention;
}

/** Single jobs of one look; where more are waited for, a list costs less. */
const most = 150;
/** Somebody is at the keys for so long after one, ms. */
const atKeys = 30_000;
/** When jobs are due is worked out for so long at a stretch, so often, ms. */
const planning = { stretch: 3, every: 20 };

export function createSparing({ clock, serverZone, interval, attention }: SparingOptions): Sparing {
  let version: string | undefined;
  const expected = expectations(serverZone, () => version);
  let cost: ListCost | null = null;
  let listedAt = 0;
  /** Those of which it is worked out when they are due. */
  let planned = JobTable.empty;
  let isPuzzled = false;
  /** Asked for since the last look; and before it, since a follower may have it a moment later. */
  let wanted: readonly string[] = [];
  let lately: readonly string[] = [];
  let cancel = (): void => {};

  function workOut(): void {
    const until = performance.now() + planning.stretch;
    const isLate = (): boolean => performance.now() >= until;
    if (expected.workOut(isLate)) cancel = clock.after(planning.every, workOut);
  }

  function isListDue(crowded: boolean): boolean {
    if (cost === null || isShort(cost, interval)) return true;
    const { usedAt } = attention();
    const now = clock.now();
    const isUsed = usedAt !== null && now - usedAt < atKeys;
    return now - listedAt >= listRest(cost, crowded || isPuzzled || isUsed);
  }

  return {
    names: (before) => {
      const { jobs, skew } = before;
      const first = [...wanted, ...lately, ...attention().shown];
      [wanted, lately] = [[], wanted];
      const names = new Set(first.filter((name) => jobs.has(name)));
      const room = names.size + most;
      let crowded = false;
      for (const name of expected.due(jobs, clock.now() - skew)) {
        if (names.size < room) names.add(name);
        else crowded = true;
      }
      return isListDue(crowded) ? null : [...names];
    },
    stirred: (busy) => expected.stirred(busy).slice(0, most),
    want: (names) => {
      if (names.length > most) return false;
      wanted = [...wanted, ...names];
      return true;
    },
    listed: (looked, worked) => {
      const { jobs, bytes, at, skew } = looked;
      ({ version } = looked.server);
      cancel();
      cost = { bytes, worked };
      listedAt = clock.now();
      isPuzzled = false;
      const before = planned;
      const isLong = !isShort(cost, interval);
      planned = isLong ? jobs : JobTable.empty;
      expected.listed(planned, before, at - skew);
      workOut();
      return isLong;
    },
    saw: ({ jobs, busy, skew, liveAt = 0 }, { fresh, isPuzzled: also }) => {
      isPuzzled ||= also;
      expected.saw(fresh, jobs, planned, busy, liveAt - skew);
      planned = jobs;
    },
    stop: () => cancel(),
  };
}

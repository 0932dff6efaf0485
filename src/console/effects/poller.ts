/** Reads the server again and again: often when it answers quickly, seldom when it is slow or gone. */
import { type OperatorError, Refused, Unreachable } from '../../base/errors.ts';
import type { JobTable } from '../../job/table.ts';
import type { Pace } from '../state/model.ts';
import { busyReader } from './busy.ts';
import { fewBytes, type Looked } from './look.ts';
import {
  asked,
  backOff,
  glance,
  least,
  listPatience,
  pause,
  probing,
  restOf,
  soon,
  warm,
} from './pace.ts';
import type { Poller } from './polling.ts';
import { createReading, type ReadingOptions, type Shown } from './reading.ts';
import { troubleTeller } from './trouble.ts';
import type { Watching } from './watch.ts';

export interface PollerOptions extends Omit<ReadingOptions, 'interval'> {
  /** Whether what was seen is to be shown: another cluster's jobs are not. */
  readonly recognise: (seen: Looked) => Promise<boolean>;
  /** What has to be worked out of a list before it can be shown at once; nothing unless told. */
  readonly layOut?: (jobs: JobTable) => Promise<void>;
  /** Told of what is shown; nobody unless told. */
  readonly saw?: (looked: Looked, shown: Shown) => void;
  /** Any failure as an error for the operator; of a defect of ours the details are kept. */
  readonly known: (error: unknown) => OperatorError;
  /** Least ms between two reads. */
  readonly interval?: number;
  readonly random?: () => number;
}

export function startPoller(options: PollerOptions): Poller {
  const {
    client,
    dispatch,
    clock,
    recognise,
    known,
    interval = least,
    random = Math.random,
  } = options;
  const reading = createReading({ ...options, interval });
  let cancel = (): void => {};
  let look: Watching | null = null;
  /** What is read as soon as this look is over: these jobs, or the list. */
  let again: 'some' | 'all' | null = null;
  let stopped = false;
  let pace: Pace = { paused: false, focused: true };
  /** Rises with each read: what was asked for before it has nothing to say any more. */
  let turn = 0;
  let failures = 0;
  let givenUp = 0;
  /** The read during which not even a few bytes came, and the one in which they are asked for. */
  let black: Watching | null = null;
  let doubted: Watching | null = null;
  /** When the last look was whole. */
  let readAt = 0;
  const busy = busyReader(client, clock);
  const whyOf = troubleTeller(known, dispatch);

  const next = (ms: number, then: () => unknown): void => {
    cancel();
    if (!stopped) cancel = clock.after(ms, () => void then());
  };

  /** What is asked from now on goes another way than what hangs. */
  function renew(): void {
    client.renew();
    busy.giveUp();
  }

  /** `whole`: the list, whatever could do. */
  async function read(whole = false): Promise<void> {
    const mine = reading.begin(whole, busy.ask());
    const started = clock.now();
    look = mine;
    turn++;
    again = null;
    lookAfter(mine);
    try {
      const looked = await mine.seen;
      // It is whole: what is done with it takes as long as it takes.
      if (look === mine) cancel();
      const isShown = look === mine && looked !== null && (await recognise(looked));
      if (isShown && looked !== null) await options.layOut?.(looked.jobs);
      if (look !== mine) return;
      readAt = clock.now();
      const isDoubtful = looked === null || (looked.some !== undefined && !isShown);
      if (!isDoubtful) reading.took(looked);
      const told = isShown && looked !== null ? reading.show(looked, mine.begunAfter()) : null;
      look = null;
      failures = givenUp = 0;
      if (isDoubtful) return void (again === 'all' ? read(true) : readAll());
      const nextAt = again !== null ? readAt : dueAt();
      if (told !== null) {
        dispatch({ type: 'refreshed', ...told, now: readAt, nextAt });
        options.saw?.(looked, told);
      }
      const isAll = again === 'all';
      if (again === null) rest();
      else next(0, () => read(isAll));
    } catch (error) {
      if (look !== mine) return;
      look = null;
      failures++;
      // Asked for while it was on its way to fail.
      if (again !== null) return anew();
      const begun = mine.begunAfter();
      const now = clock.now();
      // A list that began cost what every read costs: the server is left alone as long as ever.
      if (begun !== null) return lost(error, started + begun + pause(begun, least), () => read());
      const hung = mine.gaveUp();
      // One in a row may have been lost on its way; more are a server that makes no list in time.
      const wait = givenUp > 1 ? pause(now - started, 0) : hung ? 0 : backOff(failures, random());
      const due = now + wait;
      if (error instanceof Refused) return lost(error, due, () => read());
      const first = now + (hung ? 0 : backOff(1, random()));
      lost(error, first, () => probe(due, mine === black));
    }
  }

  /** Whose jobs these are only the whole list tells; a server has its pause before it makes another. */
  function readAll(): unknown {
    const wait = reading.listPause() - clock.now();
    return wait > 0 ? next(wait, () => read(true)) : read(true);
  }

  const dueAt = (): number => {
    const { took, rest } = reading.last();
    return readAt + restOf(pace, took, rest);
  };

  /** Until the next read is due; a way on which nothing passes for long is kept warm. */
  function rest(): void {
    const wait = dueAt() - clock.now();
    if (wait <= 0) return void read();
    next(Math.min(wait, warm), wait <= warm ? () => read() : keepWarm);
  }

  async function keepWarm(): Promise<void> {
    const mine = turn;
    const error = await fewBytes(client, clock, probing.within);
    if (stopped || turn !== mine) return;
    if (error !== null) renew();
    if (error === null || pace.paused) return rest();
    failures++;
    lost(error, clock.now(), () => probe(clock.now(), true));
  }

  function lost(error: unknown, at: number, goOn: () => unknown): void {
    const now = clock.now();
    const retryAt = Math.max(now, at);
    dispatch({ type: 'lost', ...whyOf(error), now, retryAt });
    if (pace.paused) rest();
    else next(retryAt - now, goOn);
  }

  /** Gives up a list that hangs, so that the others in line see what is the matter. */
  function lookAfter(mine: Watching): void {
    next(again !== null ? glance / 2 : glance, () => {
      if (look !== mine) return;
      const why = again !== null ? hangs() : mine.hangs(listPatience(reading.listTook(), givenUp));
      if (why === null && doubted !== mine && mine.hangs(probing.within) !== null) void doubt(mine);
      if (why === null) return lookAfter(mine);
      if (again !== null) return anew();
      if (mine.begunAfter() === null) givenUp++;
      renew();
      mine.giveUp(new Unreachable(`${client.url} cannot be reached: ${why}`));
    });
  }

  /** Asks for a few bytes beside a list that is silent: where they do not come either, it is the way. */
  async function doubt(mine: Watching): Promise<void> {
    doubted = mine;
    const error = await fewBytes(client, clock, probing.within);
    if (look !== mine) return;
    doubted = null;
    if (error === null) return;
    black = mine;
    renew();
    mine.giveUp(error as Error);
  }

  /**
   * Asks for a few bytes until they come: they cost a struggling server nothing, and the list is
   * read as soon as the way is free again. Where it was free all along, not before `due`.
   */
  async function probe(due: number, broken: boolean): Promise<void> {
    const mine = turn;
    const started = clock.now();
    const error = await fewBytes(client, clock, probing.within);
    if (stopped || turn !== mine) return;
    if (error === null) {
      const wait = broken ? 0 : Math.max(0, due - clock.now());
      if (wait === 0) return read();
      return next(wait, () => read());
    }
    renew();
    const every = pace.focused ? probing.every : probing.unseen;
    lost(error, started + every * (0.75 + random() / 2), () => probe(due, true));
  }

  /** Reads at once, on new connections where the old ones may lead nowhere. */
  function anew(whole = true): void {
    const hung = look;
    look = null;
    cancel();
    if (hung !== null || failures > 0) renew();
    hung?.giveUp(new Error('asked for again'));
    void read(whole);
  }

  /** Why the read under way is not worth waiting for, for one who asks for it anew; null: it is. */
  const hangs = (): string | null =>
    look?.hangs(asked(reading.listTook(), failures > 0), failures > 0 ? soon : undefined) ?? null;

  void read();
  return {
    refresh: (names) => {
      if (stopped) return;
      const isSome = failures === 0 && names !== undefined && reading.want(names);
      if (look === null || hangs() !== null) return anew(!isSome);
      if (again !== 'all') again = isSome ? 'some' : 'all';
      lookAfter(look);
    },
    pace: (wanted) => {
      const asleep = pace.paused || !pace.focused;
      pace = wanted;
      if (stopped) return;
      const woken = asleep && wanted.focused && !wanted.paused;
      if (look !== null) {
        if (woken && hangs() !== null) anew();
        return;
      }
      if (failures > 0) {
        if (woken) anew();
        else if (wanted.paused) rest();
        return;
      }
      const now = clock.now();
      dispatch({ type: 'due', nextAt: dueAt(), now });
      turn++;
      rest();
    },
    busy: busy.ask,
    stop: () => {
      stopped = true;
      cancel();
      reading.stop();
      const last = look;
      look = null;
      last?.giveUp(new Error('stopped'));
    },
  };
}

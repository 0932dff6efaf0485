/** Reads the server again and again: often when it answers quickly, seldom when it is slow or gone. */
import type { Clock } from '../../base/clock.ts';
import { Defect, explain, type OperatorError, Refused, Unreachable } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import type { Execution } from '../../dkron/shapes.ts';
import type { Message } from '../state/model.ts';
import { type Look, noneFor, patient, type Seen, startLook } from './look.ts';

export interface Poller {
  /**
   * Reads now, or right after the read that is under way; one that hangs is given up for it, with
   * its connections. Does nothing once the poller was stopped.
   */
  readonly refresh: () => void;
  readonly stop: () => void;
}

const least = 2_000;
const most = 300_000;

/** A server gets four times as long to itself as a read took, five minutes at most unless asked. */
export const pause = (took: number, interval: number): number =>
  Math.max(interval, Math.min(most, took * 4));

/** 1, 2, 4 … 30 s after failures, spread by `random` so that many consoles do not knock together. */
export const backOff = (failures: number, random: number): number =>
  Math.min(30_000, 1_000 * 2 ** (failures - 1)) * (0.75 + random / 2);

/**
 * How long a list may be silent before it is given up, ms: four times what the last one took. A
 * list that is given up before it begins costs the server all the same: each time in a row it gets
 * twice as long. One that began was made whole, and cost what every read costs.
 */
export const listPatience = (took: number | null, givenUp: number): number =>
  Math.min(60_000, (took === null ? 15_000 : Math.max(3_000, took * 4)) * 2 ** givenUp);

/** How long a list may be silent before one who asks for it anew gets a new one, ms. */
const asked = (took: number | null): number => Math.max(1_000, 2 * (took ?? 1_000));

/** A server that is gone is asked for a few bytes so often, and they are waited for so long, ms. */
const probing = { every: 1_500, within: 1_500 };
/** How often a list under way is looked after, ms. */
const glance = 500;
/** A dead node makes the others think for ten seconds about what runs: it never holds up a list. */
const busyPatience = 750;

export interface PollerOptions {
  readonly client: Dkron;
  readonly dispatch: (message: Message) => void;
  readonly clock: Clock;
  /** Any failure as an error for the operator; of a defect of ours the details are kept. */
  readonly known: (error: unknown) => OperatorError;
  /** Least ms between two reads. */
  readonly interval?: number;
  readonly random?: () => number;
}

export function startPoller(options: PollerOptions): Poller {
  const { client, dispatch, clock, known, interval = least, random = Math.random } = options;
  let cancel = (): void => {};
  let look: Look | null = null;
  let again = false;
  let stopped = false;
  let failures = 0;
  let givenUp = 0;
  /** The stacks of defects that were told of, with what was said. */
  const broken = new Map<string, string>();
  let before: (Seen & { readonly took: number }) | null = null;
  const busyNow = busyReader(client, clock);

  const next = (ms: number, then: () => unknown): void => {
    cancel();
    if (!stopped) cancel = clock.after(ms, () => void then());
  };

  async function read(): Promise<void> {
    const mine = startLook({ client, clock, dispatch, before, busy: busyNow() });
    look = mine;
    again = false;
    lookAfter(mine);
    try {
      const seen = await mine.seen;
      if (look !== mine) return;
      look = null;
      before = seen;
      failures = givenUp = 0;
      const now = clock.now();
      const wait = again ? 0 : pause(seen.took, interval);
      dispatch({ type: 'refreshed', ...seen, now, nextAt: now + wait });
      next(wait, read);
    } catch (error) {
      if (look !== mine) return;
      look = null;
      failures++;
      // Asked for while it was on its way to fail.
      if (again) return anew();
      const begun = mine.begunAfter();
      const due =
        clock.now() + (begun === null ? backOff(failures, random()) : pause(begun, interval));
      if (error instanceof Refused) lost(error, due, () => next(due - clock.now(), read));
      else
        lost(error, clock.now() + firstProbe(), () => next(firstProbe(), () => probe(due, false)));
    }
  }

  const firstProbe = (): number => backOff(1, random());

  function lost(error: unknown, retryAt: number, goOn: () => void): void {
    dispatch({ type: 'lost', reason: reasonOf(error), now: clock.now(), retryAt });
    goOn();
  }

  /** What stands in the way; where that is a defect of ours, its details are told of once. */
  function reasonOf(error: unknown): string {
    const again = error instanceof Error && broken.get(String(error.stack));
    if (again) return again;
    const failure = known(error);
    if (failure instanceof Defect) {
      broken.set(String((error as Error).stack), failure.message);
      const text = explain(failure).join(' · ');
      dispatch({ type: 'flash', flash: { level: 'error', text } });
    }
    return failure.message;
  }

  /** Gives up a list that hangs, so that the others in line see what is the matter. */
  function lookAfter(mine: Look): void {
    next(glance, () => {
      if (look !== mine) return;
      const took = before?.took ?? null;
      const why = mine.hangs(again ? asked(took) : listPatience(took, givenUp));
      if (why === null) return lookAfter(mine);
      if (again) return anew();
      if (mine.begunAfter() === null) givenUp++;
      client.renew();
      mine.giveUp(new Unreachable(`${client.url} cannot be reached: ${why}`));
    });
  }

  /**
   * Asks for a few bytes until they come: they cost a struggling server nothing, and the list is
   * read as soon as the way is free again. Where it was free all along, not before `due`.
   */
  async function probe(due: number, broken: boolean): Promise<void> {
    const started = clock.now();
    const error = await patient(client.server, { clock, ms: probing.within }).then(
      (answer) =>
        answer === null ? new Unreachable(`${client.url} cannot be reached: no answer`) : null,
      (failure: unknown) => failure,
    );
    if (stopped || look !== null) return;
    if (error === null) {
      const wait = broken ? 0 : Math.max(0, due - clock.now());
      if (wait === 0) return read();
      return next(wait, read);
    }
    client.renew();
    const wait = Math.max(0, started + probing.every * (0.75 + random() / 2) - clock.now());
    lost(error, clock.now() + wait, () => next(wait, () => probe(due, true)));
  }

  /** Reads at once, on new connections where the old ones may lead nowhere. */
  function anew(): void {
    const hung = look;
    look = null;
    cancel();
    if (hung !== null || failures > 0) client.renew();
    hung?.giveUp(new Error('asked for again'));
    void read();
  }

  void read();
  return {
    refresh: () => {
      if (stopped) return;
      if (look !== null && look.hangs(asked(before?.took ?? null)) === null) {
        again = true;
        return;
      }
      anew();
    },
    stop: () => {
      stopped = true;
      cancel();
      const last = look;
      look = null;
      last?.giveUp(new Error('stopped'));
    },
  };
}

/** Asks what runs, once at a time however often it is called; null when that takes too long. */
function busyReader(client: Dkron, clock: Clock): () => Promise<readonly Execution[] | null> {
  let asking: Promise<readonly Execution[] | null> | null = null;
  return () => {
    asking ??= client
      .busy()
      .then(({ value }) => value, noneFor)
      .finally(() => {
        asking = null;
      });
    const answer = asking;
    return new Promise((resolve, reject) => {
      const cancel = clock.after(busyPatience, () => resolve(null));
      answer.finally(cancel).then(resolve, reject);
    });
  };
}

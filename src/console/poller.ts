/** Reads the server again and again: often when it answers quickly, seldom when it is slow or gone. */
import type { Dkron } from '../dkron/client.ts';
import type { JobText } from '../job/job.ts';
import type { Message } from './model.ts';

export interface Clock {
  readonly now: () => number;
  /** Returns what cancels it. */
  readonly after: (ms: number, then: () => void) => () => void;
}

export const systemClock: Clock = {
  now: Date.now,
  after: (ms, then) => {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};

export interface Poller {
  /** Reads now, or right after the read that is under way. */
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

export interface PollerOptions {
  readonly client: Dkron;
  readonly dispatch: (message: Message) => void;
  readonly clock: Clock;
  /** Least ms between two reads. */
  readonly interval?: number;
  readonly random?: () => number;
}

export function startPoller(options: PollerOptions): Poller {
  const { client, dispatch, clock, interval = least, random = Math.random } = options;
  let cancel = (): void => {};
  let reading: AbortController | null = null;
  let again = false;
  let failures = 0;
  let known: ReadonlyMap<string, JobText> = new Map();

  const next = (ms: number): void => {
    cancel = clock.after(again ? 0 : ms, () => void read());
    again = false;
  };

  async function read(): Promise<void> {
    const controller = new AbortController();
    reading = controller;
    const started = clock.now();
    try {
      const seen = await readAll(client, known, dispatch, controller.signal);
      known = seen.jobs;
      failures = 0;
      const now = clock.now();
      const took = now - started;
      const wait = pause(took, interval);
      dispatch({ type: 'refreshed', ...seen, now, took, nextAt: now + wait });
      next(wait);
    } catch (error) {
      if (controller.signal.aborted) return;
      failures++;
      const wait = backOff(failures, random());
      const reason = error instanceof Error ? error.message : String(error);
      dispatch({ type: 'lost', reason, now: clock.now(), retryAt: clock.now() + wait });
      next(wait);
    } finally {
      reading = null;
    }
  }

  void read();
  return {
    refresh: () => {
      if (reading !== null) {
        again = true;
        return;
      }
      cancel();
      void read();
    },
    stop: () => {
      cancel();
      reading?.abort();
    },
  };
}

type Seen = Omit<Extract<Message, { type: 'refreshed' }>, 'type' | 'now' | 'took' | 'nextAt'>;

/**
 * One look at everything. A job whose text did not change stays the very same object, so that its
 * row is not drawn again.
 */
async function readAll(
  client: Dkron,
  known: ReadonlyMap<string, JobText>,
  dispatch: (message: Message) => void,
  signal: AbortSignal,
): Promise<Seen> {
  const around = Promise.all([
    client.server({ signal }),
    client.leader({ signal }),
    // Not every node answers for all others at once; the table is worth showing without it.
    client.busy({ signal }).catch(() => null),
  ]);
  around.catch(() => {});
  const jobs = new Map<string, JobText>();
  // The first list shows while it grows, ever more seldom: each look at it sorts the whole table.
  let shown = known.size === 0 ? 500 : Number.POSITIVE_INFINITY;
  let arrived: JobText[] = [];
  const unreadable: string[] = [];
  const onUnreadable = ({ message }: Error): void => void unreadable.push(message);
  for await (const entry of client.jobs({ signal, known, onUnreadable })) {
    jobs.set(entry.job.name, entry);
    if (shown === Number.POSITIVE_INFINITY || arrived.push(entry) < shown) continue;
    dispatch({ type: 'arriving', jobs: arrived });
    arrived = [];
    shown *= 10;
  }
  const [server, leader, busy] = await around;
  const same =
    jobs.size === known.size &&
    [...jobs.values()].every((entry) => known.get(entry.job.name) === entry);
  return {
    jobs: same ? known : jobs,
    unreadable,
    busy: busy?.value ?? null,
    server: server.value,
    leader: leader.value?.Name ?? null,
    whom: server.whom,
  };
}

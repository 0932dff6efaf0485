import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Defect, Refused, Unreachable } from '../../../src/base/errors.ts';
import { backOff, listPatience, pause } from '../../../src/console/effects/pace.ts';
import { type PollerOptions, startPoller } from '../../../src/console/effects/poller.ts';
import type { Message } from '../../../src/console/state/model.ts';
import type { Dkron, ListReadOptions } from '../../../src/dkron/client.ts';
import type { Job, JobText } from '../../../src/job/job.ts';
import { fakeClock } from '../../support/clock.ts';
import { aJob, anExecution, textOf } from '../../support/jobs.ts';
import { known } from '../../support/known.ts';

/** A poller of a server that tests set right while it runs. */
function polling(
  options: {
    jobs?: Partial<Job>[];
    took?: number;
    hold?: boolean;
    interval?: number;
    known?: PollerOptions['known'];
    isOfEarlier?: PollerOptions['isOfEarlier'];
  } = {},
) {
  const clock = fakeClock();
  const messages: Message[] = [];
  const server = {
    jobs: options.jobs ?? [{ name: 'a' }, { name: 'b' }],
    took: options.took ?? 100,
    error: null as Error | null,
    busy: async () => [anExecution()],
    leader: async (): Promise<null> => null,
    unreadable: [] as string[],
    /** How many times the list was asked for. */
    reads: 0,
    /** How many times anything was. */
    asked: 0,
    signal: undefined as AbortSignal | undefined,
    /** Holds the list back until it is called. */
    release: null as (() => void) | null,
    hold: options.hold ?? false,
  };
  async function* jobBytes(reading: ListReadOptions = {}): AsyncIterable<readonly Uint8Array[]> {
    const { signal, onHead } = reading;
    server.reads++;
    server.asked++;
    server.signal = signal;
    if (server.hold) await new Promise<void>((resolve) => (server.release = resolve));
    signal?.throwIfAborted();
    clock.advance(server.took);
    if (server.error) throw server.error;
    onHead?.({ whom: 'n2', total: null });
    for (const what of server.unreadable) yield [Buffer.from(what)];
    for (const job of server.jobs) yield [Buffer.from(textOf(aJob(job)).text)];
  }
  const client: Partial<Dkron> = {
    url: 'http://d',
    jobBytes,
    renew: () => {},
    server: async () => {
      server.asked++;
      if (server.error) throw server.error;
      return { value: { name: 'n2', version: '4.1.2', tags: {} }, whom: 'n2' };
    },
    leader: async () => ({ value: await server.leader(), whom: 'n2' }),
    members: async () => ({ value: [], whom: 'n2' }),
    busy: async () => ({ value: await server.busy(), whom: 'n2' }),
    paused: async () => ({ value: false, whom: 'n2' }),
  };
  let told = (): void => {};
  const poller = startPoller({
    client: client as Dkron,
    clock,
    dispatch: (message) => {
      messages.push(message);
      told();
    },
    recognise: async () => true,
    ...(options.isOfEarlier && { isOfEarlier: options.isOfEarlier }),
    known: options.known ?? known,
    random: () => 0.5,
    ...(options.interval === undefined ? {} : { interval: options.interval }),
  });
  /** The last message, once so many have come. */
  const message = async (count: number): Promise<Message | undefined> => {
    while (messages.length < count) await new Promise<void>((resolve) => (told = resolve));
    return messages[count - 1];
  };
  return { poller, clock, server, messages, message };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('how often', () => {
  it('leaves a server four times as long to itself as a read took', () => {
    fc.assert(
      fc.property(fc.nat({ max: 75_000 }), fc.nat({ max: 600_000 }), (took, interval) => {
        const ms = pause(took, interval);
        expect(ms).toBeGreaterThanOrEqual(took * 4);
        expect(ms).toBeGreaterThanOrEqual(interval);
        expect(ms === took * 4 || ms === interval).toBe(true);
      }),
    );
  });

  it('does not wait for hours when the machine slept through a read', () => {
    expect(pause(8 * 3_600_000, 2_000)).toBe(300_000);
  });

  it('backs off to half a minute, spread by a quarter either way', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map((failures) => backOff(failures, 0.5))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ]);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (failures, random) => {
          const ms = backOff(failures, random);
          expect(ms).toBeGreaterThanOrEqual(750);
          expect(ms).toBeLessThanOrEqual(37_500);
        },
      ),
    );
  });
});

describe('how long a list may be silent', () => {
  it.each([
    [null, 0, 15_000],
    [null, 3, 60_000],
    [100, 0, 1_500],
    [100, 1, 3_000],
    [100, 9, 60_000],
    [2_100, 0, 8_400],
    [30_000, 0, 60_000],
  ])('after one that took %s ms, and %d that were given up: %d ms', (took, givenUp, ms) => {
    expect(listPatience(took, givenUp)).toBe(ms);
  });
});

describe('a read', () => {
  it('happens at once and tells everything', async () => {
    const { message, clock } = polling();
    expect(await message(1)).toMatchObject({
      type: 'refreshed',
      took: 100,
      now: clock.now(),
      nextAt: clock.now() + 2_000,
      unreadable: [],
      whom: 'n2',
      leader: null,
      server: { name: 'n2', version: '4.1.2' },
      busy: [{ job_name: 'refresh' }],
    });
  });

  it.each([
    ['quick', 100, undefined, 2_000],
    ['slow', 4_000, undefined, 16_000],
    ['at the interval asked for', 100, 40_000, 40_000],
  ])('is followed by the next: %s', async (_, took, interval, wait) => {
    const { message, clock, server } = polling({
      took,
      ...(interval === undefined ? {} : { interval }),
    });
    await message(1);
    expect(clock.waiting()).toEqual([wait]);
    clock.advance(wait - 1);
    expect(server.reads).toBe(1);
    clock.advance(1);
    expect(server.reads).toBe(2);
  });

  it('gives a job that did not change as the very same object, and so the whole list', async () => {
    const { message, clock, server } = polling();
    const jobsOf = async (count: number) => {
      const told = await message(count);
      return told?.type === 'refreshed' ? told.jobs : new Map<string, JobText>();
    };
    const first = await jobsOf(1);
    clock.advance(2_000);
    expect(await jobsOf(2)).toBe(first);
    server.jobs = [{ name: 'a' }, { name: 'b', disabled: true }];
    clock.advance(2_000);
    const third = await jobsOf(3);
    expect(third).not.toBe(first);
    expect(third.get('a')).toBe(first.get('a'));
    expect(third.get('b')?.job.disabled).toBe(true);
    server.jobs = [{ name: 'b', disabled: true }];
    clock.advance(2_000);
    expect([...(await jobsOf(4)).keys()]).toEqual(['b']);
  });

  it('shows the table although a node does not say what runs', async () => {
    const { message, server, clock } = polling();
    await message(1);
    server.busy = async () => Promise.reject(new Unreachable('a server node does not answer'));
    clock.advance(2_000);
    expect(await message(2)).toMatchObject({ type: 'refreshed', busy: null });
  });

  it('gives the jobs that can be read, and tells of the others', async () => {
    const { message, server, clock } = polling();
    await message(1);
    server.unreadable = ['{"name":"c"'];
    clock.advance(2_000);
    const seen = await message(2);
    expect(seen).toMatchObject({
      unreadable: [{ name: 'c', why: 'http://d sent a job (c) that is not JSON' }],
    });
    expect(seen?.type === 'refreshed' && [...seen.jobs.keys()]).toEqual(['a', 'b']);
  });

  it('shows the first list while it grows, ever more seldom, and later ones whole', async () => {
    const jobs = Array.from({ length: 12_000 }, (_, at) => ({ name: `job-${at}` }));
    const { message, messages, clock } = polling({ jobs });
    await message(4);
    expect(
      messages.map((told) => (told.type === 'arriving' ? told.jobs.length : told.type)),
    ).toEqual([60, 600, 6_000, 'refreshed']);
    clock.advance(2_000);
    expect(await message(5)).toMatchObject({ type: 'refreshed' });
  });
});

describe('rows of a list that is not whole', () => {
  it('say whether they are of the cluster whose earlier rows are shown, by their jobs', async () => {
    const jobs = Array.from({ length: 70 }, (_, at) => ({ name: `job-${at}`, success_count: 3 }));
    for (const is of [true, false]) {
      const seen: unknown[] = [];
      const isOfEarlier: PollerOptions['isOfEarlier'] = ({ whole, jobs }) => {
        seen.push([whole, jobs.size, jobs.get('job-59')?.success_count]);
        return is;
      };
      const { message } = polling({ jobs, isOfEarlier });
      expect(await message(1)).toMatchObject({ type: 'arriving', isOfEarlier: is });
      expect(seen).toEqual([[false, 60, 3]]);
    }
  });
});

describe('a server that is lost', () => {
  it('is asked for a few bytes, and is back by itself as soon as they come', async () => {
    const { message, clock, server } = polling();
    await message(1);
    server.error = new Unreachable('http://localhost:8080 cannot be reached: connection refused');
    clock.advance(2_000);
    expect(await message(2)).toMatchObject({
      type: 'lost',
      trouble: 'unreachable',
      reason: expect.stringContaining('connection refused'),
      retryAt: clock.now() + 1_000,
    });
    clock.advance(1_000);
    expect(await message(3)).toMatchObject({ type: 'lost', retryAt: clock.now() + 1_500 });
    const { reads } = server;
    server.error = null;
    clock.advance(1_500);
    expect(await message(4)).toMatchObject({ type: 'refreshed' });
    expect(server.reads).toBe(reads + 1);
    expect(clock.waiting()).toEqual([2_000]);
  });

  it('is left alone for longer and longer where it refuses', async () => {
    const { message, clock, server } = polling();
    await message(1);
    server.error = new Refused('http://d asks for user and password (401)');
    clock.advance(2_000);
    expect(await message(2)).toMatchObject({ type: 'lost', retryAt: clock.now() + 1_000 });
    clock.advance(1_000);
    expect(await message(3)).toMatchObject({ type: 'lost', retryAt: clock.now() + 2_000 });
    clock.advance(2_000);
    expect(await message(4)).toMatchObject({ type: 'lost', retryAt: clock.now() + 4_000 });
  });

  it('is tried at once when asked to', async () => {
    const { message, clock, server, poller } = polling();
    server.error = new Unreachable('gone');
    await message(1);
    server.error = null;
    poller.refresh();
    expect(server.reads).toBe(2);
    expect(await message(2)).toMatchObject({ type: 'refreshed' });
    expect(clock.waiting()).toEqual([2_000]);
  });
});

describe('refresh', () => {
  it('reads now, instead of the read that was due', async () => {
    const { message, clock, server, poller } = polling();
    await message(1);
    poller.refresh();
    expect(server.reads).toBe(2);
    await message(2);
    expect(clock.waiting()).toEqual([2_000]);
  });

  it('during a read reads once more right after it, however often it was asked for', async () => {
    const { message, clock, server, poller } = polling();
    poller.refresh();
    poller.refresh();
    expect(server.reads).toBe(1);
    await message(1);
    expect(clock.waiting()).toEqual([0]);
    clock.advance(0);
    await message(2);
    expect(server.reads).toBe(2);
    expect(clock.waiting()).toEqual([2_000]);
  });
});

describe('stop', () => {
  it('ends the waiting', async () => {
    const { message, clock, poller } = polling();
    await message(1);
    poller.stop();
    expect(clock.waiting()).toEqual([]);
  });

  it('is for good: nothing that comes later starts it again', async () => {
    const { message, clock, poller, server } = polling();
    await message(1);
    poller.stop();
    poller.refresh();
    await settled();
    expect(server.reads).toBe(1);
    expect(clock.waiting()).toEqual([]);
  });

  it('aborts the read under way, of which nothing is told', async () => {
    const { clock, messages, poller, server } = polling({ hold: true });
    await settled();
    poller.stop();
    expect(server.signal?.aborted).toBe(true);
    server.release?.();
    await settled();
    expect(messages).toEqual([]);
    expect(clock.waiting()).toEqual([]);
  });
});

describe('a defect of ours', () => {
  const broken = (): ReturnType<typeof polling> & { readonly kept: unknown[] } => {
    const kept: unknown[] = [];
    const told = polling({
      known: (error) => {
        kept.push(error);
        return new Defect('dkron-tui failed because of a defect of its own', {
          next: 'In a file.',
        });
      },
    });
    return { ...told, kept };
  };

  const error = new TypeError('x is not a function');
  const told = {
    type: 'flash',
    flash: { level: 'error', text: 'dkron-tui failed because of a defect of its own · In a file.' },
  };
  const lost = {
    type: 'lost',
    trouble: 'failing',
    reason: 'dkron-tui failed because of a defect of its own',
  };

  it('in a read is told as one, with its details, and not as a server that is lost', async () => {
    const { server, message, messages, clock, kept } = broken();
    await message(1);
    server.error = error;
    clock.advance(2_000);
    await message(3);
    expect(messages.slice(1)).toMatchObject([told, lost]);
    expect(kept).toEqual([error]);
  });

  it('that comes again is kept once', async () => {
    const { server, message, messages, clock, kept } = broken();
    await message(1);
    server.error = error;
    clock.advance(2_000);
    await message(3);
    clock.advance(2_000);
    await message(4);
    expect(messages.slice(1)).toMatchObject([told, lost, lost]);
    expect(kept).toHaveLength(1);
  });

  it.each(['busy', 'leader'] as const)('around the list, in %s, is told as well', async (which) => {
    const { server, message, messages, clock, kept } = broken();
    await message(1);
    Object.assign(server, { [which]: () => Promise.reject(error) });
    clock.advance(2_000);
    await message(3);
    expect(messages.slice(1)).toMatchObject([told, lost]);
    expect(kept).toEqual([error]);
  });
});

describe('the pace', () => {
  const unfocused = { paused: false, focused: false };
  const focused = { paused: false, focused: true };
  const paused = { paused: true, focused: true };

  it.each([
    ['paused for an hour', paused, 3_600_000, 0],
    ['unfocused for an hour', unfocused, 3_600_000, 120],
  ])('%s it reads so often', async (_, pace, ms, most) => {
    const { poller, message, clock, server } = polling();
    await message(1);
    poller.pace(pace);
    for (let passed = 0; passed < ms; passed += 5_000) {
      clock.advance(5_000);
      await settled();
    }
    expect(server.reads - 1).toBeLessThanOrEqual(most);
    expect(server.reads - 1).toBeGreaterThanOrEqual(most * 0.9);
  });

  it.each([
    ['paused', paused, 2_000],
    ['unfocused', { paused: false, focused: false }, 2_000],
    ['at an interval of ten minutes', focused, 600_000],
  ])('keeps the way warm while nothing is read: %s', async (_, pace, interval) => {
    const { poller, message, clock, server } = polling({ interval });
    await message(1);
    poller.pace(pace);
    let silent = clock.now();
    let seen = 0;
    for (let passed = 0; passed < 1_200_000; passed += 1_000) {
      clock.advance(1_000);
      await settled();
      if (server.asked > seen) silent = clock.now();
      seen = server.asked;
      expect(clock.now() - silent).toBeLessThanOrEqual(50_000);
    }
  });

  it.each([
    ['unfocused', unfocused],
    ['paused', paused],
  ])('reads at once when it comes back: %s', async (_, pace) => {
    const { poller, message, clock, server, messages } = polling();
    await message(1);
    poller.pace(pace);
    clock.advance(20_000);
    await settled();
    const { reads } = server;
    poller.pace(focused);
    expect(server.reads).toBe(reads + 1);
    expect(messages.findLast(({ type }) => type === 'due')).toMatchObject({
      nextAt: expect.toSatisfy((at: number) => at <= clock.now()),
    });
  });

  it('reads no more often for a focus that comes and goes', async () => {
    const { poller, message, clock, server } = polling();
    await message(1);
    for (let times = 0; times < 100; times++) {
      poller.pace(unfocused);
      clock.advance(100);
      poller.pace(focused);
      await settled();
    }
    expect(server.reads).toBeLessThanOrEqual(1 + 10_000 / 2_000);
  });

  it('paused, it reads once where that is asked for, and rests again', async () => {
    const { poller, message, clock, server } = polling();
    await message(1);
    poller.pace(paused);
    poller.refresh();
    await message(3);
    expect(server.reads).toBe(2);
    clock.advance(600_000);
    await settled();
    expect(server.reads).toBe(2);
  });

  it('paused, it looks for no server that is gone, and at once when it goes on', async () => {
    const { poller, message, clock, server, messages } = polling();
    await message(1);
    server.error = new Unreachable('gone');
    clock.advance(2_000);
    await message(2);
    poller.pace(paused);
    const asked = server.asked;
    for (let passed = 0; passed < 100; passed++) {
      clock.advance(1_000);
      await settled();
    }
    expect(server.asked - asked).toBeLessThanOrEqual(3);
    server.error = null;
    poller.pace(focused);
    await settled();
    expect(messages.at(-1)).toMatchObject({ type: 'refreshed' });
  });

  it('tells of a way that was lost while nobody looked', async () => {
    const { poller, message, clock, server, messages } = polling({ interval: 600_000 });
    await message(1);
    server.error = new Unreachable('gone');
    clock.advance(45_000);
    await settled();
    expect(messages.at(-1)).toMatchObject({ type: 'lost', reason: 'gone' });
    poller.stop();
  });
});

describe('a list that is older than what was seen', () => {
  const ran = (minute: number): string => `2026-11-21T14:${String(minute).padStart(2, '0')}:00Z`;

  it('is that of a follower that lags, until it has caught up', async () => {
    const { message, clock, server } = polling({ jobs: [{ name: 'a', last_success: ran(10) }] });
    const behind = async (count: number, last: number): Promise<boolean> => {
      server.jobs = [{ name: 'a', last_success: ran(last) }];
      clock.advance(2_000);
      const told = await message(count);
      return told?.type === 'refreshed' && told.node.behind;
    };
    await message(1);
    expect(await behind(2, 9)).toBe(true);
    expect(await behind(3, 9)).toBe(true);
    expect(await behind(4, 10)).toBe(false);
    expect(await behind(5, 11)).toBe(false);
  });
});

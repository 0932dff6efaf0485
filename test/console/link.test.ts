/** What the header says while a server hangs, drips, fails and comes back: a link script against the clock. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NotDkron, ServerError, Unreachable } from '../../src/base/errors.ts';
import { pause } from '../../src/console/effects/pace.ts';
import { startPoller } from '../../src/console/effects/poller.ts';
import { topLine } from '../../src/console/frame/header.ts';
import { update } from '../../src/console/update/update.ts';
import type { Dkron, ListReadOptions, ReadOptions } from '../../src/dkron/client.ts';
import { lineText } from '../../src/view/line.ts';
import { fakeClock } from '../support/clock.ts';
import { aJob, textOf } from '../support/jobs.ts';
import { known } from '../support/known.ts';
import { started } from './states.ts';

/** What the way to the server does to a request that is sent now. */
type Way =
  | 'up'
  | 'black'
  | 'list black'
  | 'busy black'
  | 'busy slow'
  | 'node black'
  | 'drip'
  | 'failing'
  | 'page'
  | 'cut'
  | 'refused';

const errors: Partial<Record<Way, Error>> = {
  failing: new ServerError('http://localhost:8080 answered with 500'),
  page: new NotDkron('http://localhost:8080 answers, but is not Dkron: 200'),
  refused: new Unreachable('http://localhost:8080 cannot be reached: connection refused'),
};

/** A console on a server whose way a test sets; `took` is how long the list takes, ms, of so many bytes. */
function linked(took = 100, bytes = 1_000) {
  const clock = fakeClock();
  const world = {
    way: 'up' as Way,
    lists: 0,
    probes: 0,
    renewed: 0,
    answered: 0,
    /** How long it worked at lists, and at what runs; ms. */
    load: { lists: 0, longest: 0, busy: 0 },
    under: [] as AbortSignal[],
    took,
  };
  let state = started();

  const until = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const cancel = ms === Number.POSITIVE_INFINITY ? () => {} : clock.after(ms, resolve);
      signal?.addEventListener('abort', () => {
        cancel();
        reject(signal.reason);
      });
    });
  const forever = Number.POSITIVE_INFINITY;

  async function* jobBytes(reading: ListReadOptions = {}) {
    // One that was given up is no load of the server's connections any more.
    expect(world.under.every((signal) => signal.aborted)).toBe(true);
    if (reading.signal) world.under = [reading.signal];
    try {
      yield* list(reading);
    } finally {
      world.under = world.under.filter((signal) => signal !== reading.signal);
    }
  }
  async function* list({ signal, onHead, onBytes }: ListReadOptions) {
    world.lists++;
    const { way } = world;
    if (errors[way]) throw errors[way];
    const began = clock.now();
    await until(way === 'black' || way === 'list black' ? forever : world.took, signal).finally(
      () => {
        world.load.lists += clock.now() - began;
        world.load.longest = Math.max(world.load.longest, clock.now() - began);
      },
    );
    onHead?.({ whom: 'n1', total: 1 });
    for (; way === 'drip'; onBytes?.(1)) await until(1_000, signal);
    if (way === 'cut') throw new Unreachable('the list of jobs ended early, after 0 of 1');
    world.answered = clock.now();
    onBytes?.(bytes);
    yield [Buffer.from(textOf(aJob({ name: 'a', owner: String(world.lists) })).text)];
  }
  const small =
    <T>(value: T, black: Way) =>
    async ({ signal }: ReadOptions = {}) => {
      const { way } = world;
      if (errors[way]) throw errors[way];
      await until(way === 'black' || way === black ? forever : 10, signal);
      return { value, whom: 'n1' };
    };
  const client: Partial<Dkron> = {
    url: 'http://localhost:8080',
    skew: 0,
    jobBytes,
    renew: () => void world.renewed++,
    server: (reading) => {
      world.probes++;
      return small({ name: 'n1', version: '4.1.2', tags: {} }, 'node black')(reading);
    },
    leader: small(null, 'node black'),
    members: small([{ Name: 'n1', Addr: '', Port: 1, Tags: {}, Status: 1 }], 'node black'),
    job: async (name, reading) => {
      const owner = String(world.lists);
      const answer = await small(textOf(aJob({ name, owner })), 'list black')(reading);
      world.answered = clock.now();
      return answer;
    },
    busy: async (reading) => {
      const began = clock.now();
      if (world.way === 'busy slow') await until(10_000, reading?.signal);
      world.load.busy += clock.now() - began;
      return small([], 'busy black')(reading);
    },
    paused: small(false, 'node black'),
  };
  const poller = startPoller({
    client: client as Dkron,
    clock,
    dispatch: (message) => {
      [state] = update(state, message);
    },
    recognise: async () => true,
    attention: () => ({ shown: ['a'], usedAt: null }),
    known,
    random: () => 0.5,
  });

  const top = (): string => {
    [state] = update(state, { type: 'clock', now: clock.now() });
    return lineText(topLine({ ...state, columns: 200 }));
  };
  /** Lets time pass in steps, and looks at what the header says at each. */
  async function pass(ms: number, look?: (said: string) => void): Promise<void> {
    for (let left = ms; left > 0; left -= 100) {
      // Nothing goes on but what the caller has just begun and what an alarm begins.
      const goesOn = left === ms || (clock.waiting()[0] ?? Number.POSITIVE_INFINITY) <= 100;
      clock.advance(100);
      for (let turn = 0; goesOn && turn < 12; turn++)
        await new Promise((resolve) => setImmediate(resolve));
      look?.(top());
    }
  }
  /** How long from now until a list that is asked for from now on is there, ms; at most `limit`. */
  async function fresh(limit: number): Promise<number> {
    const from = clock.now();
    const before = world.answered;
    while (world.answered === before && clock.now() - from < limit) await pass(100);
    return clock.now() - from;
  }
  return { clock, world, poller, pass, fresh, top };
}

const liveAge = (said: string): number | null => {
  const age = /live · (\d+)s/.exec(said)?.[1];
  return age === undefined ? null : Number(age);
};

describe('the header', () => {
  it.each<[Way, RegExp]>([
    ['black', /stale \d+s · .*no answer/],
    ['list black', /stale \d+s · .*no answer/],
    ['drip', /stale \d+s · (no answer yet|.*too slowly)/],
    ['failing', /stale \d+s · .*500/],
    ['page', /stale \d+s · .*not Dkron/],
    ['cut', /stale \d+s · .*ended early/],
    ['refused', /stale \d+s · .*connection refused/],
  ])('calls no rows live that are older than it says: %s', async (way, end) => {
    await tellsNoLies(linked(), way, end);
  });

  it.each<[Way, RegExp]>([
    ['black', /stale \d+s · .*no answer.* list/],
    ['list black', /stale \d+s · .*no answer.* list/],
    ['failing', /stale \d+s · .*500.* list/],
    ['page', /stale \d+s · .*not Dkron.* list/],
    ['refused', /stale \d+s · .*connection refused.* list/],
  ])('nor those on the screen, of a long list: %s', async (way, end) => {
    await tellsNoLies(linked(100, 1_000_000), way, end);
  });

  async function tellsNoLies(on: ReturnType<typeof linked>, way: Way, end: RegExp): Promise<void> {
    const { clock, world, pass, top } = on;
    await pass(2_500);
    expect(liveAge(top())).not.toBeNull();
    world.way = way;
    let lastLive = clock.now();
    const from = clock.now();
    await pass(40_000, (said) => {
      const age = liveAge(said);
      if (age === null) return;
      lastLive = clock.now();
      expect(age).toBeGreaterThanOrEqual(Math.floor((clock.now() - world.answered) / 1000));
    });
    expect(lastLive - from).toBeLessThan(5_000);
    expect(top()).toMatch(end);
  }

  it('says slow before it says stale', async () => {
    const { world, pass } = linked();
    await pass(2_500);
    world.way = 'list black';
    const said: string[] = [];
    await pass(12_000, (line) => {
      const word = /live|slow|stale/.exec(line)?.[0] ?? '';
      if (said.at(-1) !== word) said.push(word);
    });
    expect(said.slice(0, 3)).toEqual(['live', 'slow', 'stale']);
  });

  it.each<[Way, number]>([
    ['busy black', 1_000],
    ['node black', 1_000],
    ['busy black', 1_000_000],
    ['node black', 1_000_000],
  ])('stays live where only this hangs: %s, of a list of %d bytes', async (way, bytes) => {
    const { world, pass } = linked(100, bytes);
    await pass(2_500);
    world.way = way;
    await pass(40_000, (said) => expect(liveAge(said)).toBeLessThanOrEqual(6));
  });
});

describe('a way that is free again', () => {
  it.each<Way>(['black', 'failing', 'page', 'refused'])(
    'brings fresh rows within 2 s by itself: %s',
    async (way) => {
      for (const away of [8_000, 75_000, 600_000]) {
        const { world, pass, fresh } = linked();
        await pass(2_500);
        world.way = way;
        await pass(away);
        world.way = 'up';
        expect(await fresh(10_000)).toBeLessThanOrEqual(2_000);
      }
    },
    60_000,
  );

  it.each<Way>(['black', 'list black', 'drip', 'failing', 'page', 'cut', 'refused'])(
    'brings fresh rows at once when asked for: %s',
    async (way) => {
      for (const away of [4_000, 8_000, 30_000]) {
        const { world, pass, fresh, poller } = linked();
        await pass(2_500);
        world.way = way;
        await pass(away);
        world.way = 'up';
        poller.refresh();
        expect(await fresh(10_000)).toBeLessThanOrEqual(500);
      }
    },
  );

  it.each<[Way, number]>([
    ['cut', 2_500],
    ['drip', 2_300],
  ])(
    'brings fresh rows soon by itself where the list was begun: %s, %d ms',
    async (way, soon) => {
      for (const away of [8_000, 75_000, 600_000]) {
        const { world, pass, fresh } = linked();
        await pass(2_500);
        world.way = way;
        await pass(away);
        world.way = 'up';
        expect(await fresh(20_000)).toBeLessThanOrEqual(soon);
      }
    },
    60_000,
  );

  it('brings fresh rows within 2 s after it came and went for long', async () => {
    for (const [away, there] of [
      [2_000, 2_000],
      [3_000, 700],
      [1_000, 1_300],
      [5_000, 3_000],
    ] as const)
      for (const more of [0, 400, 900]) {
        const { world, pass, fresh } = linked(20);
        await pass(2_500);
        for (let passed = 0; passed < 60_000; passed += away + there) {
          world.way = 'black';
          await pass(away);
          world.way = 'up';
          await pass(there);
        }
        world.way = 'black';
        await pass(away + more);
        world.way = 'up';
        expect(await fresh(10_000), `${away} and ${there}, ${more}`).toBeLessThanOrEqual(2_000);
      }
  }, 60_000);

  it('is tried on connections that are new', async () => {
    const { world, pass, poller } = linked();
    await pass(2_500);
    expect(world.renewed).toBe(0);
    world.way = 'black';
    await pass(8_000);
    expect(world.renewed).toBeGreaterThan(0);
    const { renewed } = world;
    poller.refresh();
    expect(world.renewed).toBe(renewed + 1);
  });
});

describe('a server', () => {
  const step = fc.record({
    way: fc.constantFrom<Way>('up', 'list black', 'busy slow', 'drip', 'failing', 'cut', 'refused'),
    took: fc.constantFrom(10, 100, 1_000, 4_000, 20_000),
    ms: fc.integer({ min: 1, max: 1_200 }).map((tenths) => tenths * 100),
    pace: fc.option(fc.record({ paused: fc.boolean(), focused: fc.boolean() }), { nil: undefined }),
  });

  it('is read no more than a fifth of the time, whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        const { world, pass, poller, clock } = linked();
        await pass(1_000);
        const from = clock.now();
        for (const { way, took, ms, pace } of steps) {
          world.way = way;
          world.took = took;
          if (pace) poller.pace(pace);
          await pass(ms);
        }
        poller.stop();
        const fifth = (clock.now() - from) / 5;
        // One has had no rest yet, and one may be asked for again at once: it may have been lost.
        const { lists, longest } = world.load;
        expect(lists).toBeLessThanOrEqual(fifth + 2 * longest + 1_000);
        expect(world.load.busy).toBeLessThanOrEqual(fifth + 10_000);
      }),
      { numRuns: 30 },
    );
  }, 60_000);

  it.each([10, 1_000, 4_000, 14_000])(
    'that takes %d ms for a list is read a fifth of the time, and a twentieth unfocused',
    async (took) => {
      const share = async (focused: boolean): Promise<number> => {
        const { world, pass, poller, clock } = linked(took);
        poller.pace({ paused: false, focused });
        const from = clock.now();
        await pass(1_000_000);
        return world.load.lists / (clock.now() - from);
      };
      expect(await share(true)).toBeLessThanOrEqual(0.2 + (2 * took) / 1_000_000);
      expect(await share(false)).toBeLessThanOrEqual(0.05 + (2 * took) / 1_000_000);
    },
    60_000,
  );
});

describe('a server that struggles', () => {
  it('is asked for the list ever more seldom, and for a few bytes only', async () => {
    const { world, pass } = linked();
    await pass(2_500);
    world.way = 'list black';
    const { lists } = world;
    await pass(300_000);
    expect(world.lists - lists).toBeLessThanOrEqual(16);
  }, 60_000);

  it('is asked no more often than ever where the list is made, but does not arrive', async () => {
    for (const way of ['drip', 'cut'] as const)
      for (const took of [100, 3_000]) {
        const { world, pass } = linked(took);
        await pass(20_000);
        world.way = way;
        const { lists } = world;
        await pass(300_000);
        expect(world.lists - lists).toBeLessThanOrEqual(1 + 300_000 / (took + pause(took, 2_000)));
      }
  }, 60_000);

  it('is not given up while it takes as long as ever', async () => {
    const { world, pass } = linked(5_000);
    await pass(6_000);
    world.took = 15_000;
    const { lists } = world;
    await pass(60_000, (said) => expect(said).not.toMatch(/retry/));
    expect(world.lists - lists).toBeLessThanOrEqual(2);
  });

  it('keeps its list when one asks for it while it comes', async () => {
    const { world, pass, poller } = linked(1_500);
    await pass(7_800);
    const { lists } = world;
    expect(lists).toBe(2);
    poller.refresh();
    poller.refresh();
    expect(world.lists).toBe(2);
    await pass(2_000);
    expect(world.lists).toBe(3);
  });

  it('never sees more than one list at a time from one console, whatever is pressed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            way: fc.constantFrom<Way>(
              'up',
              'black',
              'list black',
              'drip',
              'failing',
              'cut',
              'refused',
            ),
            ms: fc.integer({ min: 1, max: 60 }).map((tenths) => tenths * 100),
            ask: fc.boolean(),
          }),
          { maxLength: 8 },
        ),
        async (script) => {
          const { world, pass, poller, fresh, clock } = linked();
          for (const { way, ms, ask } of script) {
            world.way = way;
            if (ask) poller.refresh();
            await pass(ms);
          }
          world.way = 'up';
          await pass(1_500);
          poller.refresh();
          expect(await fresh(10_000)).toBeLessThanOrEqual(3_000);
          poller.stop();
          const { lists } = world;
          poller.refresh();
          await pass(5_000);
          expect(world.lists).toBe(lists);
          expect(clock.waiting().length).toBeLessThanOrEqual(2);
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);
});

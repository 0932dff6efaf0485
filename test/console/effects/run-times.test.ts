import { describe, expect, it } from 'vitest';
import type { Looked } from '../../../src/console/effects/look.ts';
import type { Shown } from '../../../src/console/effects/reading.ts';
import { createRunTimes } from '../../../src/console/effects/run-times.ts';
import type { MessageOf } from '../../../src/console/state/message.ts';
import type { Execution } from '../../../src/dkron/shapes.ts';
import type { Job } from '../../../src/job/job.ts';
import type { KnownTimes } from '../../../src/oversight/kept-times.ts';
import { fakeClock } from '../../support/clock.ts';
import { anExecution, jobsByName } from '../../support/jobs.ts';

const ran = { last_success: '2026-11-21T14:00:00Z', success_count: 5 };
const start = Date.parse('2026-11-21T13:00:00Z');
const iso = (at: number): string => new Date(at).toISOString();

/** Runs a minute apart that took so long, ms, the newest first. */
const runs = (...took: number[]): Execution[] =>
  took.map((each, at) =>
    anExecution({
      id: `r${at}`,
      started_at: iso(start - at * 60_000),
      finished_at: iso(start - at * 60_000 + each),
    }),
  );

/** `takes`: how long an answer is on its way, ms. */
function watched(kept: KnownTimes = new Map(), shown: readonly string[] = [], takes = 0) {
  const clock = fakeClock();
  const said: MessageOf<'timed'>[] = [];
  const asked: string[] = [];
  const written: KnownTimes[] = [];
  const effects = createRunTimes({
    client: {
      executions: async (name) => {
        asked.push(name);
        if (takes > 0) await new Promise<void>((resolve) => clock.after(takes, resolve));
        return { value: runs(2_000, 2_000, 2_000, 2_000, 2_000), whom: null };
      },
    },
    clock,
    dispatch: (message) => {
      if (message.type === 'timed') said.push(message);
    },
    serverZone: 'UTC',
    shown: () => shown,
    file: async () => ({
      read: async () => kept,
      keep: async (more) => void written.push(more),
    }),
  });
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) {
      await Promise.resolve();
      clock.advance(1);
    }
  };
  return {
    ...{ clock, said, asked, written, settle },
    heard: effects.heard,
    stop: effects.stop,
    paces: () => Object.fromEntries(said.at(-1)?.paces ?? []),
    async look(jobs: readonly Partial<Job>[], busy: readonly Execution[] = []): Promise<void> {
      const shown = {
        ...{ busy, skew: 0, node: { paused: false, behind: false } },
        server: { name: 'n1', version: '4.1.2', tags: {} },
      };
      effects.saw({ jobs: jobsByName(jobs) } as unknown as Looked, shown as unknown as Shown);
      await settle();
    },
  };
}

describe('how long jobs take', () => {
  it('is read of one job at a time and seldom, those on the screen first', async () => {
    const jobs = ['a', 'b', 'c'].map((name) => ({ name, ...ran }));
    const on = watched(new Map(), ['c']);
    await on.look([...jobs, { name: 'never' }]);
    await on.look(jobs);
    expect(on.asked).toEqual(['c']);
    on.clock.advance(3_000);
    await on.look(jobs);
    on.clock.advance(3_000);
    await on.look(jobs);
    on.clock.advance(3_000);
    await on.look(jobs);
    expect(on.asked).toEqual(['c', 'a', 'b']);
    await on.stop();
    expect(on.written.flatMap((more) => [...more.keys()]).sort()).toEqual(['a', 'b', 'c']);
  });

  it.each([
    ['quick', 10, 3_000],
    ['very slow', 900, 6_000],
  ])('is read so seldom over a line that is %s', async (_, takes, pause) => {
    const jobs = ['a', 'b'].map((name) => ({ name, ...ran }));
    const on = watched(new Map(), [], takes);
    await on.look(jobs);
    on.clock.advance(takes);
    await on.settle();
    // What settles takes time, too.
    on.clock.advance(pause - 100);
    await on.look(jobs);
    expect(on.asked).toEqual(['a']);
    on.clock.advance(100);
    await on.look(jobs);
    expect(on.asked).toEqual(['a', 'b']);
    await on.stop();
  });

  it('is learnt from what is read anyway, and tells who takes too long', async () => {
    const on = watched();
    const job = { name: 'a', schedule: '@every 20s', ...ran };
    await on.look([job]);
    on.heard('a', runs(25_000, 25_000, 25_000, 25_000, 25_000));
    await on.settle();
    expect(on.paces()).toEqual({ a: 'overrun' });
    await on.look([{ ...job, schedule: '@every 30s' }]);
    expect(on.paces()).toEqual({});
    on.heard('a', runs(9_000, 9_000, 9_000, ...Array(10).fill(2_000)));
    await on.settle();
    expect(on.paces()).toEqual({ a: 'slow' });
  });

  it('tells of a run that goes on for longer than any before, and of its end', async () => {
    const kept = { at: start, ends: 5, runs: [2_000, 2_000, 2_000, 3_000, 2_000] };
    const on = watched(new Map([['a', kept]]));
    const job = { name: 'a', schedule: '@every 5m', ...ran };
    const run = anExecution({ job_name: 'a', started_at: iso(on.clock.now()) });
    await on.look([job], [run]);
    expect(on.paces()).toEqual({});
    on.clock.advance(5_000);
    await on.look([job], [run]);
    expect(on.paces()).toEqual({ a: 'long' });
    await on.look([job]);
    expect(on.paces()).toEqual({});
    expect(on.asked).toEqual([]);
  });
});

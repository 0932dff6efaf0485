import { describe, expect, it } from 'vitest';
import type { Looked } from '../../../src/console/effects/look.ts';
import { createOversight } from '../../../src/console/effects/oversight.ts';
import type { Shown } from '../../../src/console/effects/reading.ts';
import type { MessageOf } from '../../../src/console/state/message.ts';
import type { Message } from '../../../src/console/state/model.ts';
import type { Execution } from '../../../src/dkron/shapes.ts';
import type { Job } from '../../../src/job/job.ts';
import type { Kept } from '../../../src/oversight/kept.ts';
import { fakeClock } from '../../support/clock.ts';
import { anExecution, jobsByName } from '../../support/jobs.ts';

const iso = (clock: string): string => `2026-11-21T${clock}Z`;

/** An oversight whose server answers executions after `takes` ms; this machine is `skew` ms ahead. */
function watched(kept: Kept = { missed: [], seen: [] }, takes = 0, skew = 0) {
  const clock = fakeClock(Date.parse(iso('14:04:00')) + skew);
  const said: Message[] = [];
  const asked: number[] = [];
  const reread: string[][] = [];
  const written: Kept[] = [];
  const runs = new Map<string, Execution[]>();
  const oversight = createOversight({
    judged: () => {},
    client: {
      executions: async (name) => {
        asked.push(clock.now());
        if (takes > 0) await clock.sleep(takes);
        return { value: runs.get(name) ?? [], whom: null };
      },
    },
    clock,
    dispatch: (message) => said.push(message),
    grace: 60_000,
    serverZone: 'UTC',
    heard: () => {},
    reread: (names) => reread.push([...names]),
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
    said,
    asked,
    reread,
    written,
    runs,
    clock,
    stop: oversight.stop,
    troubles: () =>
      (said.at(-1) as MessageOf<'overseen'> | undefined)?.troubles ?? new Map<string, never>(),
    async look(jobs: readonly Partial<Job>[], fields: Partial<Shown> = {}): Promise<void> {
      const at = clock.now();
      const shown = {
        ...{ busy: [], leader: 'n1', whom: 'n1', skew, at, took: 3, unreadable: [] },
        server: { name: 'n1', version: '4.1.2', tags: {} },
        node: { paused: false, behind: false },
        nodes: [{ server: 'true', region: 'global' }],
        ...fields,
      };
      const table = jobsByName(jobs);
      oversight.saw({ ...shown, jobs: table } as unknown as Looked, shown as unknown as Shown);
      await settle();
    },
  };
}

const late = { name: 'a', schedule: '0 */5 * * * *', next: iso('14:05:00') };

describe('while all is well', () => {
  it('nothing is said, read or written', async () => {
    const on = watched();
    for (let minute = 0; minute < 30; minute++) {
      const next = new Date(Math.ceil((on.clock.now() + 1) / 300_000) * 300_000).toISOString();
      await on.look([{ ...late, next, success_count: minute }]);
      on.clock.advance(59_980);
    }
    expect([on.said, on.asked, on.reread, on.written]).toEqual([[], [], [], []]);
  });
});

describe('a job that is late', () => {
  it('is told once, by the clock of the server, and kept', async () => {
    const on = watched(undefined, 0, 90_000);
    await on.look([late]);
    on.clock.advance(120_000);
    await on.look([late]);
    expect(on.said).toHaveLength(1);
    expect([...on.troubles().keys()]).toEqual(['a']);
    expect(on.written).toMatchObject([
      { missed: [{ job: 'a', at: Date.parse(iso('14:05:00')), endedAt: null }] },
    ]);
    await on.look([late]);
    expect(on.said).toHaveLength(1);
  });

  it('is not one that a node shows which lags, and nothing once it was stopped', async () => {
    const on = watched();
    await on.look([late]);
    on.clock.advance(120_000);
    await on.look([late], { node: { paused: false, behind: true } });
    expect(on.said).toEqual([]);
    on.stop();
    await on.look([late]);
    expect(on.said).toEqual([]);
  });

  it('is known by what was kept, and with what was missed before', async () => {
    const at = Date.parse(iso('13:05:00'));
    const before = {
      job: 'b',
      at,
      until: at,
      count: 1,
      endedAt: at,
      cause: { kind: 'unknown' },
    } as const;
    const on = watched({ missed: [before], seen: [] });
    await on.look([late]);
    expect(on.said).toMatchObject([{ type: 'overseen', missed: [before] }]);
  });
});

describe('executions', () => {
  const many = Array.from({ length: 5 }, (_, at) => ({
    ...late,
    name: `job-${at}`,
    concurrency: 'forbid',
  }));

  it.each([
    [0, 1_000],
    [400, 8_000],
  ])('that take %i ms are read one by one, %i ms apart at least', async (takes, apart) => {
    const on = watched(undefined, takes);
    await on.look(many);
    on.clock.advance(130_000);
    for (let look = 0; look < 200; look++) {
      await on.look(many);
      on.clock.advance(takes + 700);
      await Promise.resolve();
    }
    expect(on.asked).toHaveLength(5);
    for (const [at, time] of on.asked.slice(1).entries())
      expect(time - on.asked[at]!).toBeGreaterThanOrEqual(apart);
    expect([...on.troubles().values()].map(({ state }) => state)).toEqual(many.map(() => 'late'));
  });

  it('tell of a run that nobody runs', async () => {
    const on = watched();
    const [one] = many;
    on.runs.set('job-0', [
      anExecution({ started_at: iso('14:00:00'), finished_at: '0001-01-01T00:00:00Z' }),
    ]);
    await on.look([one!]);
    on.clock.advance(130_000);
    for (let look = 0; look < 4; look++) {
      await on.look([one!]);
      on.clock.advance(2_000);
    }
    expect(on.troubles().get('job-0')).toMatchObject({ state: 'stuck', cause: { kind: 'orphan' } });
    expect(on.asked).toHaveLength(1);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectations, firesAt } from '../../../src/console/effects/expected.ts';
import type { Job } from '../../../src/job/job.ts';
import { JobTable } from '../../../src/job/table.ts';
import { aJob } from '../../support/jobs.ts';
import { type Simulated, simulated, simulatedServer } from '../../support/simulated.ts';

const start = Date.parse('2026-11-21T14:31:29Z');
const iso = (at: number): string => new Date(at).toISOString();
const at = (time: string): number => Date.parse(`2026-11-21T${time}Z`);

describe('when a job fires next', () => {
  it.each<[string, Partial<Job>, string | null]>([
    ['by its schedule, not by what the server says', { schedule: '0 0 15 * * *' }, '15:00:00'],
    [
      'in its own zone',
      { schedule: '0 0 17 * * *', timezone: 'Europe/Paris', next: iso(at('17:00:00')) },
      '16:00:00',
    ],
    [
      'every so often, by the server, which alone knows the phase',
      { schedule: '@every 1h', next: iso(at('14:40:07')) },
      '14:40:07',
    ],
    [
      'every so often, within a period where the server does not know',
      { schedule: '@every 1h', next: iso(at('13:00:00')) },
      '15:31:29',
    ],
    ['never when disabled', { schedule: '0 0 15 * * *', disabled: true }, null],
    ['never by itself as a child', { schedule: '0 0 15 * * *', parent_job: 'a' }, null],
    ['never by hand', { schedule: '@manually' }, null],
    ['not after its end', { schedule: '0 0 15 * * *', expires_at: iso(at('14:50:00')) }, null],
  ])('%s', (_, job, expected) => {
    expect(firesAt(aJob(job), start, 'UTC')).toBe(expected === null ? null : at(expected));
  });
});

const interval = 2_000;
const tick = 100;

const short = (one: Simulated): Simulated => ({
  ...one,
  takes: Math.min(one.takes, 7_000),
  children: one.children.map((takes) => Math.min(takes, 7_000)),
});

/** It is late after two jobs each time. */
const everySecond = (): (() => boolean) => {
  let count = 0;
  return () => ++count % 2 === 0;
};

describe('who is to be read', () => {
  it('is every job that fired, ran, or followed its parent, soon after; and nobody else', () => {
    fc.assert(
      fc.property(
        fc.array(simulated, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        (simulateds, tells) => {
          // Of what nobody tells that it runs, only short runs are waited for.
          const there = simulatedServer(start, tells ? simulateds : simulateds.map(short));
          const expected = expectations('UTC');
          let known = there.list();
          expected.listed(known, JobTable.empty, start);
          while (expected.workOut(everySecond()));
          for (let now = start + tick; now < start + 200_000; now += tick) {
            there.step(now);
            if ((now - start) % interval !== 0) continue;
            const names = [...expected.due(known, now)];
            for (const name of names) {
              const lately = now - (there.moved.get(name) ?? 0) <= 10_000 + interval;
              expect(lately || there.live(name), `${name} is read for nothing`).toBe(true);
            }
            const before = known;
            const fresh = new Map(names.map((name) => [name, there.job(name)]));
            known = known.with(fresh.values());
            expected.saw(fresh, known, before, tells ? there.busy() : null, now);
            for (const [name, entry] of known) {
              const since = now - (there.moved.get(name) ?? now);
              // One look that hears of the end, one that reads it.
              if (since >= 2 * interval && since <= 10_000)
                expect(entry.text, `${name} is older than it may be`).toBe(there.job(name).text);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

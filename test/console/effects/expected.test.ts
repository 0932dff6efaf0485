import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectations, firesAt } from '../../../src/console/effects/expected.ts';
import type { Execution } from '../../../src/dkron/shapes.ts';
import type { Job } from '../../../src/job/job.ts';
import { type JobRow, rowOf } from '../../../src/job/row.ts';
import { JobTable, tableOf } from '../../../src/job/table.ts';
import { aJob, anExecution, textOf } from '../../support/jobs.ts';

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

/** A job of a server that only exists here. */
interface Simulated {
  readonly schedule: string;
  /** How long a run takes, ms. */
  readonly takes: number;
  readonly fails: boolean;
  /** Its firings are skipped: nothing runs, nothing is counted. */
  readonly skips: boolean;
  /** How long each of its children runs, ms. */
  readonly children: readonly number[];
}

const simulated = fc.record({
  schedule: fc.constantFrom(
    '*/5 * * * * *',
    '*/20 * * * * *',
    '0 * * * * *',
    '30 */2 * * * *',
    '@every 7s',
    '@every 45s',
    '@manually',
  ),
  takes: fc.constantFrom(10, 700, 2_500, 9_000, 40_000),
  fails: fc.boolean(),
  skips: fc.boolean(),
  children: fc.array(fc.constantFrom(10, 3_000, 20_000), { maxLength: 2 }),
});

const interval = 2_000;
const tick = 100;

/** Fires, runs and counts as Dkron does. */
function server(simulateds: readonly Simulated[]) {
  const jobs = new Map<string, Job>();
  const spec = new Map<string, Pick<Simulated, 'takes' | 'fails' | 'skips'>>();
  const periods = new Map<string, number>();
  for (const [index, { schedule, children, ...how }] of simulateds.entries()) {
    const name = `job${index}`;
    const kids = children.map((takes, kid) => {
      const child = `${name}-${kid}`;
      jobs.set(child, aJob({ name: child, schedule: '@manually', parent_job: name }));
      spec.set(child, { takes, fails: false, skips: false });
      return child;
    });
    const every = Number(/^@every (\d+)s/.exec(schedule)?.[1] ?? 0) * 1_000;
    if (every > 0) periods.set(name, every);
    jobs.set(name, aJob({ name, schedule, dependent_jobs: kids, next: iso(start + every) }));
    spec.set(name, how);
  }
  const runs: { name: string; end: number; run: Execution }[] = [];
  /** When something of a job changed or ran that can be seen. */
  const moved = new Map<string, number>();
  const run = (name: string, now: number): void => {
    const started_at = iso(now);
    const execution = anExecution({ id: `${now}-n1`, job_name: name, started_at });
    runs.push({ name, end: now + spec.get(name)!.takes, run: execution });
  };
  const firing = new Map(
    [...jobs.values()].map((job) => [job.name, firesAt(job, start, 'UTC')] as const),
  );
  return {
    moved,
    job: (name: string): JobRow => rowOf(textOf(jobs.get(name)!)),
    list: (): JobTable => tableOf([...jobs.values()].map(textOf)),
    busy: () => runs.map(({ run }) => run),
    /** Of these the console may want to know now. */
    live: (name: string): boolean => runs.some((one) => one.name === name),
    step: (now: number): void => {
      for (const one of runs.filter(({ end }) => end <= now)) {
        runs.splice(runs.indexOf(one), 1);
        const job = jobs.get(one.name)!;
        const counted = spec.get(one.name)!.fails
          ? { error_count: job.error_count + 1, last_error: iso(now) }
          : { success_count: job.success_count + 1, last_success: iso(now) };
        jobs.set(one.name, { ...job, ...counted });
        moved.set(one.name, now);
        if (!spec.get(one.name)!.fails)
          for (const child of job.dependent_jobs ?? []) {
            moved.set(child, now);
            run(child, now);
          }
      }
      for (const [name, when] of firing) {
        if (when === null || when > now) continue;
        moved.set(name, now);
        const every = periods.get(name);
        const job = jobs.get(name)!;
        if (every !== undefined) jobs.set(name, { ...job, next: iso(when + every) });
        firing.set(name, every === undefined ? firesAt(job, now, 'UTC') : when + every);
        if (!spec.get(name)!.skips) run(name, now);
      }
    },
  };
}

const short = (one: Simulated): Simulated => ({
  ...one,
  takes: Math.min(one.takes, 7_000),
  children: one.children.map((takes) => Math.min(takes, 7_000)),
});

describe('who is to be read', () => {
  it('is every job that fired, ran, or followed its parent, soon after; and nobody else', () => {
    fc.assert(
      fc.property(
        fc.array(simulated, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        (simulateds, tells) => {
          // Of what nobody tells that it runs, only short runs are waited for.
          const there = server(tells ? simulateds : simulateds.map(short));
          const expected = expectations('UTC');
          let known = there.list();
          expected.listed(known, JobTable.empty, start);
          while (expected.workOut(2));
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

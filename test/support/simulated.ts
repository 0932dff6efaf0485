/** A Dkron of jobs that fire, run, count and have children, without a network, by a clock of its own. */
import fc from 'fast-check';
import { firesAt } from '../../src/console/effects/expected.ts';
import type { Execution } from '../../src/dkron/shapes.ts';
import type { Job } from '../../src/job/job.ts';
import { type JobRow, rowOf } from '../../src/job/row.ts';
import { type JobTable, tableOf } from '../../src/job/table.ts';
import { aJob, anExecution, textOf } from './jobs.ts';

const iso = (at: number): string => new Date(at).toISOString();

/** A job of a server that only exists here. */
export interface Simulated {
  readonly schedule: string;
  /** How long a run takes, ms. */
  readonly takes: number;
  readonly fails: boolean;
  /** Its firings are skipped: nothing runs, nothing is counted. */
  readonly skips: boolean;
  /** How long each of its children runs, ms. */
  readonly children: readonly number[];
}

/** Any. */
export const simulated = fc.record({
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

/** Fires, runs and counts as Dkron does. */
export function simulatedServer(start: number, simulateds: readonly Simulated[]) {
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
  /** All that a job ever was, and from when on. */
  const past = new Map<string, { readonly from: number; readonly text: string }[]>();
  const put = (job: Job, now: number): void => {
    jobs.set(job.name, job);
    past.set(job.name, [...(past.get(job.name) ?? []), { from: now, text: JSON.stringify(job) }]);
  };
  for (const job of jobs.values()) put(job, start);
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
    /** Somebody else writes it. */
    edit: (name: string, now: number): void => put({ ...jobs.get(name)!, owner: iso(now) }, now),
    /** Whether the job was so just before that time, or later. */
    wasSo: (name: string, text: string, since: number): boolean => {
      const all = past.get(name)!;
      return all.some(
        (one, at) => one.text === text && (all[at + 1]?.from ?? Number.POSITIVE_INFINITY) >= since,
      );
    },
    step: (now: number): void => {
      for (const one of runs.filter(({ end }) => end <= now)) {
        runs.splice(runs.indexOf(one), 1);
        const job = jobs.get(one.name)!;
        const counted = spec.get(one.name)!.fails
          ? { error_count: job.error_count + 1, last_error: iso(now) }
          : { success_count: job.success_count + 1, last_success: iso(now) };
        put({ ...job, ...counted }, now);
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
        if (every !== undefined) put({ ...job, next: iso(when + every) }, now);
        firing.set(name, every === undefined ? firesAt(job, now, 'UTC') : when + every);
        if (!spec.get(name)!.skips) run(name, now);
      }
    },
  };
}

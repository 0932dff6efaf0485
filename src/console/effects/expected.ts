/**
 * Which jobs can have changed by themselves since they were read: those whose firing was due, those
 * that ran, and the children of those that ended well. All times are the server's, ms since the epoch.
 */
import { runKey } from '../../dkron/execution.ts';
import type { Execution } from '../../dkron/shapes.ts';
import type { JobFacts } from '../../job/job.ts';
import type { JobRow } from '../../job/row.ts';
import { nextOf } from '../../job/runs.ts';
import type { JobTable } from '../../job/table.ts';
import { serverTime } from '../../job/time.ts';

/** How single jobs are now; null for one that is not there any more. */
export type Fresh = ReadonlyMap<string, JobRow | null>;

/** What is to be seen in a job, and until when it is worth looking for it. */
interface Awaited {
  /** The job before: once its runs are others than these, it was seen. */
  readonly from: JobRow | undefined;
  readonly until: number;
}

interface Running {
  readonly keys: string;
  readonly from: JobRow | undefined;
}

export interface Expected {
  /** The whole list is `now`; when its jobs are due next is worked out by `workOut`. */
  readonly listed: (now: JobTable, before: JobTable, at: number) => void;
  /** Works out until it is late when more jobs are due next; gives whether there are still others. */
  readonly workOut: (isLate: () => boolean) => boolean;
  /** Who has to be read now, who waits longest first. */
  readonly due: (jobs: JobTable, at: number) => Iterable<string>;
  /** Who runs otherwise than it was told last. */
  readonly stirred: (busy: readonly Execution[]) => readonly string[];
  /** These were read, `jobs` are all as they are known by that; null: nobody told what runs. */
  readonly saw: (
    fresh: Fresh,
    jobs: JobTable,
    before: JobTable,
    busy: readonly Execution[] | null,
    at: number,
  ) => void;
}

/** A firing that shows neither in what runs nor in its job for so long was skipped, ms. */
const grace = 10_000;

/** `version`: of the Dkron that fires them; rows remember their next runs by it. */
export function expectations(
  serverZone: string,
  version: () => string | undefined = () => undefined,
): Expected {
  const firing = new Map<string, number>();
  const awaited = new Map<string, Awaited>();
  let running: ReadonlyMap<string, Running> = new Map();
  /** Nobody told lately what runs. */
  let blind = false;
  /** No firing is due before. */
  let soonest = Number.POSITIVE_INFINITY;
  let unplanned: readonly JobRow[] = [];
  /** The first of them whose turn has not come. */
  let next = 0;
  let plannedFrom = 0;

  function plan(job: JobRow, from: number): void {
    const at = firesAt(job, from, serverZone, version());
    if (at === null) return void firing.delete(job.name);
    firing.set(job.name, at);
    soonest = Math.min(soonest, at);
  }

  function forget(name: string): void {
    firing.delete(name);
    awaited.delete(name);
  }

  const expect = (name: string, from: JobRow | undefined, at: number): void =>
    void awaited.set(name, { from: awaited.get(name)?.from ?? from, until: at + grace });

  /** Dkron runs the children of a job once it ended well. */
  function expectChildren(
    now: JobRow,
    before: JobRow | undefined,
    jobs: JobTable,
    at: number,
  ): void {
    if (before === undefined || now.success_count <= before.success_count) return;
    for (const child of now.dependent_jobs ?? []) expect(child, jobs.get(child), at);
  }

  /** Those that were, and those that are others than before, or may be soon. */
  function unplannedOf(now: JobTable, before: JobTable, at: number): readonly JobRow[] {
    const changed = new Set<JobRow>();
    for (const [row, old] of now.othersThan(before)) {
      expectChildren(row, old, now, at);
      changed.add(row);
    }
    for (const name of awaited.keys()) {
      const row = now.get(name);
      if (row !== undefined) changed.add(row);
    }
    return [...unplanned.slice(next).filter(({ name }) => now.has(name)), ...changed];
  }

  function fire(jobs: JobTable, at: number): void {
    soonest = Number.POSITIVE_INFINITY;
    for (const [name, when] of firing) {
      if (when > at) soonest = Math.min(soonest, when);
      else {
        firing.delete(name);
        expect(name, jobs.get(name), at);
      }
    }
  }

  const stirredIn = (now: ReadonlyMap<string, string>): string[] =>
    [...new Set([...running.keys(), ...now.keys()])].filter(
      (name) => running.get(name)?.keys !== now.get(name),
    );

  /** Notes who runs; gives who runs otherwise than before. */
  function heard(busy: readonly Execution[], before: JobTable, at: number): ReadonlySet<string> {
    const keys = keysByJob(busy);
    const others = stirredIn(keys);
    const now = new Map<string, Running>();
    for (const [name, each] of keys) {
      const from = running.get(name)?.from ?? awaited.get(name)?.from ?? before.get(name);
      now.set(name, { keys: each, from });
    }
    for (const name of others) expect(name, running.get(name)?.from ?? before.get(name), at);
    running = now;
    return new Set(others);
  }

  /** Leaves out what was seen, and what was looked for long enough. */
  function settle(
    wasRead: (name: string) => boolean,
    jobs: JobTable,
    others: ReadonlySet<string>,
    at: number,
  ): void {
    for (const [name, { from, until }] of awaited) {
      if (!wasRead(name)) continue;
      const isSeen = running.has(name) ? !others.has(name) : ranSince(jobs.get(name), from);
      if (isSeen || at >= until) awaited.delete(name);
    }
  }

  return {
    listed: (now, before, at) => {
      for (const name of firing.keys()) if (!now.has(name)) forget(name);
      unplanned = before.size === 0 ? now.rows : unplannedOf(now, before, at);
      next = 0;
      plannedFrom = at;
      settle(() => true, now, new Set(), at);
    },
    workOut: (isLate) => {
      while (next < unplanned.length) {
        plan(unplanned[next++]!, plannedFrom);
        if (isLate()) break;
      }
      if (next < unplanned.length) return true;
      [unplanned, next] = [[], 0];
      return false;
    },
    due: (jobs, at) => {
      if (at >= soonest) fire(jobs, at);
      return blind ? new Set([...awaited.keys(), ...running.keys()]) : awaited.keys();
    },
    stirred: (busy) => stirredIn(keysByJob(busy)),
    saw: (fresh, jobs, before, busy, at) => {
      blind = busy === null;
      const others = busy === null ? new Set<string>() : heard(busy, before, at);
      for (const [name, entry] of fresh) {
        if (entry === null) forget(name);
        else {
          plan(entry, at);
          if (entry !== before.get(name)) expectChildren(entry, before.get(name), jobs, at);
        }
      }
      settle((name) => fresh.has(name), jobs, others, at);
    },
  };
}

function keysByJob(busy: readonly Execution[]): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const run of busy) keys.set(run.job_name, `${keys.get(run.job_name) ?? ''} ${runKey(run)}`);
  return keys;
}

const runsOf = ({ success_count, error_count, last_success, last_error }: JobFacts): string =>
  [success_count, error_count, last_success, last_error].join(' ');

const ranSince = (now: JobRow | undefined, before: JobRow | undefined): boolean =>
  now === undefined || (before !== undefined && runsOf(now) !== runsOf(before));

/**
 * When it fires next after `from`; null for never, or when a parent ends. The phase of an `@every` job
 * is known only to the server, also before its first run.
 */
export function firesAt(
  job: JobFacts,
  from: number,
  serverZone: string,
  version?: string,
): number | null {
  const next = nextOf(job, from, serverZone, version);
  if (next.kind !== 'at') return null;
  const told = serverTime(job.next)?.getTime() ?? 0;
  return job.schedule.includes('@every ') && told > from ? Math.min(told, next.at) : next.at;
}

/** Dkron's scheduler without a network: what it stores of firings, by a clock that is told (run.go, store.go). */
import type { Execution } from '../../src/dkron/shapes.ts';
import type { Job } from '../../src/job/job.ts';
import { type JobRow, rowOf } from '../../src/job/row.ts';
import { type JobTable, tableOf } from '../../src/job/table.ts';
import {
  type Instant,
  instantFromMillis,
  millisFromInstant,
  nextRun,
  parseSchedule,
  type Schedule,
} from '../../src/schedule/index.ts';
import { apiNext } from '../../src/schedule/next.ts';
import { aJob, anExecution } from '../support/jobs.ts';

const iso = (at: number): string => new Date(at).toISOString();
const zero = '0001-01-01T00:00:00Z';

export interface Planned {
  readonly job: Partial<Job> & Pick<Job, 'name' | 'schedule'>;
  /** How long a run takes, ms. */
  readonly takes: number;
}

interface Entry {
  job: Job;
  row: JobRow;
  readonly takes: number;
  schedule: Schedule | null;
  next: Instant | null;
}

export interface Firing {
  readonly name: string;
  readonly at: number;
}

/** `lag`: how long after its instant the scheduler gets round to a firing, ms. */
export function simulatedDkron(start: number, planned: readonly Planned[], lag = 5) {
  const entries = new Map<string, Entry>();
  let table: JobTable = tableOf([]);
  let running: { readonly end: number; readonly run: Execution }[] = [];
  /** Nobody leads: what is due meanwhile never comes. */
  let isLed = true;
  const lost: Firing[] = [];

  function put(entry: Entry, job: Job): void {
    entry.job = job;
    entry.row = rowOf({ text: '', job });
    table = table.with([entry.row]);
  }

  function scheduleOf(job: Job): Schedule | null {
    if (job.disabled || job.parent_job !== '') return null;
    const parsed = parseSchedule(job.schedule, { name: job.name, timezone: job.timezone });
    return parsed.valid ? parsed.schedule : null;
  }

  /** Adds it to the scheduler anew, as each save and each new leader does. */
  function add(entry: Entry, now: number): void {
    entry.schedule = scheduleOf(entry.job);
    entry.next = entry.schedule && nextRun(entry.schedule, instantFromMillis(now));
  }

  function create({ job: fields, takes }: Planned, now: number): void {
    const starts = Date.parse(fields.starts_at ?? '');
    const next = apiNext(fields.schedule, instantFromMillis(now), {
      name: fields.name,
      ...(starts > now ? { startsAt: instantFromMillis(starts) } : {}),
    });
    const job = aJob({ ...fields, next: next === null ? zero : iso(millisFromInstant(next)) });
    const entry: Entry = { job, row: rowOf({ text: '', job }), takes, schedule: null, next: null };
    entries.set(job.name, entry);
    put(entry, job);
    add(entry, now);
  }
  for (const one of planned) create(one, start);

  function isRunnable({ starts_at, expires_at, concurrency, name }: Job, now: number): boolean {
    if (now < Date.parse(starts_at ?? '')) return false;
    if (now > Date.parse(expires_at ?? '')) return false;
    return concurrency !== 'forbid' || !running.some(({ run }) => run.job_name === name);
  }

  function fire(entry: Entry, due: number): void {
    const now = due + lag;
    const { schedule, job, takes } = entry;
    const following = nextRun(schedule!, instantFromMillis(now));
    entry.next = following !== null && millisFromInstant(following) <= due ? null : following;
    if (!isRunnable(job, now)) return;
    const next = entry.next === null ? 0 : millisFromInstant(entry.next);
    put(entry, { ...job, next: iso(Math.max(next, Date.parse(job.next))) });
    const run = anExecution({
      job_name: job.name,
      id: `${now}-n1`,
      started_at: iso(now),
      finished_at: zero,
    });
    running.push({ end: now + takes, run });
  }

  function finish({ end, run }: (typeof running)[number]): void {
    const entry = entries.get(run.job_name)!;
    const { job } = entry;
    put(entry, { ...job, success_count: job.success_count + 1, last_success: iso(end) });
  }

  const dueAt = ({ next }: Entry): number => (next === null ? Infinity : millisFromInstant(next));

  return {
    table: () => table,
    busy: () => running.map(({ run }) => run),
    /** What was due while nobody led. */
    lost,
    /** When something happens next. */
    soonest: (): number =>
      Math.min(...[...entries.values()].map(dueAt), ...running.map(({ end }) => end)),
    advance(to: number): void {
      for (;;) {
        const ended = running.filter(({ end }) => end <= to).sort((a, b) => a.end - b.end)[0];
        const due = [...entries.values()]
          .filter((one) => dueAt(one) <= to)
          .sort((a, b) => dueAt(a) - dueAt(b))[0];
        if (ended === undefined && due === undefined) return;
        if (due === undefined || (ended !== undefined && ended.end <= dueAt(due))) {
          running = running.filter((one) => one !== ended);
          finish(ended!);
        } else if (isLed) fire(due, dueAt(due));
        else {
          lost.push({ name: due.job.name, at: dueAt(due) });
          due.next = nextRun(due.schedule!, due.next!);
        }
      }
    },
    leave(): void {
      isLed = false;
    },
    lead(now: number): void {
      isLed = true;
      for (const entry of entries.values()) add(entry, now);
    },
    /** Saves it with these fields. */
    save(name: string, fields: Partial<Job>, now: number): void {
      const entry = entries.get(name)!;
      const { job } = entry;
      const isOther = fields.schedule !== undefined && fields.schedule !== job.schedule;
      const next = isOther ? apiNext(fields.schedule!, instantFromMillis(now), { name }) : null;
      put(entry, {
        ...job,
        ...fields,
        ...(isOther ? { next: next === null ? zero : iso(millisFromInstant(next)) } : {}),
      });
      add(entry, now);
    },
  };
}

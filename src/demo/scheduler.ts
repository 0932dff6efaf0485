/** Fires jobs when they are due: the cron engine of Dkron (scheduler.go over robfig/cron). */
import type { Instant } from '../schedule/instant.ts';
import { nextRun } from '../schedule/next.ts';
import { parseSchedule } from '../schedule/parse.ts';
import type { Schedule } from '../schedule/schedule.ts';
import type { Job } from './job.ts';
import { LONGEST_WAIT } from './pause.ts';
import { Queue } from './queue.ts';

interface Entry {
  readonly job: Job;
  readonly schedule: Schedule;
  /** Null: never again. */
  next: Instant | null;
}

export class Scheduler {
  readonly #now: () => Instant;
  readonly #fire: (job: Job) => void;
  readonly #entries = new Map<string, Entry>();
  #queue = new Queue<Entry>();
  #timer: NodeJS.Timeout | undefined;
  #wakesAt: Instant | undefined;

  /** `fire` gets the job as it was when it was added. */
  constructor(now: () => Instant, fire: (job: Job) => void) {
    this.#now = now;
    this.#fire = fire;
  }

  /** Adds a job or replaces it, which restarts `@every`; disabled and child jobs are not scheduled. */
  add(job: Job): void {
    this.remove(job.name);
    if (job.disabled || job.parent_job !== '') return;
    const parsed = parseSchedule(job.schedule, { name: job.name, timezone: job.timezone });
    if (!parsed.valid) return;
    const entry = { job, schedule: parsed.schedule, next: nextRun(parsed.schedule, this.#now()) };
    this.#entries.set(job.name, entry);
    this.#enqueue(entry);
  }

  remove(name: string): void {
    this.#entries.delete(name);
  }

  /** When the job is due; null for never, undefined when it is not scheduled. */
  next(name: string): Instant | null | undefined {
    return this.#entries.get(name)?.next;
  }

  /** When it would be due after a moment; null for never. */
  following(name: string, at: Instant): Instant | null {
    const entry = this.#entries.get(name);
    return entry === undefined ? null : nextRun(entry.schedule, at);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#entries.clear();
    this.#queue = new Queue();
  }

  #enqueue(entry: Entry): void {
    if (entry.next === null) return;
    this.#queue.add(entry.next, entry);
    if (this.#wakesAt === undefined || entry.next < this.#wakesAt) this.#sleep();
  }

  #sleep(): void {
    clearTimeout(this.#timer);
    this.#wakesAt = this.#queue.earliest();
    if (this.#wakesAt === undefined) return;
    const wait = Math.ceil(Number(this.#wakesAt - this.#now()) / 1e6);
    this.#timer = setTimeout(() => this.#wake(), Math.min(Math.max(wait, 0), LONGEST_WAIT));
  }

  /** Missed fires are not made up for: the next one is asked from now. */
  #wake(): void {
    const now = this.#now();
    for (const entry of this.#queue.takeUntil(now)) {
      // Replaced and removed jobs stay in the queue until they are due.
      if (this.#entries.get(entry.job.name) !== entry) continue;
      entry.next = following(entry, now);
      this.#enqueue(entry);
      this.#fire(entry.job);
    }
    this.#sleep();
  }
}

/** The one run within the grace of `@after` uses it up; asked again, it would run for ever. */
function following({ schedule, next }: Entry, now: Instant): Instant | null {
  if (schedule.kind === 'after' && next !== null && next > schedule.at) return null;
  return nextRun(schedule, now);
}

/**
 * The demo's store: jobs, executions and daily counts with Dkron's merge and parent rules
 * (Dkron store.go). Records are immutable; a write replaces them.
 */
import type { Execution, Job, Strings } from './job.ts';
import { executionKey } from './job.ts';
import { compareText } from './json.ts';
import type { Time } from './time.ts';
import { EPOCH, utc } from './time.ts';

/** Most executions kept for a job (Dkron MaxExecutions). */
const MAX_EXECUTIONS = 100;

export interface DayCount {
  readonly success: number;
  readonly failed: number;
}

/** A job was not stored, or not in full; what the answer says, and its status. */
export class SetJobFailed extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

const parentNotFound = (): SetJobFailed => new SetJobFailed('specified parent job not found', 404);

/** When a job without a run in between would run next: `GetNext` of Dkron job.go. */
export type NextOf = (job: Job) => bigint;

export class Store {
  readonly #jobs = new Map<string, Job>();
  readonly #executions = new Map<string, Map<string, Execution>>();
  readonly #days = new Map<string, DayCount>();
  readonly #nextOf: NextOf;
  #names: readonly string[] | null = [];
  readonly #texts = new Map<string, Buffer>();

  constructor(nextOf: NextOf) {
    this.#nextOf = nextOf;
  }

  job(name: string): Job | undefined {
    return this.#jobs.get(name);
  }

  get size(): number {
    return this.#jobs.size;
  }

  /** All jobs, ordered by name. */
  jobs(): Job[] {
    this.#names ??= [...this.#jobs.keys()].sort(compareText);
    return this.#names.map((name) => this.#jobs.get(name)!);
  }

  /** What `write` makes of a job, kept while it stays as it is: lists are asked for all the time. */
  text(job: Job, write: (job: Job) => string): Buffer {
    const known = this.#jobs.get(job.name) === job ? this.#texts.get(job.name) : undefined;
    if (known !== undefined) return known;
    const text = Buffer.from(write(job));
    if (this.#jobs.get(job.name) === job) this.#texts.set(job.name, text);
    return text;
  }

  /**
   * Stores a job (Dkron store.go SetJob): counters and last times only rise, an existing status
   * and, with `keepDependents`, existing dependents stay, and `next` is computed anew only when
   * the schedule's text changed.
   * Throws SetJobFailed when there is no such parent, also after the job was stored when its former parent is gone.
   */
  setJob(sent: Job, keepDependents: boolean): void {
    if (sent.parent_job !== '' && !this.#jobs.has(sent.parent_job)) throw parentNotFound();
    const old = this.#jobs.get(sent.name);
    const job = normalise(old === undefined ? sent : merge(sent, old, keepDependents));
    const next =
      job.schedule === (old?.schedule ?? '')
        ? max(job.next.at, old?.next.at ?? EPOCH)
        : this.#nextOf(job);
    this.#put({ ...job, next: utc(next) });
    if (job.parent_job === (old?.parent_job ?? '')) return;
    if (old !== undefined) this.#removeFromParent(old);
    this.#addToParent(job);
  }

  /**
   * The deleted job; undefined when there is no such job, when others depend on it, and, though it
   * is gone then, when its parent does not exist.
   */
  deleteJob(name: string): Job | undefined {
    const job = this.#jobs.get(name);
    if (job === undefined || job.dependent_jobs !== null) return undefined;
    this.#forgetExecutions(name);
    this.#jobs.delete(name);
    this.#texts.delete(name);
    this.#names = null;
    if (job.parent_job !== '' && !this.#jobs.has(job.parent_job)) return undefined;
    this.#removeFromParent(job);
    return job;
  }

  /** The executions of a job in no particular order. */
  executions(name: string): Execution[] {
    return [...(this.#executions.get(name)?.values() ?? [])];
  }

  allExecutions(): Execution[] {
    return [...this.#executions.values()].flatMap((ofJob) => [...ofJob.values()]);
  }

  execution(name: string, key: string): Execution | undefined {
    return this.#executions.get(name)?.get(key);
  }

  days(): ReadonlyMap<string, DayCount> {
    return this.#days;
  }

  /** Stores an execution as it starts and drops the oldest beyond the cap. */
  setExecution(execution: Execution): void {
    const ofJob = this.#executions.get(execution.job_name) ?? new Map<string, Execution>();
    this.#executions.set(execution.job_name, ofJob.set(executionKey(execution), execution));
    if (ofJob.size <= MAX_EXECUTIONS) return;
    const oldestFirst = [...ofJob.values()].sort((a, b) => Number(a.started_at - b.started_at));
    for (const one of oldestFirst.slice(0, ofJob.size - MAX_EXECUTIONS))
      ofJob.delete(executionKey(one));
  }

  /** Stores a finished execution and its result in the job; false when the job is gone. */
  setExecutionDone(execution: Execution): boolean {
    const job = this.#jobs.get(execution.job_name);
    if (job === undefined) return false;
    this.setExecution(execution);
    const finished = utc(execution.finished_at);
    this.#put({
      ...job,
      ...(execution.success
        ? { last_success: finished, success_count: job.success_count + 1n }
        : { last_error: finished, error_count: job.error_count + 1n }),
      status: this.#statusOf(job.name, execution.group),
    });
    this.countDay(execution.finished_at, execution.success);
    return true;
  }

  /** Counts runs that ended on the day of a moment. */
  countDay(at: bigint, success: boolean, runs = 1): void {
    const day = String(utc(at)).slice(0, 10);
    const count = this.#days.get(day) ?? { success: 0, failed: 0 };
    this.#days.set(day, {
      success: count.success + (success ? runs : 0),
      failed: count.failed + (success ? 0 : runs),
    });
  }

  /** Erases a job's history and counters, its status stays; undefined when there is no such job. */
  deleteExecutions(name: string): Job | undefined {
    const job = this.#jobs.get(name);
    if (job === undefined) return undefined;
    this.#forgetExecutions(name);
    const cleared = { success_count: 0n, error_count: 0n, last_success: null, last_error: null };
    this.#put({ ...job, ...cleared });
    return this.#jobs.get(name);
  }

  /** A job as another Dkron left it, whatever its schedule says now. */
  put(job: Job): void {
    this.#put(normalise(job));
  }

  #put(job: Job): void {
    if (!this.#jobs.has(job.name)) this.#names = null;
    this.#jobs.set(job.name, job);
    this.#texts.delete(job.name);
  }

  /** The key prefix lacks its colon in Dkron, so jobs whose names begin alike lose theirs too. */
  #forgetExecutions(name: string): void {
    for (const other of this.#executions.keys())
      if (other.startsWith(name)) this.#executions.delete(other);
  }

  /** Unfinished executions count as failed (Dkron store.go computeStatus). */
  #statusOf(name: string, group: bigint): string {
    const results = this.executions(name)
      .filter((one) => one.group === group)
      .map((one) => one.success);
    if (!results.includes(false)) return 'success';
    return results.includes(true) ? 'partially_failed' : 'failed';
  }

  #removeFromParent(child: Job): void {
    if (child.parent_job === '') return;
    const parent = this.#parentOf(child);
    const rest = (parent.dependent_jobs ?? []).filter((name) => name !== child.name);
    this.setJob({ ...parent, dependent_jobs: rest }, false);
  }

  #addToParent(child: Job): void {
    if (child.parent_job === '') return;
    const parent = this.#parentOf(child);
    const all = [...(parent.dependent_jobs ?? []), child.name];
    this.setJob({ ...parent, dependent_jobs: all }, false);
  }

  #parentOf(child: Job): Job {
    const parent = this.#jobs.get(child.parent_job);
    if (parent === undefined) throw parentNotFound();
    return parent;
  }
}

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** A time that is missing is never the later one. */
const later = (a: Time | null, b: Time | null): Time | null =>
  a === null || (b !== null && b.at >= a.at) ? b : a;

const merge = (sent: Job, old: Job, keepDependents: boolean): Job => ({
  ...sent,
  success_count: max(BigInt.asIntN(32, sent.success_count), old.success_count),
  error_count: max(BigInt.asIntN(32, sent.error_count), old.error_count),
  last_success: later(old.last_success, sent.last_success),
  last_error: later(old.last_error, sent.last_error),
  dependent_jobs: keepDependents
    ? (old.dependent_jobs ?? sent.dependent_jobs)
    : sent.dependent_jobs,
  status: old.status === '' ? sent.status : old.status,
});

const inUtc = (time: Time | null): Time | null => (time === null ? null : utc(time.at));
const orNull = (map: Strings | null): Strings | null => (map?.size ? map : null);

/** What protobuf makes of a job on its way to the store: 32 bits, UTC, no empty maps or lists. */
export const normalise = (job: Job): Job => ({
  ...job,
  id: job.name,
  success_count: BigInt.asIntN(32, job.success_count),
  error_count: BigInt.asIntN(32, job.error_count),
  last_success: inUtc(job.last_success),
  last_error: inUtc(job.last_error),
  tags: orNull(job.tags),
  metadata: orNull(job.metadata),
  retries: BigInt.asUintN(32, job.retries),
  dependent_jobs: job.dependent_jobs?.length ? job.dependent_jobs : null,
  processors: new Map(
    [...(job.processors ?? [])].map(([name, config]) => [name, config ?? new Map()]),
  ),
  executor_config: orNull(job.executor_config),
  next: utc(job.next.at),
  starts_at: inUtc(job.starts_at),
  expires_at: inUtc(job.expires_at),
});

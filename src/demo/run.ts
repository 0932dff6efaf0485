/** Runs jobs: attempts, retries, children, what is running (Dkron run.go, grpc.go, job.go). */
import type { Execution, Job } from './job.ts';
import { executionKey } from './job.ts';
import type { Node } from './node.ts';
import { qualifies } from './node.ts';
import { pause } from './pause.ts';
import type { Scheduler } from './scheduler.ts';
import type { Store } from './store.ts';
import { utc, ZERO } from './time.ts';

/** What one attempt came to. */
export interface Result {
  readonly success: boolean;
  readonly output: string;
  readonly simulated: boolean;
}

/** A piece that was printed just now; of a simulated output the first one says that it is. */
export type Told = (piece: string, isFirst: boolean) => void;

/** Runs a job's command or call once, and tells what is printed meanwhile; never throws. */
export type Execute = (job: Job, told: Told) => Promise<Result>;

/** There is nothing to run: no such job, not scheduled, or no node for its tags. */
export class NotRunnable extends Error {}

export interface World {
  readonly store: Store;
  readonly scheduler: Scheduler;
  readonly node: Node;
  readonly clock: () => bigint;
  readonly execute: Execute;
  /** Aborted when the server closes: what runs is not followed up. */
  readonly closed: AbortSignal;
}

export class Runner {
  readonly #world: World;
  readonly #active = new Map<string, Execution>();

  constructor(world: World) {
    this.#world = world;
  }

  /**
   * What runs now, each with the last piece that it printed. A run whose retry or child still runs is
   * among them, though it has finished: with all of its output.
   */
  active(): Execution[] {
    return [...this.#active.values()];
  }

  /**
   * Runs a job by hand and returns it as it was before; resolves when the run, its retries and its
   * children have ended. It asks neither for `forbid` nor for `starts_at` and `expires_at`.
   * Rejects with NotRunnable.
   */
  async run(name: string): Promise<Job> {
    return this.#run(name, {
      job_name: name,
      started_at: ZERO,
      finished_at: ZERO,
      success: false,
      output: '',
      simulated: false,
      node_name: '',
      group: this.#world.clock(),
      attempt: 1,
    });
  }

  /** What the scheduler and a parent's success do: nothing, if the job must not run now. */
  async trigger(job: Job): Promise<void> {
    if (!this.#mayRun(job)) return;
    await this.run(job.name).catch(unlessNotRunnable);
  }

  #mayRun(job: Job): boolean {
    const now = this.#world.clock();
    if (job.disabled) return false;
    if (job.starts_at !== null && now < job.starts_at.at) return false;
    if (job.expires_at !== null && now > job.expires_at.at) return false;
    return job.concurrency !== 'forbid' || !this.#isHeld(job.name, now);
  }

  /** By a run under way, or by a stored one without an end that is not stale yet (4.1.2, job.go). */
  #isHeld(name: string, now: bigint): boolean {
    if (this.active().some((one) => one.job_name === name)) return true;
    const endless = this.#world.store.executions(name).filter((one) => one.finished_at === ZERO);
    const stale = endless.filter((one) => now - one.started_at > STALE);
    for (const one of stale) {
      const output = `${one.output}\nExecution marked as failed: detected as stale (not active on any node)`;
      this.#world.store.setExecutionDone({ ...one, output, finished_at: now });
    }
    return stale.length < endless.length;
  }

  /** A run that began in another process and goes on for so long, milliseconds. */
  async goOn(started: Execution, takes: number, result: Result): Promise<void> {
    const key = executionKey(started);
    this.#active.set(key, started);
    try {
      await pause(takes, this.#world.closed);
      await this.#done({ ...started, ...result, finished_at: this.#world.clock() });
    } finally {
      this.#active.delete(key);
    }
  }

  async #run(name: string, execution: Execution): Promise<Job> {
    const { store, scheduler, node } = this.#world;
    const stored = store.job(name);
    if (stored === undefined) throw new NotRunnable(`no job ${name}`);
    let job = stored;
    if (job.parent_job === '') {
      const next = scheduler.next(name);
      if (next === undefined) throw new NotRunnable(`${name} is not scheduled`);
      job = { ...job, next: utc(next ?? ZERO) };
      store.setJob(job, true);
    }
    if (!qualifies(node, job.tags)) throw new NotRunnable(`no node for ${name}`);
    await this.#attempt(job, execution);
    return job;
  }

  async #attempt(job: Job, asked: Execution): Promise<void> {
    const { store, node, clock, execute } = this.#world;
    const started = { ...asked, started_at: clock(), node_name: node.name };
    const key = executionKey(started);
    this.#active.set(key, started);
    try {
      store.setExecution(started);
      const result = await execute(job, (output, simulated) =>
        this.#active.set(key, { ...started, output, simulated }),
      );
      const done = { ...started, ...result, finished_at: clock() };
      this.#active.set(key, done);
      await this.#done(done);
    } finally {
      this.#active.delete(key);
    }
  }

  /** Dkron grpc.go ExecutionDone. */
  async #done(execution: Execution): Promise<void> {
    const { store, scheduler, clock, closed } = this.#world;
    if (closed.aborted || !store.setExecutionDone(execution)) return;
    const job = store.job(execution.job_name)!;
    if (!execution.success && BigInt(execution.attempt) < job.retries + 1n) {
      const attempt = execution.attempt + 1;
      await pause(backoff(clock() - execution.started_at, attempt), closed);
      // With the end of the attempt before, until it has one of its own.
      const retry = { ...execution, attempt, output: '' };
      await this.#run(job.name, retry).catch(unlessNotRunnable);
      return;
    }
    if (job.status !== 'success') return;
    for (const name of job.dependent_jobs ?? []) {
      const child = store.job(name);
      // A name without a job ends it here: later children do not run.
      if (child === undefined) return;
      await this.trigger(child);
    }
    if (job.ephemeral && store.deleteJob(job.name) !== undefined) scheduler.remove(job.name);
  }
}

/** A run without an end is older than any that goes on (Dkron agent.go DefaultStaleExecutionThreshold). */
const STALE = 4n * 3_600_000_000_000n;

const HALF_SECOND = 500;

/**
 * Milliseconds before the next attempt (Dkron execution.go CalculateExponentialBackoff): none after
 * an attempt shorter than half a second, else it grows with its length and its number.
 */
export function backoff(elapsed: bigint, attempt: number): number {
  const halfSeconds = Math.floor(Number(elapsed) / 1e6 / HALF_SECOND);
  return halfSeconds < 1 ? 0 : Math.trunc(Math.log2(halfSeconds) + attempt) * HALF_SECOND;
}

function unlessNotRunnable(error: unknown): void {
  if (!(error instanceof NotRunnable)) throw error;
}

import type { Job } from './job.ts';
import type { Node } from './node.ts';
import type { Runner } from './run.ts';
import type { Scheduler } from './scheduler.ts';
import type { Store } from './store.ts';

/** All that the handlers work on. */
export class State {
  readonly node: Node;
  readonly store: Store;
  readonly scheduler: Scheduler;
  readonly runner: Runner;
  readonly clock: () => bigint;
  /** New and changed jobs are refused meanwhile. */
  paused = false;

  constructor(parts: Pick<State, 'node' | 'store' | 'scheduler' | 'runner' | 'clock'>) {
    this.node = parts.node;
    this.store = parts.store;
    this.scheduler = parts.scheduler;
    this.runner = parts.runner;
    this.clock = parts.clock;
  }

  /** Stores a job and schedules it as it was sent (Dkron grpc.go SetJob). Throws ParentNotFound. */
  setJob(job: Job): void {
    this.store.setJob(job, true);
    this.scheduler.add(job);
  }
}

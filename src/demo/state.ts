import type { Job } from './job.ts';
import { MAX_MESSAGE, messageSize } from './message-size.ts';
import type { Node } from './node.ts';
import type { Runner } from './run.ts';
import type { Scheduler } from './scheduler.ts';
import type { Store } from './store.ts';
import { SetJobFailed } from './store.ts';

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

  /** Stores a job and schedules it as it was sent (Dkron grpc.go SetJob). Throws SetJobFailed. */
  setJob(job: Job): void {
    const size = messageSize(job);
    if (size > MAX_MESSAGE)
      throw new SetJobFailed(
        `grpc: received message larger than max (${size} vs. ${MAX_MESSAGE})`,
        500,
      );
    this.store.setJob(job, true);
    this.scheduler.add(job);
  }
}

import type { Time } from './time.ts';

export type Strings = ReadonlyMap<string, string>;

/**
 * A job as it is decoded from a request (Dkron job.go Job). Fields stand in the order of the Go
 * struct, which is the order of the answer. Integers are 64 bits wide, as Go's are.
 */
export interface Job {
  readonly id: string;
  readonly name: string;
  readonly displayname: string;
  readonly timezone: string;
  readonly schedule: string;
  readonly owner: string;
  readonly owner_email: string;
  readonly success_count: bigint;
  readonly error_count: bigint;
  readonly last_success: Time | null;
  readonly last_error: Time | null;
  readonly disabled: boolean;
  readonly tags: Strings | null;
  readonly metadata: Strings | null;
  readonly retries: bigint;
  readonly dependent_jobs: readonly string[] | null;
  readonly parent_job: string;
  readonly processors: ReadonlyMap<string, Strings | null> | null;
  readonly concurrency: string;
  readonly executor: string;
  readonly executor_config: Strings | null;
  readonly status: string;
  readonly next: Time;
  readonly ephemeral: boolean;
  readonly starts_at: Time | null;
  readonly expires_at: Time | null;
}

/** One attempt at running a job on one node (Dkron execution.go Execution). */
export interface Execution {
  readonly job_name: string;
  readonly started_at: bigint;
  /** Year 1 while it runs. */
  readonly finished_at: bigint;
  readonly success: boolean;
  readonly output: string;
  /** Nothing was run; what is shown of the output says so. */
  readonly simulated: boolean;
  readonly node_name: string;
  /** The moment the run was asked for, in nanoseconds; its attempts share it. */
  readonly group: bigint;
  readonly attempt: number;
}

/** Dkron execution.go Key: also the execution's id. */
export const executionKey = ({ started_at, node_name }: Execution): string =>
  `${started_at}-${node_name}`;

/** A job as Dkron's API gives it (dkron/job.go, 2.2.2 to 4.1.2). Fields of newer versions ride along. */
export interface Job {
  id?: string;
  name: string;
  displayname: string;
  timezone: string;
  schedule: string;
  owner: string;
  owner_email: string;
  success_count: number;
  error_count: number;
  /** RFC 3339, or null; anything before 1971 means never. */
  last_success: string | null;
  last_error: string | null;
  disabled: boolean;
  tags: Record<string, string> | null;
  metadata: Record<string, string> | null;
  retries: number;
  dependent_jobs: string[] | null;
  parent_job: string;
  processors: Record<string, Record<string, string>> | null;
  concurrency: string;
  executor: string;
  /** Every value is a string, also where it holds JSON ("stringified"). */
  executor_config: Record<string, string> | null;
  /** "", success, failed or partially_failed; never "running". */
  status: string;
  /** RFC 3339, never null; years 1 and 1970 mean none. Not the next run: see src/schedule. */
  next: string;
  ephemeral?: boolean;
  expires_at?: string | null;
  starts_at?: string | null;
  [field: string]: unknown;
}

/**
 * What tables, filters, counts, families and next runs look at: of each job of a list it is at hand, while
 * the rest may lie packed (row.ts).
 */
export type JobFacts = Readonly<
  Pick<
    Job,
    | 'name'
    | 'displayname'
    | 'timezone'
    | 'schedule'
    | 'owner'
    | 'owner_email'
    | 'success_count'
    | 'error_count'
    | 'last_success'
    | 'last_error'
    | 'disabled'
    | 'tags'
    | 'metadata'
    | 'dependent_jobs'
    | 'parent_job'
    | 'executor'
    | 'status'
    | 'next'
  >
> & {
  readonly starts_at?: string | null | undefined;
  readonly expires_at?: string | null | undefined;
};

/** A job and the exact text it arrived as, so that nothing is lost by reading it. */
export interface JobText {
  readonly text: string;
  readonly job: Job;
}

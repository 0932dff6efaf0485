/** Among whom the schedule counts that is typed: what is kept, asked and told of it. */
import type { Job } from '../../job/job.ts';
import type { JobTable } from '../../job/table.ts';
import type { Calm, Crowd, Seconds } from '../../schedule/index.ts';

/** Which jobs, in which seconds, beside which job. */
export interface CrowdOf extends Seconds {
  readonly jobs: JobTable;
  readonly seen: Job;
  readonly serverZone: string;
  readonly version: string | undefined;
}

export interface Counted {
  readonly of: CrowdOf;
  readonly crowd: Crowd;
}

/** What is calmer than a schedule, and by which crowd. */
export interface FoundCalm {
  readonly schedule: string;
  readonly timezone: string;
  /** Null where nobody knows any more. */
  readonly by: Crowd | null;
  readonly calm: Calm;
}

export type CrowdMessage =
  | { readonly type: 'crowd'; readonly counted: Counted | null }
  | ({ readonly type: 'calm' } & FoundCalm);

export type CrowdEffect = { readonly type: 'count-crowd' } | { readonly type: 'find-calm' };

import type { JobFacts } from './job.ts';
import { serverTime } from './time.ts';

/** What a job is in that should have run: each by its first firing that did not do what it should. */
export type Trouble =
  /** A run of it has no end and nobody runs it, and later firings wait for that or came to nothing. */
  | 'stuck'
  /** It was due, and no node took it. */
  | 'nowhere'
  /** It was due, and did not run. */
  | 'late'
  /** It did not run lately when it was due; it has fired again since, or will. */
  | 'missed'
  /** It was due, if it was enabled then: nobody knows. */
  | 'overdue';

/** What takes a job too long: each by how long its runs took that are known (run-times/). */
export type Pace =
  /** What runs takes longer than every run that is known. */
  | 'long'
  /** It usually runs longer than until its next firing. */
  | 'overrun'
  /** Its last runs took far longer than those before. */
  | 'slow';

/** What is known of a job beyond what Dkron stores of it. */
export interface Standing {
  readonly running: boolean;
  readonly trouble: Trouble | null;
  /** Null unless told. */
  readonly pace?: Pace | null;
}

/** By name; jobs of which nothing is known are not in it. */
export type Standings = ReadonlyMap<string, Standing>;

export const idle: Standing = { running: false, trouble: null };
const justRunning: Standing = { running: true, trouble: null };

export const standingOf = (standings: Standings, name: string): Standing =>
  standings.get(name) ?? idle;

/** Of what runs, and who is in trouble; by name. */
export function standingsOf(
  running: Iterable<string>,
  troubles: Iterable<readonly [name: string, trouble: Trouble]> = [],
): Standings {
  const standings = new Map<string, Standing>();
  for (const name of running) standings.set(name, justRunning);
  for (const [name, trouble] of troubles)
    standings.set(name, { running: standings.has(name), trouble });
  return standings;
}

/** And who takes too long. */
export function withPaces(
  standings: Standings,
  paces: Iterable<readonly [name: string, pace: Pace]>,
): Standings {
  const all = new Map(standings);
  for (const [name, pace] of paces) all.set(name, { ...standingOf(standings, name), pace });
  return all;
}

export type JobStatus =
  | Trouble
  | Pace
  | 'running'
  | 'disabled'
  | 'never'
  | 'success'
  | 'failed'
  | 'partially_failed';

/** What to say of a job in one word. Dkron itself never stores "running": that is what /busy knows. */
export function jobStatus(job: JobFacts, { running, trouble, pace = null }: Standing): JobStatus {
  if (trouble !== null && isPressing(trouble)) return trouble;
  // What cannot keep its schedule runs nearly always.
  if (running) return pace === 'long' || pace === 'overrun' ? pace : 'running';
  if (job.disabled) return 'disabled';
  const stored = storedStatus(job);
  const isFailed = stored === 'failed' || stored === 'partially_failed';
  return isFailed ? stored : (trouble ?? pace ?? stored);
}

/** What is so now comes before what runs or failed, which Dkron tells by itself. */
const isPressing = (trouble: Trouble): boolean =>
  trouble === 'stuck' || trouble === 'nowhere' || trouble === 'late';

/** What the last run came to; `never` where there was none. */
export function storedStatus(job: JobFacts): JobStatus {
  const { status } = job;
  if (status === 'success' || status === 'failed' || status === 'partially_failed') return status;
  return lastResult(job);
}

/** A restored job can have a past without a status. */
function lastResult(job: JobFacts): JobStatus {
  const success = serverTime(job.last_success)?.getTime() ?? 0;
  const error = serverTime(job.last_error)?.getTime() ?? 0;
  if (success === 0 && error === 0) return 'never';
  return success > error ? 'success' : 'failed';
}

/** Whether a job went wrong, or well again, between two looks. */
import type { JobFacts } from '../../job/job.ts';
import { storedStatus } from '../../job/status.ts';
import { serverTime } from '../../job/time.ts';
import type { Found, Known, Outcome } from './model.ts';

export interface Run {
  /** Whether a run of it was under way just before it was read. */
  readonly isRunning: boolean;
  /** On so many nodes each firing runs. */
  readonly nodes: number;
  /** How often a run that fails is begun again by itself; asked only where that matters. */
  readonly retries: () => number;
}

export interface Changed {
  readonly now: Known;
  readonly found: readonly Found[];
}

/** Counters that fell are those of a job that was cleared or made anew: it begins anew here, too. */
export function outcomeChange(before: Known, job: JobFacts, run: Run): Changed {
  const now = { ...knownOf(job), episode: before.episode };
  if (hasFallen(before, job)) return { now, found: [] };
  const paced = before.pace === undefined ? now : { ...now, pace: before.pace };
  if (isHalf(before, now, job, run)) return { now: before, found: [] };
  return { now: paced, found: turns(before, now, run).map((kind) => foundOf(kind, job)) };
}

export const hasFallen = ({ successes, errors }: Known, job: JobFacts): boolean =>
  job.success_count < successes || job.error_count < errors;

export const knownOf = (job: JobFacts): Known => ({
  outcome: outcomeOf(job),
  successes: job.success_count,
  errors: job.error_count,
});

function outcomeOf(job: JobFacts): Outcome {
  const status = storedStatus(job);
  if (status === 'never') return 'never';
  return status === 'success' ? 'well' : 'failed';
}

/** A failure that may be of a run that goes on: of one node of several, or of one attempt. */
function isHalf(before: Known, now: Known, job: JobFacts, { isRunning, nodes, retries }: Run) {
  if (!isRunning || now.outcome !== 'failed' || before.outcome === 'failed') return false;
  const ended = now.successes + now.errors - before.successes - before.errors;
  if (job.status === 'partially_failed') return ended < 2 * nodes;
  return now.errors - before.errors <= retries() * nodes;
}

/** Between two looks it may have turned twice: counters tell, where each run is counted once. */
function turns(before: Known, now: Known, { nodes, retries }: Run): ('regression' | 'fixed')[] {
  const [was, is] = [before.outcome === 'failed', now.outcome === 'failed'];
  if (was !== is) return [is ? 'regression' : 'fixed'];
  const both = now.errors > before.errors && now.successes > before.successes;
  if (!both || nodes > 1 || retries() > 0) return [];
  return is ? ['fixed', 'regression'] : ['regression', 'fixed'];
}

const foundOf = (kind: 'regression' | 'fixed', job: JobFacts): Found => ({
  kind,
  job: job.name,
  at: serverTime(kind === 'fixed' ? job.last_success : job.last_error)?.getTime() ?? 0,
  why: job.status === 'partially_failed' && kind === 'regression' ? 'it failed on some nodes' : '',
});

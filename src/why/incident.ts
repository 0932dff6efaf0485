/** Since when a job fails, by the runs of it that Dkron keeps. */
import { runKey, unfinished } from '../dkron/execution.ts';
import type { Execution } from '../dkron/shapes.ts';
import { serverTime } from '../job/time.ts';

/** Firings that failed one after the other. Times are ms since the epoch. */
export interface Incident {
  /** When the first of them began. */
  readonly since: number;
  /** False: it may have failed earlier, as Dkron keeps no run from before. */
  readonly exact: boolean;
  /** When the last one before it that went well began; null: none is known. */
  readonly lastGood: number | null;
  readonly failures: number;
  /** When the next one that went well began; null: it still fails. */
  readonly until: number | null;
}

interface Firing {
  readonly began: number;
  readonly outcome: 'good' | 'failed' | 'open';
}

/**
 * The newest of them; in words why there is none.
 * @param lastSuccess of the job, ms since the epoch: Dkron may have forgotten the run
 */
export function incidentOf(
  runs: readonly Execution[],
  lastSuccess: number | null,
): Incident | { readonly why: string } {
  const ended = firingsOf(runs).filter(({ outcome }) => outcome !== 'open');
  const last = ended.findLastIndex(({ outcome }) => outcome === 'failed');
  if (last < 0) return { why: whyNone(runs, ended.length) };
  const before = ended.findLastIndex(({ outcome }, at) => at < last && outcome === 'good');
  const since = ended[before + 1]!.began;
  const known = lastSuccess !== null && lastSuccess < since ? lastSuccess : null;
  const isAll = runs.length < kept && known === null;
  return {
    since,
    exact: before >= 0 || isAll,
    lastGood: ended[before]?.began ?? known,
    failures: last - before,
    until: ended[last + 1]?.began ?? null,
  };
}

/** So many executions of a job Dkron keeps (store.go MaxExecutions). */
const kept = 100;

function whyNone(runs: readonly Execution[], ended: number): string {
  if (runs.length === 0) return 'Dkron keeps no run of it';
  if (ended === 0) return 'no run of it has ended yet';
  return ended === 1
    ? 'the one run that Dkron keeps went well'
    : `none of the last ${ended} firings failed`;
}

/** The oldest first. On each node the last attempt counts. */
function firingsOf(runs: readonly Execution[]): Firing[] {
  const groups = Map.groupBy(runs, (run) => (run.group === '0' ? runKey(run) : run.group));
  return [...groups.values()].map(firingOf).sort((a, b) => a.began - b.began);
}

function firingOf(runs: readonly Execution[]): Firing {
  const began = Math.min(...runs.map(({ started_at }) => serverTime(started_at)?.getTime() ?? 0));
  const last = [...Map.groupBy(runs, ({ node_name }) => node_name).values()].map((attempts) =>
    attempts.reduce((one, other) => (other.attempt > one.attempt ? other : one)),
  );
  if (last.some((run) => unfinished(run))) return { began, outcome: 'open' };
  return { began, outcome: last.every(({ success }) => success) ? 'good' : 'failed' };
}

/** What can be told of one run from what Dkron stores of it. */
import { serverTime } from '../job/time.ts';
import { instantFromRfc3339 } from '../schedule/instant.ts';
import { clean } from '../terminal/cell.ts';
import type { Execution } from './shapes.ts';

/**
 * Dkron stores a run when it starts: neither a success nor a failure yet. A retry is stored with the
 * end of the attempt before, which lies before it began, until it has an end of its own.
 */
export function unfinished({ started_at, finished_at, attempt }: Execution): boolean {
  if (serverTime(finished_at) === null) return true;
  if (attempt <= 1) return false;
  // Nanoseconds: a retry without a pause begins within the millisecond.
  const [started, finished] = [started_at, finished_at].map(instantFromRfc3339);
  return started !== undefined && finished !== undefined && finished < started;
}

/** Before 3.1.0 executions have no id; started time and node are what the id is made of. */
export const runKey = (run: Execution): string => run.id || `${run.started_at}-${run.node_name}`;

/** Milliseconds; 0 while it runs, and where clocks of nodes disagree. */
export function durationOf(run: Execution): number {
  const started = serverTime(run.started_at)?.getTime();
  const finished = serverTime(run.finished_at)?.getTime();
  return started === undefined || finished === undefined ? 0 : Math.max(0, finished - started);
}

/** The last line of an output that says something. */
export function lastWords(output: string): string {
  const lines = output.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  return clean(lines.at(-1) ?? '');
}

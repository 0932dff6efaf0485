/** Which firings a job has missed, once it fires again. */
import type { JobFacts } from '../job/job.ts';
import { firingsBetween, owedFiring, type Reader, storedNext } from './firing.ts';
import { endsOf } from './judge.ts';
import type { Verdict } from './verdict.ts';

/** A firing that surely did not happen, or some in a row. */
export interface Missed extends Pick<Verdict, 'at' | 'cause'> {
  readonly job: string;
  /** How many there were at least. */
  readonly count: number;
  /** The last of them. */
  readonly until: number;
  /** When it was seen that it fires again, or was changed; null while it goes on. */
  readonly endedAt: number | null;
}

export interface Moved {
  readonly row: JobFacts;
  readonly old: JobFacts;
  /** The first firing that did not happen. */
  readonly from: number;
  /** When this was seen. */
  readonly at: number;
  /** It was called late: what came at last came too late for that firing. */
  readonly wasLate: boolean;
  /** So many executions that began since are under way. */
  readonly running: number;
  /** On so many nodes each firing runs, an execution on each. */
  readonly nodes: number;
}

/**
 * What was missed before its `next` moved on; null where as many runs came as there were firings: then the
 * first of them came late. More executions than that, as of retries, never speak for a miss.
 */
export function missedBefore(
  { row, old, from, at, wasLate, running, nodes }: Moved,
  reader: Reader,
): Pick<Missed, 'count' | 'until'> | null {
  const hasMoved = storedNext(row) > storedNext(old);
  const to = hasMoved ? Math.min(at, storedNext(row) - 1) : at;
  const due = firingsBetween(old, reader, { from, to });
  const came = Math.ceil((endsOf(row) - endsOf(old) + running) / nodes);
  // The last one moved it on; a run by hand does so, too.
  const count = wasLate ? Math.max(1, hasMoved ? due - 1 : due) : due - Math.max(1, came);
  return count < 1 ? null : { count, until: lastOf(old, reader, from, count) };
}

/** So many are gone over one by one. */
const most = 500;

function lastOf(job: JobFacts, reader: Reader, from: number, count: number): number {
  let at = from;
  for (let more = 1; more < Math.min(count, most); more++)
    at = owedFiring(job, reader, at)?.at ?? at;
  return at;
}

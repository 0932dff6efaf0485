/** Whether jobs take longer than they used to, for a watch that is asked to tell it. */
import { timesOf } from '../../dkron/run-times.ts';
import type { Execution } from '../../dkron/shapes.ts';
import type { JobRow } from '../../job/row.ts';
import { slowOf } from '../../job/run-times/slow.ts';
import { slowText } from '../../job/run-times/words.ts';
import { serverTime } from '../../job/time.ts';
import { endsOf } from '../judge.ts';
import type { Found, WatchState } from './model.ts';

/** Of so many jobs at a look the history is read, which costs Dkron more than anything else. */
export const atOnce = 20;

/** Whose history is to be read: jobs that ran since it was read, the longest ago first. */
export function toPace(state: WatchState, rows: readonly JobRow[]): readonly JobRow[] {
  const readAt = ({ name }: JobRow): number => state.jobs.get(name)?.pace?.read ?? 0;
  return rows
    .filter((row) => {
      const known = state.jobs.get(row.name);
      return known !== undefined && endsOf(row) > 0 && known.pace?.ends !== endsOf(row);
    })
    .sort((a, b) => readAt(a) - readAt(b))
    .slice(0, atOnce);
}

/** The first time that a history is read tells nothing. `now`: ms since the epoch. */
export function paceChange(
  state: WatchState,
  read: ReadonlyMap<JobRow, readonly Execution[]>,
  now: number,
): { readonly state: WatchState; readonly found: readonly Found[] } {
  if (read.size === 0) return { state, found: [] };
  const jobs = new Map(state.jobs);
  const found: Found[] = [];
  for (const [row, executions] of read) {
    const known = jobs.get(row.name);
    if (known === undefined) continue;
    const ends = endsOf(row);
    const slow = slowOf(timesOf(executions, { at: now, ends }));
    if (slow !== null && known.pace?.slow === false) {
      const at = serverTime(row.last_success)?.getTime() ?? now;
      found.push({ kind: 'slow', job: row.name, at, why: slowText(slow) });
    }
    jobs.set(row.name, { ...known, pace: { read: now, ends, slow: slow !== null } });
  }
  return { state: { ...state, jobs }, found };
}

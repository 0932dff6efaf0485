/** How many jobs there are of each status: what changed is counted again. */

import { type JobStatus, jobStatus } from '../../../job/status.ts';
import { changedPlaces, type JobTable } from '../../../job/table.ts';
import type { Line } from '../../../view/line.ts';
import { bold, quiet, toned } from '../../../view/line.ts';
import type { State } from '../../state/model.ts';
import { type Busy, busyPlaces } from './order.ts';

export type Counts = Readonly<Record<JobStatus, number>>;

interface Counted {
  readonly table: JobTable;
  readonly busy: Busy;
  readonly counts: Counts;
}

let last: Counted | null = null;

export function countsOf({ jobs: { byName: table }, busy }: State): Counts {
  if (last === null || last.table !== table || last.busy !== busy)
    last = { table, busy, counts: recount(last, table, busy) ?? count(table, busy) };
  return last.counts;
}

function count({ rows }: JobTable, busy: Busy): Counts {
  const counts = { success: 0, failed: 0, partially_failed: 0, running: 0, disabled: 0, never: 0 };
  for (const row of rows) counts[jobStatus(row, busy.has(row.name))]++;
  return counts;
}

/** Only those that changed are counted again; null where these are other jobs. */
function recount(before: Counted | null, table: JobTable, busy: Busy): Counts | null {
  const changed = before === null ? null : changedPlaces(before.table, table);
  if (before === null || changed === null) return null;
  const counts = { ...before.counts };
  const touched = new Set([...changed, ...busyPlaces(before.busy, busy, table)]);
  for (const place of touched) {
    const [old, row] = [before.table.rows[place]!, table.rows[place]!];
    counts[jobStatus(old, before.busy.has(old.name))]--;
    counts[jobStatus(row, busy.has(row.name))]++;
  }
  return counts;
}

/** `412 · 3 failed · 1 running · 12 disabled`: only what there is. */
export function countSpans(state: State): Line {
  const { earlier, byName, at, announced = null } = state.jobs;
  if (earlier !== undefined) return [quiet(earlierText(byName.size, earlier.count))];
  if (at === null && byName.size > 0)
    return [
      bold(String(byName.size)),
      quiet(announced === null ? ' so far' : ` of ${announced} so far`),
    ];
  const counts = countsOf(state);
  const failed = counts.failed + counts.partially_failed;
  const unreadable = state.jobs.unreadable.length;
  if (at === null) return [];
  return [
    bold(String(byName.size)),
    ...(unreadable > 0 ? [quiet(' · '), toned(`${unreadable} unreadable`, 'bad')] : []),
    ...(failed > 0 ? [quiet(' · '), toned(`${failed} failed`, 'bad')] : []),
    ...(counts.running > 0 ? [quiet(' · '), toned(`${counts.running} running`, 'attention')] : []),
    ...(counts.never > 0 ? [quiet(` · ${counts.never} never ran`)] : []),
    ...(counts.disabled > 0 ? [quiet(` · ${counts.disabled} disabled`)] : []),
  ];
}

/** Of rows that an earlier console kept: how many jobs there were, and whether these are all of them. */
const earlierText = (shown: number, count: number): string =>
  shown < count ? `the first ${shown} of ${count} as they were` : `${count} as they were`;

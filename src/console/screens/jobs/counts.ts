/** How many jobs there are of each status: what changed is counted again. */

import { atOnce, forEachBelow } from '../../../base/steps.ts';
import { type JobStatus, jobStatus, type Standings, standingOf } from '../../../job/status.ts';
import type { JobTable } from '../../../job/table.ts';
import type { Line, Tone } from '../../../view/line.ts';
import { bold, quiet, toned } from '../../../view/line.ts';
import type { State } from '../../state/model.ts';
import { standingsIn } from '../../state/standings.ts';
import { standingPlaces } from './order.ts';

export type Counts = Readonly<Record<JobStatus, number>>;

interface Counted {
  readonly table: JobTable;
  readonly standings: Standings;
  readonly counts: Counts;
}

const none: Counts = {
  success: 0,
  failed: 0,
  partially_failed: 0,
  running: 0,
  disabled: 0,
  never: 0,
  stuck: 0,
  nowhere: 0,
  late: 0,
  missed: 0,
  overdue: 0,
  long: 0,
  overrun: 0,
  slow: 0,
};

const counted = new WeakMap<JobTable['places'], Counted>();

export function countsOf(state: State): Counts {
  const table = state.jobs.byName;
  const standings = standingsIn(state);
  const before = counted.get(table.places) ?? null;
  if (before?.table === table && before.standings === standings) return before.counts;
  const counts = recount(before, table, standings) ?? atOnce(count(table, standings));
  counted.set(table.places, { table, standings, counts });
  return counts;
}

/** Counts the jobs of a list that is not shown yet, in steps. */
export function* countAhead(state: State): Generator<void, void> {
  const table = state.jobs.byName;
  const standings = standingsIn(state);
  const counts = yield* count(table, standings);
  counted.set(table.places, { table, standings, counts });
}

function* count({ rows }: JobTable, standings: Standings): Generator<void, Counts> {
  const counts = { ...none };
  yield* forEachBelow(rows.length, (place) => {
    const row = rows[place]!;
    counts[jobStatus(row, standingOf(standings, row.name))]++;
  });
  return counts;
}

/** Only those that changed are counted again; null where these are other jobs. */
function recount(before: Counted | null, table: JobTable, standings: Standings): Counts | null {
  const changed = before === null ? null : table.changedSince(before.table);
  if (before === null || changed === null) return null;
  const counts = { ...before.counts };
  const touched = new Set([...changed, ...standingPlaces(before.standings, standings, table)]);
  for (const place of touched) {
    const [old, row] = [before.table.rows[place]!, table.rows[place]!];
    counts[jobStatus(old, standingOf(before.standings, old.name))]--;
    counts[jobStatus(row, standingOf(standings, row.name))]++;
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
    ...toldOf(counts.stuck, 'stuck', 'bad'),
    ...toldOf(counts.nowhere, 'going nowhere', 'bad'),
    ...toldOf(counts.late, 'late', 'bad'),
    ...toldOf(failed, 'failed', 'bad'),
    ...toldOf(counts.missed, 'missed', 'attention'),
    ...toldOf(counts.overdue, 'perhaps late', 'attention'),
    ...toldOf(counts.long, 'longer than ever', 'attention'),
    ...toldOf(counts.overrun, 'cannot keep up', 'attention'),
    ...toldOf(counts.slow, 'slow', 'attention'),
    ...toldOf(counts.running, 'running', 'attention'),
    ...(counts.never > 0 ? [quiet(` · ${counts.never} never ran`)] : []),
    ...(counts.disabled > 0 ? [quiet(` · ${counts.disabled} disabled`)] : []),
  ];
}

const toldOf = (count: number, what: string, tone: Tone): Line =>
  count > 0 ? [quiet(' · '), toned(`${count} ${what}`, tone)] : [];

/** Of rows that an earlier console kept: how many jobs there were, and whether these are all of them. */
const earlierText = (shown: number, count: number): string =>
  shown < count ? `the first ${shown} of ${count} as they were` : `${count} as they were`;

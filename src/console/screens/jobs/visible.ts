/** Which jobs the table shows, in which order: filter, sort, families. */

import { families } from '../../../job/family.ts';
import { parseFilter } from '../../../job/filter.ts';
import type { Job } from '../../../job/job.ts';
import { type Next, nextOf } from '../../../job/runs.ts';
import { jobStatus } from '../../../job/status.ts';
import { width } from '../../../terminal/cell.ts';
import type { Sort } from '../../../view/job-columns.ts';
import { columnOf, indent } from '../../../view/job-columns.ts';
import { memo } from '../../../view/memo.ts';
import { keysOf, type Rows } from '../../state/cursor.ts';
import type { JobsData, JobsScreen, State } from '../../state/model.ts';

export interface Visible extends Rows {
  /** Steps below a family's root; jobs that are not in it stand at 0. */
  readonly depth: ReadonlyMap<string, number>;
  /** Cells, with what families are set in by. */
  readonly longestName: number;
}

type ByName = JobsData['byName'];
type Busy = State['busy'];

function compareKeys(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sorted(
  jobs: readonly Job[],
  sort: Sort,
  busy: Busy,
  now: number,
  next: (job: Job) => Next,
): Job[] {
  const { key } = columnOf(sort.column);
  const keyed = jobs.map((job) => {
    const status = jobStatus(job, busy.has(job.name));
    const value = key({
      job,
      status,
      next: sort.column === 'next' ? next(job) : { kind: 'never' },
      now,
    });
    return { job, value: typeof value === 'string' ? value.toLowerCase() : value };
  });
  const sign = sort.descending ? -1 : 1;
  keyed.sort((a, b) => sign * compareKeys(a.value, b.value) || compareKeys(a.job.name, b.job.name));
  return keyed.map(({ job }) => job);
}

/** Children under their parents; a job whose parent is not shown stands where it sorts. */
function inFamilies(sorted: readonly Job[]): Pick<Visible, 'depth'> & { jobs: readonly Job[] } {
  const { parentsFirst, unordered, depth } = families(sorted);
  return { jobs: [...parentsFirst, ...unordered], depth };
}

const noDepth: ReadonlyMap<string, number> = new Map();

/** One pass and one sort, and only when one of these changed: a refresh without news is none. */
const visibleJobs = memo(
  (
    byName: ByName,
    busy: Busy,
    filter: string,
    sort: Sort,
    sortedAt: number,
    serverZone: string,
    version: string | undefined,
  ): Visible => {
    const holds = parseFilter(filter);
    const jobs: Job[] = [];
    for (const { job } of byName.values()) if (holds(job, busy.has(job.name))) jobs.push(job);
    const inOrder = sorted(jobs, sort, busy, sortedAt, (job) =>
      nextOf(job, sortedAt, serverZone, version),
    );
    const grouped = sort.column === 'name' && !sort.descending && filter === '';
    const { jobs: shown, depth } = grouped
      ? inFamilies(inOrder)
      : { jobs: inOrder, depth: noDepth };
    const names = shown.map(({ name }) => name);
    const longestName = names.reduce(
      (most, name) => Math.max(most, width(name) + indent(depth.get(name) ?? 0)),
      0,
    );
    return { ...keysOf(names), depth, longestName };
  },
);

/** The rows of the jobs screen. The order by time is the one of the last refresh: rows never creep. */
export function visibleOf(state: State, screen: JobsScreen = state.screens[0]): Visible {
  const { filter, sort } = screen;
  const byTime = sort.column === 'next';
  return visibleJobs(
    state.jobs.byName,
    state.busy,
    filter,
    sort,
    byTime ? (state.jobs.newsAt ?? state.jobs.at ?? 0) : 0,
    state.setting.serverZone,
    byTime ? state.server?.version : undefined,
  );
}

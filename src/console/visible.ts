/** Which jobs the table shows, in which order: filter, sort, families. */
import type { Job } from '../job/job.ts';
import { jobStatus } from '../job/status.ts';
import { columnOf } from './columns.ts';
import { type Keys, keysOf } from './cursor.ts';
import { nextOf } from './facts.ts';
import { parseFilter } from './filter.ts';
import { memo } from './memo.ts';
import type { JobsData, JobsScreen, Sort, State } from './model.ts';

export interface Visible extends Keys {
  /** Steps below a family's root; jobs that are not in it stand at 0. */
  readonly depth: ReadonlyMap<string, number>;
  readonly longestName: number;
}

type Busy = State['busy'];
type Setting = State['setting'];

function compareKeys(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sorted(
  jobs: readonly Job[],
  sort: Sort,
  busy: Busy,
  now: number,
  setting: Setting,
): Job[] {
  const { key } = columnOf(sort.column);
  const keyed = jobs.map((job) => {
    const value = key({
      job,
      status: jobStatus(job, busy.has(job.name)),
      next: sort.column === 'next' ? nextOf(job, now, setting.serverZone) : { kind: 'never' },
      now,
    });
    return { job, value: typeof value === 'string' ? value.toLowerCase() : value };
  });
  const sign = sort.descending ? -1 : 1;
  keyed.sort((a, b) => sign * compareKeys(a.value, b.value) || compareKeys(a.job.name, b.job.name));
  return keyed.map(({ job }) => job);
}

/** Children under their parents; a job whose parent is not shown stands where it sorts. */
function families(jobs: readonly Job[]): { names: string[]; depth: Map<string, number> } {
  const shown = new Set(jobs.map((job) => job.name));
  const children = new Map<string, string[]>();
  for (const { name, parent_job: parent } of jobs)
    if (parent !== '' && parent !== name && shown.has(parent))
      children.set(parent, [...(children.get(parent) ?? []), name]);
  const names: string[] = [];
  const depth = new Map<string, number>();
  const seen = new Set<string>();
  const place = (name: string, level: number): void => {
    if (seen.has(name)) return;
    seen.add(name);
    names.push(name);
    if (level > 0) depth.set(name, level);
    for (const child of children.get(name) ?? []) place(child, level + 1);
  };
  for (const { name, parent_job: parent } of jobs) if (!shown.has(parent)) place(name, 0);
  // What is left are rings of parents: they have no root, so each starts at its first name.
  for (const { name } of jobs) place(name, 0);
  return { names, depth };
}

const noDepth: ReadonlyMap<string, number> = new Map();

/** At most the place of a job without family is searched twice: the rest is one pass and one sort. */
export const visibleJobs = memo(
  (
    data: JobsData,
    busy: Busy,
    filter: string,
    sort: Sort,
    sortedAt: number,
    setting: Setting,
  ): Visible => {
    const holds = parseFilter(filter);
    const jobs: Job[] = [];
    for (const { job } of data.byName.values()) if (holds(job, busy.has(job.name))) jobs.push(job);
    const inOrder = sorted(jobs, sort, busy, sortedAt, setting);
    const grouped = sort.column === 'name' && !sort.descending && filter === '';
    const { names, depth } = grouped
      ? families(inOrder)
      : { names: inOrder.map((job) => job.name), depth: noDepth };
    const longestName = names.reduce(
      (most, name) => Math.max(most, name.length + 2 * (depth.get(name) ?? 0)),
      0,
    );
    return { ...keysOf(names), depth, longestName };
  },
);

/** The rows of the jobs screen. The order by time is the one of the last refresh: rows never creep. */
export const visibleOf = (state: State, screen: JobsScreen = state.screens[0]): Visible =>
  visibleJobs(
    state.jobs,
    state.busy,
    screen.filter,
    screen.sort,
    screen.sort.column === 'next' ? (state.jobs.at ?? 0) : 0,
    state.setting,
  );

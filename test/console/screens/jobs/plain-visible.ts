/** The rows of the jobs screen made plainly: all of it anew, nothing remembered. What `visibleOf` has to equal. */
import type { Visible } from '../../../../src/console/screens/jobs/visible.ts';
import type { State } from '../../../../src/console/state/model.ts';
import { standingsIn } from '../../../../src/console/state/standings.ts';
import { families } from '../../../../src/job/family.ts';
import { parseFilter } from '../../../../src/job/filter.ts';
import { nextOf } from '../../../../src/job/runs.ts';
import { jobStatus, standingOf } from '../../../../src/job/status.ts';
import { width } from '../../../../src/terminal/cell.ts';
import { columnOf, indent } from '../../../../src/view/job-columns.ts';

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

export function plainVisible(state: State): Pick<Visible, 'keys' | 'longestName'> & {
  readonly depth: Readonly<Record<string, number>>;
} {
  const { filter, sort } = state.screens[0];
  const { key } = columnOf(sort.column);
  const holds = parseFilter(filter);
  const now = sort.column === 'next' ? (state.jobs.at ?? 0) : 0;
  const keyed = [...state.jobs.byName.values()]
    .map(({ job }) => job)
    .filter((job) => holds(job, standingOf(standingsIn(state), job.name)))
    .map((job) => {
      const value = key({
        job,
        status: jobStatus(job, standingOf(standingsIn(state), job.name)),
        next:
          sort.column === 'next'
            ? nextOf(job, now, state.setting.serverZone, state.server?.version)
            : { kind: 'never' },
        now,
      });
      return { job, value: typeof value === 'string' ? value.toLowerCase() : value };
    });
  const sign = sort.descending ? -1 : 1;
  keyed.sort((a, b) => sign * compare(a.value, b.value) || compare(a.job.name, b.job.name));
  const sorted = keyed.map(({ job }) => job);
  const grouped = sort.column === 'name' && !sort.descending && filter === '';
  const family = families(sorted);
  const shown = grouped ? [...family.parentsFirst, ...family.unordered] : sorted;
  const depth = grouped ? family.depth : new Map<string, number>();
  const names = shown.map(({ name }) => name);
  return {
    keys: names,
    longestName: Math.max(0, ...names.map((name) => width(name) + indent(depth.get(name) ?? 0))),
    depth: Object.fromEntries([...depth].filter(([, steps]) => steps > 0)),
  };
}

/** The rows of a plan: what needs a decision first, what is the same folded into one line. */

import { families } from '../../job/family.ts';
import { filterBy } from '../../job/filter-language.ts';
import type { CheckedItem, CheckedPlan, RestoreKind } from '../../plan/model.ts';
import { width } from '../../terminal/cell.ts';
import { indent } from '../../view/job-columns.ts';
import { memo } from '../../view/memo.ts';
import { keysOf, type Rows } from './cursor.ts';
import { planFilter } from './plan-filter.ts';
import type { PlanColumn, PlanScreen, PlanSort } from './screen.ts';

/** The line that stands for what is the same: no job can be named so. */
export const foldKey = '\0same';

export interface PlanRows extends Rows {
  /** One a key; the line of what is folded has none. */
  readonly rows: readonly (CheckedItem | null)[];
  /** How many are the same, when they have a line of their own. */
  readonly same: number;
  /** Steps below the topmost of its family that stands above it; those that are not in it stand at 0. */
  readonly depth: ReadonlyMap<string, number>;
  /** Cells, with what families are set in by. */
  readonly longestName: number;
}

export const planColumns: readonly PlanColumn[] = ['order', 'job', 'plan', 'why'];
export const planOrder: PlanSort = { column: 'order', descending: false };

type Results = PlanScreen['results'];

/** What of a plan's screen decides about its rows. */
export type Shown = Pick<PlanScreen, 'plan'> &
  Partial<Pick<PlanScreen, 'filter' | 'open' | 'sort' | 'ended'>>;

/**
 * Parents before their children. What is the same stands at the end below a line of its own, when
 * that is open; a filter looks into it.
 */
export const planKeys = ({ plan, filter = '', open, sort, ended }: Shown): PlanRows =>
  rowsOf(plan, filter, open === true, sort ?? planOrder, ended ?? none);

const none: Results = new Map();

/** One job that is the same is its own line. */
const leastFolded = 2;

const rowsOf = memo(
  (
    plan: CheckedPlan | null,
    filter: string,
    open: boolean,
    sort: PlanSort,
    ended: Results,
  ): PlanRows => {
    const holds = filterBy(filter, planFilter);
    const found = (plan?.items ?? []).filter((item) =>
      holds({ item, result: ended.get(item.name) }),
    );
    const byRank = Map.groupBy(found, rank);
    const depth = new Map<string, number>();
    const [decided = [], rest = [], same = []] = [0, 1, 2].map((at) =>
      inOrder(byRank.get(at) ?? [], sort, filter === '', depth),
    );
    const folded = filter === '' && same.length >= leastFolded;
    const rows = [...decided, ...rest, ...(folded ? [null] : []), ...(folded && !open ? [] : same)];
    const cells = (name: string): number => width(name) + indent(depth.get(name) ?? 0);
    return {
      ...keysOf(rows.map((item) => item?.name ?? foldKey)),
      rows,
      same: folded ? same.length : 0,
      depth,
      longestName: rows.reduce((most, item) => Math.max(most, cells(item?.name ?? '')), 0),
    };
  },
);

/** What is only on the server is left alone, what is the same too: they stand below what is decided. */
const rank = ({ kind }: CheckedItem): number =>
  kind === 'same' ? 2 : kind === 'only-here' ? 1 : 0;

const kinds: readonly RestoreKind[] = ['change', 'new', 'delete', 'blocked', 'only-here', 'same'];

const keyOf: Readonly<Record<PlanColumn, (item: CheckedItem) => string | number>> = {
  order: () => 0,
  job: ({ name }) => name,
  plan: ({ kind }) => kinds.indexOf(kind),
  why: ({ why }) => why.toLowerCase(),
};

/** Rows of equal value stay as in the plan. Families stand together where all of them show, as on the jobs screen. */
function inOrder(
  items: readonly CheckedItem[],
  { column, descending }: PlanSort,
  all: boolean,
  depth: Map<string, number>,
): readonly CheckedItem[] {
  const key = keyOf[column];
  const keyed = items.map((item) => ({ item, key: key(item) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const sorted = keyed.map(({ item }) => item);
  if (descending) return sorted.reverse();
  if (!all || (column !== 'order' && column !== 'job')) return sorted;
  const kin = families(
    sorted.map((item) => ({ item, name: item.name, parent_job: item.job.parent_job })),
  );
  for (const [name, steps] of kin.depth) depth.set(name, steps);
  return [...kin.parentsFirst, ...kin.unordered].map(({ item }) => item);
}

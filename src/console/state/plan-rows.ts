/** The rows of a plan: what needs a decision first, what nothing is written of folded into a line each. */

import { families } from '../../job/family.ts';
import { filterBy } from '../../job/filter-language.ts';
import type { CheckedItem, CheckedPlan, RestoreKind } from '../../plan/model.ts';
import { width } from '../../terminal/cell.ts';
import { indent } from '../../view/job-columns.ts';
import { memo } from '../../view/memo.ts';
import { keysOf, type Rows } from './cursor.ts';
import { planFilter } from './plan-filter.ts';
import type { FoldedKind, PlanColumn, PlanScreen, PlanSort } from './screen.ts';

/** The line that stands for all of a kind: no job can be named so. */
export const foldKey = (kind: FoldedKind): string => `\0${kind}`;

export interface Fold {
  readonly kind: FoldedKind;
  /** How many jobs it stands for. */
  readonly count: number;
}

export interface PlanRows extends Rows {
  /** One a key; the line of what is folded has none. */
  readonly rows: readonly (CheckedItem | null)[];
  /** Those that stand for all jobs of a kind, by their keys. */
  readonly folds: ReadonlyMap<string, Fold>;
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
 * Parents before their children. What nothing is written of stands at the end, each kind below a line of
 * its own, when that is open; a filter looks into it.
 */
export const planKeys = ({ plan, filter = '', open, sort, ended }: Shown): PlanRows =>
  rowsOf(plan, filter, open ?? allClosed, sort ?? planOrder, ended ?? none);

const none: Results = new Map();
const allClosed: ReadonlySet<FoldedKind> = new Set();

/** A job that is alone of its kind is its own line. */
const leastFolded = 2;

const rowsOf = memo(
  (
    plan: CheckedPlan | null,
    filter: string,
    open: ReadonlySet<FoldedKind>,
    sort: PlanSort,
    ended: Results,
  ): PlanRows => {
    const holds = filterBy(filter, planFilter);
    const found = (plan?.items ?? []).filter((item) =>
      holds({ item, result: ended.get(item.name) }),
    );
    // What others did is told, also where nothing is left to write.
    const byKind = Map.groupBy(found, ({ kind, left }) =>
      left === undefined ? foldedKinds.find((one) => one === kind) : undefined,
    );
    const depth = new Map<string, number>();
    const folds = new Map<string, Fold>();
    const of = (kind: FoldedKind | undefined) =>
      inOrder(byKind.get(kind) ?? [], sort, filter === '', depth);
    const rows: (CheckedItem | null)[] = [...of(undefined)];
    const keys = rows.map((item) => item!.name);
    for (const kind of foldedKinds) {
      const items = of(kind);
      const isFolded = filter === '' && items.length >= leastFolded;
      if (isFolded) {
        folds.set(foldKey(kind), { kind, count: items.length });
        rows.push(null);
        keys.push(foldKey(kind));
      }
      if (isFolded && !open.has(kind)) continue;
      rows.push(...items);
      keys.push(...items.map(({ name }) => name));
    }
    const cells = (name: string): number => width(name) + indent(depth.get(name) ?? 0);
    return {
      ...keysOf(keys),
      rows,
      folds,
      depth,
      longestName: rows.reduce((most, item) => Math.max(most, cells(item?.name ?? '')), 0),
    };
  },
);

/** They stand below what is decided, in this order. */
const foldedKinds: readonly FoldedKind[] = ['only-here', 'same'];

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

/** The rows of a plan: what needs a decision first, what is the same folded into one line. */

import { filterBy, type Language } from '../../job/filter-language.ts';
import type { CheckedItem, CheckedPlan, RestoreKind } from '../../plan/model.ts';
import { width } from '../../terminal/cell.ts';
import { memo } from '../../view/memo.ts';
import { keysOf, type Rows } from './cursor.ts';

/** The line that stands for what is the same: no job can be named so. */
export const foldKey = '\0same';

export interface PlanRows extends Rows {
  /** One a key; the line of what is folded has none. */
  readonly rows: readonly (CheckedItem | null)[];
  /** How many are the same, when they have a line of their own. */
  readonly same: number;
  /** Cells. */
  readonly longestName: number;
}

const kinds: readonly RestoreKind[] = ['change', 'new', 'delete', 'blocked', 'only-here', 'same'];

/** What is only on the server is left alone, what is the same too: they stand below what is decided. */
const rank = ({ kind }: CheckedItem): number =>
  kind === 'same' ? 2 : kind === 'only-here' ? 1 : 0;

export const planFilter: Language<CheckedItem> = {
  keys: {
    plan: {
      help: 'plan:new  new, change, same, blocked, delete or only-here',
      values: kinds,
      test: (value) => (item) => item.kind.startsWith(value),
    },
  },
  word: ({ name, kind }, word) => name.toLowerCase().includes(word) || kind.startsWith(word),
};

/** One job that is the same is its own line. */
const leastFolded = 2;

/**
 * In the order of the plan, parents before their children. What is the same stands at the end below a line of its
 * own, when that is open; a filter looks into it.
 */
export const planKeys = memo(
  (plan: CheckedPlan | null, filter: string, open: boolean | undefined): PlanRows => {
    const items = (plan?.items ?? [])
      .filter(filterBy(filter, planFilter))
      .toSorted((a, b) => rank(a) - rank(b));
    const same = items.filter(({ kind }) => kind === 'same').length;
    if (filter !== '' || same < leastFolded) return rowsOf(items, 0);
    const others = items.slice(0, items.length - same);
    return rowsOf([...others, null, ...(open ? items.slice(-same) : [])], same);
  },
);

const rowsOf = (rows: readonly (CheckedItem | null)[], same: number): PlanRows => ({
  ...keysOf(rows.map((item) => item?.name ?? foldKey)),
  rows,
  same,
  longestName: rows.reduce((most, item) => Math.max(most, width(item?.name ?? '')), 0),
});

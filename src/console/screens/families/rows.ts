/** The rows of the families: branches, without what is below those that are closed. */
import { type Branch, familyOf, familyTree } from '../../../job/family-tree.ts';
import type { JobRow } from '../../../job/row.ts';
import type { JobTable } from '../../../job/table.ts';
import { memo } from '../../../view/memo.ts';
import { keysOf, type Rows } from '../../state/cursor.ts';
import type { FamiliesScreen, State } from '../../state/model.ts';

export interface FamilyRows extends Rows {
  /** One a key. */
  readonly rows: readonly Branch<JobRow>[];
}

const minute = 60_000;

/** Once a list, and once a minute for what expires. */
const treeOf = memo((jobs: JobTable, at: number) => familyTree<JobRow>(jobs, at * minute));

export const treeIn = ({ jobs, now }: State): readonly Branch<JobRow>[] =>
  treeOf(jobs.byName, Math.floor(now / minute));

const rowsOf = memo(
  (
    tree: readonly Branch<JobRow>[],
    of: string | null,
    closed: FamiliesScreen['closed'],
  ): FamilyRows => {
    const rows: Branch<JobRow>[] = [];
    let hidden = Number.POSITIVE_INFINITY;
    for (const branch of familyOf(tree, of)) {
      if (branch.depth > hidden) continue;
      hidden = closed.has(branch.key) ? branch.depth : Number.POSITIVE_INFINITY;
      rows.push(branch);
    }
    return { ...keysOf(rows.map(({ key }) => key)), rows };
  },
);

export const familyRows = (state: State, { of, closed }: FamiliesScreen): FamilyRows =>
  rowsOf(treeIn(state), of, closed);

export function branchHere(state: State, screen: FamiliesScreen): Branch<JobRow> | undefined {
  const { rows, index } = familyRows(state, screen);
  return rows[(screen.cursor.key === null ? undefined : index.get(screen.cursor.key)) ?? 0];
}

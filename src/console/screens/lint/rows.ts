/** The rows of the findings: the worst first, as the filter lets them through. */
import { filterBy } from '../../../job/filter-language.ts';
import { type Found, foundFilter, isMendable, keyOf } from '../../../job/lint/found.ts';
import { memo } from '../../../view/memo.ts';
import { keysOf, type Rows } from '../../state/cursor.ts';
import type { LintScreen, State } from '../../state/model.ts';
import { topScreen } from '../../state/stack.ts';

export interface FoundRows extends Rows {
  readonly rows: readonly Found[];
}

export const foundRows = memo((found: LintScreen['found'], filter: string): FoundRows => {
  const rows = (found ?? []).filter(filterBy(filter, foundFilter));
  return { ...keysOf(rows.map(keyOf)), rows };
});

export const rowsOfLint = ({ found, filter }: LintScreen): FoundRows => foundRows(found, filter);

export const lintHere = (state: State): LintScreen | null => {
  const screen = topScreen(state);
  return screen.kind === 'lint' ? screen : null;
};

/** The finding under the cursor. */
export function foundHere(screen: LintScreen): Found | undefined {
  const { rows, index } = rowsOfLint(screen);
  const at = screen.cursor.key === null ? undefined : index.get(screen.cursor.key);
  return at === undefined ? undefined : rows[at];
}

/** The marked findings; without marks the one under the cursor, where it has a fix. */
export function chosen(screen: LintScreen): readonly Found[] {
  if (screen.marks.size > 0)
    return (screen.found ?? []).filter((found) => screen.marks.has(keyOf(found)));
  const here = foundHere(screen);
  return here !== undefined && isMendable(here.finding) ? [here] : [];
}

/** The rows of the journal: operations, and below those that are opened their changes. */
import type { PastChange } from '../../../journal/file.ts';
import type { Operation } from '../../../journal/operation.ts';
import { memo } from '../../../view/memo.ts';
import { keysOf, type Rows } from '../../state/cursor.ts';
import type { JournalScreen } from '../../state/model.ts';

export type JournalRow =
  | { readonly kind: 'operation'; readonly operation: Operation; readonly isOpen: boolean }
  | { readonly kind: 'change'; readonly change: PastChange; readonly operation: Operation }
  /** Something about the operation above. */
  | { readonly kind: 'note'; readonly text: string; readonly operation: Operation }
  /** Older operations are there. */
  | { readonly kind: 'more' };

export interface JournalRows extends Rows {
  /** One a key. */
  readonly rows: readonly JournalRow[];
}

/** The row that stands for older operations. */
export const moreKey = '\0more';

export const journalRows = memo(
  (
    operations: JournalScreen['operations'],
    opened: JournalScreen['opened'],
    more: boolean,
  ): JournalRows => {
    const rows = (operations ?? []).flatMap((operation) => {
      const isOpen = opened.has(operation.key);
      const row: JournalRow = { kind: 'operation', operation, isOpen };
      return isOpen ? [row, ...below(operation, opened.get(operation.key) ?? null)] : [row];
    });
    const all: JournalRow[] = more ? [...rows, { kind: 'more' }] : rows;
    return { ...keysOf(all.map(keyOf)), rows: all };
  },
);

function below(operation: Operation, changes: readonly PastChange[] | null): JournalRow[] {
  const { safety } = operation;
  const note = (text: string): JournalRow => ({ kind: 'note', text, operation });
  return [
    ...(safety === undefined ? [] : [note(`safety snapshot ${safety}`)]),
    ...(changes === null
      ? [note('reading…')]
      : changes.map((change): JournalRow => ({ kind: 'change', change, operation }))),
  ];
}

function keyOf(row: JournalRow): string {
  if (row.kind === 'operation') return row.operation.key;
  if (row.kind === 'change') return `${row.operation.key}\0${row.change.id}`;
  return row.kind === 'note' ? `${row.operation.key}\0${row.text}` : moreKey;
}

export const rowsOfJournal = ({ operations, opened, more }: JournalScreen): JournalRows =>
  journalRows(operations, opened, more);

/** The row under the cursor. */
export function rowHere(screen: JournalScreen): JournalRow | undefined {
  const { rows, index } = rowsOfJournal(screen);
  const at = screen.cursor.key === null ? undefined : index.get(screen.cursor.key);
  return at === undefined ? undefined : rows[at];
}

/** What was done from here, and asking to take it back. */
import type { Action } from '../../state/action.ts';
import { noCursor } from '../../state/cursor.ts';
import type { ToUndo } from '../../state/journal.ts';
import { type JournalScreen, type State, type Step, still } from '../../state/model.ts';
import { push, topScreen, withTop } from '../../state/stack.ts';
import { type JournalRow, rowHere } from './rows.ts';

function onJournal(state: State, then: (screen: JournalScreen, row: JournalRow) => Step): Step {
  const screen = topScreen(state);
  const row = screen.kind === 'journal' ? rowHere(screen) : undefined;
  return screen.kind === 'journal' && row !== undefined ? then(screen, row) : still(state);
}

/** The operation under the cursor, or the one change. */
function toUndoHere(state: State): ToUndo | null {
  const screen = topScreen(state);
  const row = screen.kind === 'journal' ? rowHere(screen) : undefined;
  if (row === undefined || row.kind === 'more') return null;
  return row.kind === 'change' ? { change: row.change } : { operation: row.operation };
}

const needsOperation = (state: State): string | null =>
  toUndoHere(state) === null ? 'there is no operation under the cursor' : null;

/** Opens or closes the operation; closed from within, the cursor goes to its line. */
const fold = (state: State): Step =>
  onJournal(state, (screen, row) => {
    if (row.kind === 'more') return still(state);
    const { key } = row.operation;
    const opened = new Map(screen.opened);
    if (opened.delete(key)) {
      const cursor = { ...screen.cursor, key };
      return still(withTop(state, { ...screen, opened, cursor }));
    }
    opened.set(key, null);
    return [withTop(state, { ...screen, opened }), [{ type: 'read-operation', key }]];
  });

const undoBackTo = (state: State): Step =>
  onJournal(state, (_, row) =>
    row.kind === 'more'
      ? still(state)
      : [state, [{ type: 'undo', what: { backTo: row.operation } }]],
  );

export const journalActions: readonly Action[] = [
  {
    id: 'journal.return',
    keys: ['enter'],
    title: 'undo this',
    help: 'Shows what undoing the operation under the cursor would change, or the one change; enter does it.',
    scope: ['journal'],
    footer: 1,
    available: needsOperation,
    run: (state) => {
      const what = toUndoHere(state);
      return what === null ? still(state) : [state, [{ type: 'undo', what }]];
    },
  },
  {
    id: 'journal.back-to',
    keys: ['U'],
    title: 'undo back to here',
    help: 'Shows what undoing the operation under the cursor and all that came after it would change, as one plan.',
    scope: ['journal'],
    footer: 3,
    available: needsOperation,
    run: undoBackTo,
  },
  {
    id: 'journal.fold',
    keys: ['o'],
    title: 'open or close',
    help: 'Shows the changes of the operation under the cursor, job by job, or hides them again.',
    scope: ['journal'],
    footer: 2,
    available: needsOperation,
    run: fold,
  },
  {
    id: 'journal.undo',
    keys: ['u'],
    title: 'undo',
    help: 'Shows what undoing the last change from this machine would change; enter does it.',
    scope: ['jobs', 'job', 'plan', 'journal'],
    command: 'undo',
    dangerous: true,
    anyRow: true,
    run: (state) => [state, [{ type: 'undo' }]],
  },
  {
    id: 'journal.list',
    keys: ['H'],
    title: 'journal',
    help: 'Lists what was done to this cluster from this machine; each operation can be undone, or all back to one.',
    scope: ['jobs', 'job'],
    command: 'journal',
    live: true,
    run: (state) => [
      push(state, {
        kind: 'journal',
        operations: null,
        more: false,
        opened: new Map(),
        cursor: noCursor,
      }),
      [{ type: 'list-journal' }],
    ],
  },
];

import { listRows } from '../../state/layout.ts';
import type { JournalScreen } from '../../state/model.ts';
import type { ScreenRow } from '../row.ts';
import { journalActions } from './actions.ts';
import { rowHere, rowsOfJournal } from './rows.ts';
import { journalBody, journalTitle } from './view.ts';

export const journalScreen: ScreenRow<JournalScreen> = {
  actions: journalActions,
  title: journalTitle,
  body: journalBody,
  listing: (state, screen) => ({
    list: rowsOfJournal(screen),
    cursor: screen.cursor,
    height: listRows(state),
  }),
  onRow: (screen) => {
    const last = screen.operations?.at(-1);
    if (rowHere(screen)?.kind !== 'more' || last === undefined) return [];
    return [{ type: 'list-journal', olderThan: last.key }];
  },
};

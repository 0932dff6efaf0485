import { listRows } from '../../state/layout.ts';
import type { JournalScreen } from '../../state/model.ts';
import type { ScreenRow } from '../row.ts';
import { journalActions } from './actions.ts';
import { journalBody, journalKeys, journalTitle } from './view.ts';

export const journalScreen: ScreenRow<JournalScreen> = {
  actions: journalActions,
  title: journalTitle,
  body: journalBody,
  listing: (state, { changes, cursor }) => ({
    list: journalKeys(changes),
    cursor,
    height: listRows(state),
  }),
};

import { jobFilter } from '../../../job/filter.ts';
import { filterProblem } from '../../../job/filter-language.ts';
import { keepCursor } from '../../state/cursor.ts';
import type { MissedScreen } from '../../state/model.ts';
import { withTop } from '../../state/stack.ts';
import type { ScreenRow } from '../row.ts';
import { missedActions } from './actions.ts';
import { rowsOfMissed } from './rows.ts';
import { missedBody, missedRows, missedTitle } from './view.ts';

export const missedScreen: ScreenRow<MissedScreen> = {
  actions: missedActions,
  title: missedTitle,
  body: missedBody,
  listing: (state, screen) => ({
    list: rowsOfMissed(state, screen),
    cursor: screen.cursor,
    height: missedRows(state),
  }),
  filtered: {
    verb: 'filter',
    keys: jobFilter.keys,
    words: ({ filter }) => filter,
    typed: (state, screen, filter) => {
      const before = rowsOfMissed(state, screen);
      const after = rowsOfMissed(state, { ...screen, filter });
      const { cursor } = keepCursor(screen.cursor, before, after);
      return withTop(state, { ...screen, filter, cursor });
    },
    problem: (words, finished) => filterProblem(words, jobFilter, finished),
  },
};

import { filterProblem } from '../../../job/filter-language.ts';
import { keepCursor } from '../../state/cursor.ts';
import { planRows } from '../../state/layout.ts';
import type { ComparisonScreen } from '../../state/model.ts';
import { withTop } from '../../state/stack.ts';
import { onAnotherRow } from '../pane-of-row.ts';
import type { ScreenRow } from '../row.ts';
import { cellsPast } from '../sideways.ts';
import { comparisonActions } from './actions.ts';
import {
  comparisonBody,
  comparisonFilter,
  comparisonRows,
  comparisonTitle,
  differenceOf,
  overhang,
} from './view.ts';

export const comparisonScreen: ScreenRow<ComparisonScreen> = {
  actions: comparisonActions,
  title: comparisonTitle,
  body: comparisonBody,
  listing: (state, { comparison, filter, cursor }) => {
    const list = comparisonRows(comparison, filter);
    return { list, cursor, height: planRows(state, list.keys.length).list };
  },
  at: onAnotherRow,
  part: (state, screen) => {
    const { keys } = comparisonRows(screen.comparison, screen.filter);
    const { diff } = planRows(state, keys.length);
    return diff === 0 ? null : { lines: differenceOf(state, screen).length, height: diff - 1 };
  },
  sideways: (state, screen) => cellsPast(overhang(state, screen), state.columns >> 2),
  filtered: {
    verb: 'filter',
    keys: comparisonFilter.keys,
    words: ({ filter }) => filter,
    typed: (state, screen, filter) => {
      const [before, after] = [screen.filter, filter].map((words) =>
        comparisonRows(screen.comparison, words),
      );
      const { cursor } = keepCursor(screen.cursor, before!, after!);
      return withTop(state, { ...screen, filter, cursor });
    },
    problem: (words, finished) => filterProblem(words, comparisonFilter, finished),
  },
};

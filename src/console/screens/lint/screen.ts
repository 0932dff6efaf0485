import { filterProblem } from '../../../job/filter-language.ts';
import { foundFilter } from '../../../job/lint/found.ts';
import { keepCursor } from '../../state/cursor.ts';
import type { LintScreen } from '../../state/model.ts';
import { withTop } from '../../state/stack.ts';
import type { ScreenRow } from '../row.ts';
import { cellsPast } from '../sideways.ts';
import { lintActions } from './actions.ts';
import { foundRows, rowsOfLint } from './rows.ts';
import { lintBody, lintOverhang, lintRows, lintTitle } from './view.ts';

export const lintScreen: ScreenRow<LintScreen> = {
  actions: lintActions,
  title: lintTitle,
  body: lintBody,
  listing: (state, screen) => ({
    list: rowsOfLint(screen),
    cursor: screen.cursor,
    height: lintRows(state),
  }),
  onJobs: ({ names, found, from }, changed) => {
    if (found === null) return [];
    const asked = new Set(names);
    const again = changed.filter((name) => asked.has(name));
    return again.length === 0 ? [] : [{ type: 'lint', names: again, from }];
  },
  sideways: (state, screen) => cellsPast(lintOverhang(state, screen), state.columns >> 2),
  filtered: {
    verb: 'filter',
    keys: foundFilter.keys,
    words: ({ filter }) => filter,
    typed: (state, screen, filter) => {
      const [before, after] = [screen.filter, filter].map((words) =>
        foundRows(screen.found, words),
      );
      const { cursor } = keepCursor(screen.cursor, before!, after!);
      return withTop(state, { ...screen, filter, cursor });
    },
    problem: (words, finished) => filterProblem(words, foundFilter, finished),
  },
  cleared: (screen) => (screen.marks.size > 0 ? { ...screen, marks: new Set() } : null),
};

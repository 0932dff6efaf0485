import { jobFilter } from '../../../job/filter.ts';
import { filterProblem } from '../../../job/filter-language.ts';
import { mostSkipped } from '../../../view/place-columns.ts';
import { bodyRows, paneColumns, tableColumns, tableRows } from '../../state/layout.ts';
import type { JobsScreen } from '../../state/model.ts';
import { onAnotherRow } from '../pane-of-row.ts';
import type { ScreenRow } from '../row.ts';
import { jobsActions, runsUnderCursor } from './actions.ts';
import { paneLines } from './glance.ts';
import { reshow } from './reshow.ts';
import { jobsBody, jobsTitle } from './view.ts';
import { visibleOf } from './visible.ts';

export const jobsScreen: ScreenRow<JobsScreen> = {
  actions: jobsActions,
  title: jobsTitle,
  body: jobsBody,
  insetColumns: tableColumns,
  listing: (state, screen) => ({
    list: visibleOf(state, screen),
    cursor: screen.cursor,
    height: tableRows(state),
  }),
  at: onAnotherRow,
  onRow: runsUnderCursor,
  runsOf: ({ cursor }) => cursor.key,
  part: (state) =>
    paneColumns(state) === 0 ? null : { lines: paneLines(state).length, height: bodyRows(state) },
  sideways: (state, screen) => ({
    most: mostSkipped(tableColumns(state), visibleOf(state, screen).longestName),
    step: 1,
  }),
  filtered: {
    verb: 'filter',
    keys: jobFilter.keys,
    words: ({ filter }) => filter,
    typed: (state, screen, filter) => reshow(state, { ...screen, filter }),
    problem: (words, finished) => filterProblem(words, jobFilter, finished),
  },
  cleared: (screen) => (screen.marks.size > 0 ? { ...screen, marks: new Set() } : null),
};

/** The jobs table: sort, marks, opening a job. */

import { counted } from '../../../base/counted.ts';
import { columns, type Sort } from '../../../view/job-columns.ts';
import { type Action, needsJob } from '../../state/action.ts';
import { cursorIndex, moveTo } from '../../state/cursor.ts';
import { tableColumns, tableRows } from '../../state/layout.ts';
import type { Effect } from '../../state/message.ts';
import { flash, type JobsScreen, type State, type Step, still } from '../../state/model.ts';
import { sortOf, stepped } from '../../state/sort.ts';
import { push, withJobs } from '../../state/stack.ts';
import { openJob } from '../job/open.ts';
import { onAnotherRow } from '../pane-of-row.ts';
import { reshow } from './reshow.ts';
import { visibleOf } from './visible.ts';

/** The strip and the pane want the runs of the job under the cursor. */
export const runsUnderCursor = ({ cursor }: JobsScreen): readonly Effect[] =>
  cursor.key === null ? [] : [{ type: 'load-runs', name: cursor.key, soon: true }];

const sortBy = (state: State, sort: Sort): Step =>
  still(reshow(state, { ...state.screens[0], sort }));

/** The next column that is on screen; after the last one the order turns round. */
function sortStep(state: State, delta: 1 | -1): Step {
  const shown = columns.filter(({ from }) => from <= tableColumns(state)).map(({ id }) => id);
  return sortBy(state, stepped(shown, state.screens[0].sort.column, delta));
}

function sortCommand(state: State, argument: string): Step {
  const sort = sortOf(
    argument,
    columns.map(({ id }) => id),
  );
  return 'problem' in sort ? still(flash(state, 'error', sort.problem)) : sortBy(state, sort);
}

function mark(state: State): Step {
  const screen = state.screens[0];
  if (screen.cursor.key === null) return still(state);
  const marks = new Set(screen.marks);
  if (!marks.delete(screen.cursor.key)) marks.add(screen.cursor.key);
  const visible = visibleOf(state);
  const next = cursorIndex(screen.cursor, visible) + 1;
  const cursor = moveTo(screen.cursor, visible, next, tableRows(state));
  const marked = onAnotherRow({ ...screen, marks }, cursor);
  return [withJobs(state, marked), runsUnderCursor(marked)];
}

function markShown(state: State): Step {
  const screen = state.screens[0];
  const shown = new Set(visibleOf(state).keys);
  const marks = [...shown].every((name) => screen.marks.has(name))
    ? [...screen.marks].filter((name) => !shown.has(name))
    : [...screen.marks, ...shown];
  return still(withJobs(state, { ...screen, marks: new Set(marks) }));
}

/** Where each of them is wrong, and why. */
function showUnreadable(state: State): Step {
  const { unreadable } = state.jobs;
  return still(
    push(state, {
      kind: 'text',
      what: 'unreadable',
      title: `${counted(unreadable.length)} that cannot be read`,
      job: '',
      text: unreadable.map(({ name, why }) => `${name || '(no name)'}: ${why}`).join('\n'),
      truncated: false,
      wrap: true,
      top: 0,
      left: 0,
      search: '',
    }),
  );
}

const jobs = ['jobs'] as const;

export const jobsActions: readonly Action[] = [
  {
    id: 'jobs.open',
    keys: ['enter'],
    title: 'open',
    help: 'Opens the job under the cursor: its details and its runs.',
    scope: jobs,
    footer: 1,
    available: (state) => (visibleOf(state).keys.length === 0 ? 'nothing to open here' : null),
    run: (state) => {
      const { key } = state.screens[0].cursor;
      return key === null ? still(state) : openJob(state, key);
    },
  },
  {
    id: 'jobs.mark',
    keys: ['space'],
    title: 'mark',
    help: 'Marks the job and goes to the next.',
    scope: jobs,
    footer: 5,
    available: needsJob,
    run: mark,
  },
  {
    id: 'jobs.mark-shown',
    keys: ['*', 'ctrl-a'],
    title: 'mark all shown',
    help: 'Marks every job that is shown, or unmarks them all.',
    scope: jobs,
    command: 'mark',
    run: markShown,
  },
  {
    id: 'jobs.sort-right',
    ofRows: true,
    keys: ['>', 'shift-right'],
    title: 'sort by the next column',
    help: 'Sorts by the next column to the right.',
    scope: jobs,
    run: (state) => sortStep(state, 1),
  },
  {
    id: 'jobs.sort-left',
    ofRows: true,
    keys: ['<', 'shift-left'],
    title: 'sort by the previous column',
    help: 'Sorts by the next column to the left.',
    scope: jobs,
    run: (state) => sortStep(state, -1),
  },
  {
    id: 'jobs.sort-reverse',
    ofRows: true,
    keys: ['r'],
    title: 'reverse the order',
    help: 'Reverses the order of the rows.',
    scope: jobs,
    run: (state) => {
      const { column, descending } = state.screens[0].sort;
      return sortBy(state, { column, descending: !descending });
    },
  },
  {
    id: 'jobs.sort',
    ofRows: true,
    keys: [],
    title: 'sort by a column',
    help: 'Sorts by a column; `desc` reverses the order.',
    scope: jobs,
    command: 'sort',
    complete: () => columns.map(({ id }) => id),
    run: sortCommand,
  },
  {
    id: 'jobs.unreadable',
    keys: [],
    title: 'what cannot be read',
    help: 'Lists what cannot be read as a job, each with its place and the reason.',
    scope: jobs,
    command: 'unreadable',
    available: (state) => (state.jobs.unreadable.length > 0 ? null : 'all jobs could be read'),
    run: showUnreadable,
  },
];

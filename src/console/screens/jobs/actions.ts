/** The jobs table: filter, sort, marks. */

import { filterKeys, jobFilter } from '../../../job/filter.ts';
import { filterProblem } from '../../../job/filter-language.ts';
import { lineOf } from '../../../terminal/line.ts';
import { type ColumnId, columns } from '../../../view/job-columns.ts';
import { type Action, needsJob } from '../../state/action.ts';
import { keepCursor } from '../../state/cursor.ts';
import { tableColumns } from '../../state/layout.ts';
import { type JobsScreen, type Screen, type State, type Step, still } from '../../state/model.ts';
import { planFilter, planKeys } from '../plan/rows.ts';
import { glanceAt, jump, topScreen, withJobs, withTop } from '../table.ts';
import { searched } from '../text/actions.ts';
import { visibleOf } from './visible.ts';

/** The jobs screen changed so that other rows show: the cursor keeps its job where it can. */
export function reshow(state: State, screen: JobsScreen): State {
  const before = visibleOf(state);
  const changed = withJobs(state, screen);
  const { cursor } = keepCursor(screen.cursor, before, visibleOf(changed));
  return withJobs(state, { ...screen, cursor });
}

function sortBy(state: State, column: ColumnId, descending: boolean): Step {
  return still(reshow(state, { ...state.screens[0], sort: { column, descending } }));
}

/** The next column that is on screen; after the last one the order turns round. */
function sortStep(state: State, delta: 1 | -1): Step {
  const shown = columns.filter(({ from }) => from <= tableColumns(state)).map(({ id }) => id);
  const { column } = state.screens[0].sort;
  const at = (shown.indexOf(column) + delta + shown.length) % shown.length;
  return sortBy(state, shown[at] ?? 'name', false);
}

function sortCommand(state: State, argument: string): Step {
  const [name = '', direction = ''] = argument.split(/[\s:]+/);
  const column = columns.find(({ id }) => id === name);
  if (!column) {
    const names = columns.map(({ id }) => id).join(', ');
    return still({ ...state, flash: { level: 'error', text: `:sort takes one of ${names}` } });
  }
  if (!['ascending', 'descending'].some((word) => word.startsWith(direction))) {
    const text = `:sort ${name} takes asc or desc; ${direction} is neither`;
    return still({ ...state, flash: { level: 'error', text } });
  }
  return sortBy(state, column.id, direction.startsWith('d'));
}

function mark(state: State): Step {
  const screen = state.screens[0];
  if (screen.cursor.key === null) return still(state);
  const marks = new Set(screen.marks);
  if (!marks.delete(screen.cursor.key)) marks.add(screen.cursor.key);
  const visible = visibleOf(state);
  const at = visible.index.get(screen.cursor.key) ?? 0;
  const next = jump(withJobs(state, { ...screen, marks }), at + 1);
  return [next, glanceAt(next)];
}

function markShown(state: State): Step {
  const screen = state.screens[0];
  const { keys } = visibleOf(state);
  const shown = new Set(keys);
  const marks = keys.every((name) => screen.marks.has(name))
    ? [...screen.marks].filter((name) => !shown.has(name))
    : [...screen.marks, ...keys];
  return still(withJobs(state, { ...screen, marks: new Set(marks) }));
}

/** What is wrong with the words of a filter here; a search takes any. */
export function problemOf(screen: Screen, text: string, finished = false): string | null {
  if (screen.kind === 'jobs') return filterProblem(text, jobFilter, finished);
  return screen.kind === 'plan' ? filterProblem(text, planFilter, finished) : null;
}

function filter(state: State, argument: string): Step {
  const screen = topScreen(state);
  const problem = problemOf(screen, argument, true);
  if (problem !== null) return still({ ...state, flash: { level: 'error', text: problem } });
  if (argument !== '') return still(setFilter(state, argument));
  const text = 'filter' in screen ? screen.filter : '';
  return still({ ...state, overlay: { kind: 'filter', line: lineOf(text), before: screen } });
}

/** The words of the filter, live while they are typed: a filter of jobs, a search in a text. */
export function setFilter(state: State, text: string): State {
  const screen = topScreen(state);
  if (screen.kind === 'jobs') return reshow(state, { ...screen, filter: text });
  if (screen.kind === 'plan') {
    const { plan, open } = screen;
    const [before, after] = [planKeys(plan, screen.filter, open), planKeys(plan, text, open)];
    const { cursor } = keepCursor(screen.cursor, before, after);
    return withTop(state, { ...screen, filter: text, cursor });
  }
  if (screen.kind === 'text') return withTop(state, searched(state, screen, text));
  return state;
}

const jobs = ['jobs'] as const;

export const jobsActions: readonly Action[] = [
  {
    id: 'filter',
    keys: ['/'],
    title: 'filter',
    help: `Shows only what matches: words of the name, or ${Object.keys(filterKeys)
      .map((key) => `${key}:`)
      .join(' ')}; ! inverts.`,
    scope: ['jobs', 'plan'],
    command: 'filter',
    complete: () => Object.keys(filterKeys).map((key) => `${key}:`),
    footer: 5,
    run: filter,
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
    keys: ['>', 'shift-right'],
    title: 'sort by the next column',
    help: 'Sorts by the next column at the right.',
    scope: jobs,
    run: (state) => sortStep(state, 1),
  },
  {
    id: 'jobs.sort-left',
    keys: ['<', 'shift-left'],
    title: 'sort by the column before',
    help: 'Sorts by the column at the left.',
    scope: jobs,
    run: (state) => sortStep(state, -1),
  },
  {
    id: 'jobs.sort-reverse',
    keys: ['r'],
    title: 'turn the order round',
    help: 'Turns the order of the rows round.',
    scope: jobs,
    run: (state) => {
      const { column, descending } = state.screens[0].sort;
      return sortBy(state, column, !descending);
    },
  },
  {
    id: 'jobs.sort',
    keys: [],
    title: 'sort by a column',
    help: 'Sorts by the column named; `desc` turns it round.',
    scope: jobs,
    command: 'sort',
    complete: () => columns.map(({ id }) => id),
    run: sortCommand,
  },
];
